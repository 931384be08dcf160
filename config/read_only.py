"""Admin pages that only show, and tables inside them for rows that have no page of their own."""

from collections.abc import Iterable, Sequence

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class ReadOnly:
    """Mixed into a ModelAdmin or an inline: staff may look, and nobody adds, changes or deletes."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], if_none: str = "无") -> SafeString | str:
    """Rows as an HTML table, every cell escaped unless it is safe already."""
    lines = [(format_html_join("", "<td>{}</td>", ((cell,) for cell in row)),) for row in rows]
    if not lines:
        return if_none
    head = format_html_join("", "<th>{}</th>", ((heading,) for heading in headings))
    body = format_html_join("", "<tr>{}</tr>", lines)
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, body)


def link(row: models.Model, text: str = "") -> SafeString:
    """A link to the row's own admin page."""
    meta = row._meta  # noqa: SLF001, Django's documented way to a model's names
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, text or str(row))
