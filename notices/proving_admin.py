"""The sources that came with the product, for staff: how sure each is, and what this machine found."""

from django.contrib import admin
from django.template.defaultfilters import truncatechars
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.read_only import ReadOnly, link
from notices.models import Proving

WHY_LENGTH = 60  # characters that a line of the table has room for


@admin.register(Proving)
class ProvingAdmin(ReadOnly, admin.ModelAdmin):
    """Only shown: `manage.py probe --all` proves them, and the source's own page switches them."""

    list_display = ("source", "found", "enabled", "proven_on", "sure", "short_why")
    list_filter = ("found", "source__enabled", "address", "reading", "source__family")
    list_select_related = ("source",)
    list_per_page = 100
    search_fields = ("source__name", "source__slug", "source__url", "why")
    fields = (
        "own_page", "list_page", "note", "address", "reading", "found", "why", "tried_at", "proven_on",
        "switched_on_at",
    )  # fmt: skip
    readonly_fields = ("own_page", "list_page")

    @admin.display(description="启用", boolean=True)
    def enabled(self, row: Proving) -> bool:
        return row.source.enabled

    @admin.display(description="把握", ordering="address")
    def sure(self, row: Proving) -> str:
        """Of the address, and of the way to read it: A is best."""
        return f"{row.address}{row.reading}"

    @admin.display(description="原因或已知情况")
    def short_why(self, row: Proving) -> str:
        """The whole of it stands on the row's own page."""
        return truncatechars(row.why or row.note, WHY_LENGTH)

    @admin.display(description="来源")
    def own_page(self, row: Proving) -> SafeString:
        return link(row.source, row.source.name)

    @admin.display(description="列表地址")
    def list_page(self, row: Proving) -> SafeString:
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', row.source.url)
