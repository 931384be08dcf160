"""What the JSON interfaces share: rows with a title, an address and a day under the names of their family."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from notices.intake.absolute import absolute
from notices.intake.dates import date_in, date_of_url, month_day_in
from notices.intake.listing import Form, ListItem, ListPage, NoRows
from notices.intake.pins import without_pin
from notices.intake.tree import clean, parse_html, text_of
from notices.intake.troubles import Why

BLANKS = "\ufeff \r\n\t"


@dataclass(frozen=True, slots=True)
class Names:
    """Under which keys a family keeps title, address and day; the first that has a value counts."""

    title: tuple[str, ...]
    url: tuple[str, ...]
    day: tuple[str, ...]


def is_json(text: str) -> bool:
    """Whether an answer begins as JSON does."""
    return text.lstrip(BLANKS).startswith(("{", "["))


def read_json(text: str) -> Any | NoRows:
    """The value that was answered, or that it is no JSON."""
    try:
        return json.loads(text.lstrip(BLANKS))
    except (ValueError, RecursionError) as error:
        return NoRows(Why.WRONG_TYPE, f"JSON 读不出来：{type(error).__name__}")


def at(value: Any, *path: str) -> Any:
    """What stands at a path of keys; None where there is no such way."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def number_at(value: Any, *path: str) -> int | None:
    """A whole number at a path of keys, also one written as text."""
    found = at(value, *path)
    return int(found) if isinstance(found, int | str) and str(found).isdecimal() else None


def page_of_rows(
    rows: Any, base: str, names: Names, next_url: str | None = None, next_form: Form = ()
) -> ListPage | NoRows:
    """The lines of the rows, relative addresses resolved against `base`."""
    if not isinstance(rows, list):
        return NoRows(Why.CONTAINER_GONE, "JSON 里没有列表")
    items = tuple(lines(rows, base, names))
    if items:
        return ListPage(items, next_url, next_form)
    return NoRows(Why.CONTAINER_GONE, "JSON 里的列表换了字段名") if rows else NoRows(Why.NO_ITEMS)


def lines(rows: Iterable[Any], base: str, names: Names) -> Iterable[ListItem]:
    """The rows that have a title and an address."""
    for row in rows:
        title, pinned = without_pin(plain_title(_first(row, names.title)))
        address = absolute(base, _first(row, names.url))
        if not title or not _first(row, names.url) or not address:
            continue
        shown = _first(row, names.day)
        day = date_in(shown) or date_of_url(address)
        yield ListItem(title, address, day, pinned, None if day else month_day_in(shown))


def plain_title(title: str) -> str:
    """A title as text: search results mark the words found with tags."""
    root = parse_html(f"<p>{title}</p>") if "<" in title or "&" in title else None
    return clean(title if root is None else text_of(root))


def with_query(url: str, **changes: object) -> str:
    """The address with some of its query set anew."""
    parts = urlsplit(url)
    asked = {**dict(parse_qsl(parts.query, keep_blank_values=True)), **changes}
    return parts._replace(query=urlencode(asked)).geturl()


def query_of(url: str) -> dict[str, str]:
    """The query of an address by name."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _first(row: Any, keys: tuple[str, ...]) -> str:
    found = (at(row, key) for key in keys)
    return next((str(value).strip() for value in found if isinstance(value, str | int) and value), "")
