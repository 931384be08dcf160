"""The sources that come with the product: a table of facts, and rows made of it that are all off."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from notices.intake.recipes import BadRecipe, recipe_of
from notices.list_address import check_list_address
from notices.models import Certainty, Proving, Source
from notices.region_fields import region_named

TABLE = Path(__file__).parent / "data" / "shipped_sources.toml"


class BadTable(ValueError):
    """A table of sources that cannot be used; the message says in Chinese which row and why."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """One row of the table; `region` is an id of the region table."""

    slug: str
    name: str
    url: str
    family: str
    region: int
    address: str
    lines: str
    issuer: str = ""
    note: str = ""
    proven: date | None = None
    recipe: dict[str, Any] = field(default_factory=dict)


def read_table(path: Path = TABLE) -> tuple[Shipped, ...]:
    """Every row of a table like the one that is shipped; BadTable, OSError where it cannot be read."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTable(f"{path} 不是 TOML：{error}") from error
    return tuple(_row(number, row) for number, row in enumerate(rows, start=1))


def ship(rows: Sequence[Shipped]) -> int:
    """Make rows of those that are not there yet; how many were made. Staff's own rows stay as they are."""
    known = set(Source.objects.values_list("slug", flat=True))
    with transaction.atomic():
        Source.objects.bulk_create([_source(row) for row in rows if row.slug not in known])
        ids = dict(Source.objects.values_list("slug", "pk"))
        Proving.objects.bulk_create(
            [_proving(row, ids[row.slug]) for row in rows], ignore_conflicts=True, batch_size=500
        )
    return len({row.slug for row in rows} - known)


def _row(number: int, row: dict[str, Any]) -> Shipped:
    """The row, checked as the staff's form would."""
    name = row.get("slug", f"第 {number} 行")
    try:
        return _checked(Shipped(**{**row, "region": region_named(row.get("region", ""))}))
    except TypeError as wrong:
        raise BadTable(f"{name}：缺少或多出了一项（{wrong}）") from wrong
    except (BadRecipe, ValueError) as wrong:
        raise BadTable(f"{name}：{wrong}") from wrong


def _checked(row: Shipped) -> Shipped:
    """The row as it is; ValueError, in Chinese, where it cannot be used."""
    check_list_address(row.url)
    recipe_of(row.family, row.recipe)
    if not {row.address, row.lines} <= set(Certainty.values):
        raise ValueError(f"把握要写成 {'、'.join(Certainty.values)} 之一")
    return row


def _source(row: Shipped) -> Source:
    return Source(
        slug=row.slug, name=row.name, url=row.url, family=row.family, recipe=row.recipe,
        region=row.region, issuer=row.issuer, enabled=False,
    )  # fmt: skip


def _proving(row: Shipped, source_id: int) -> Proving:
    return Proving(
        source_id=source_id,
        address=row.address,
        reading=row.lines,
        note=row.note,
        proven_on=row.proven,
    )
