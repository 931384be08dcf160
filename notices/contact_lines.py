"""Contacts as people read them, from the rows of a reading: each person with office, phones and mail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

NAMES = {
    "person": "联系人",
    "phone": "电话",
    "fax": "传真",
    "email": "邮箱",
    "address": "地址",
    "postcode": "邮编",
    "system": "申报系统",
    "copies": "份数",
}
BY_PERSON = frozenset(["person", "phone", "fax", "email"])
FULL_PHONE = 10  # digits from which a number can be dialled from anywhere


@dataclass(frozen=True, slots=True)
class Said:
    """One value: its name, the words, and where a press on it leads."""

    name: str
    words: str
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """What belongs together, and the words of the notice that prove it."""

    name: str
    who: str
    said: tuple[Said, ...]
    quotes: tuple[str, ...]
    where: str = ""


def contact_lines(rows: Iterable[Mapping[str, Any]]) -> tuple[ContactLine, ...]:
    """People first, each group with its numbers; then address, system and copies."""
    rows = list(rows)
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["kind"] in BY_PERSON:
            groups.setdefault(_group(row, rows), []).append(row)
    people = [_of_group(group) for group in groups.values()]
    things = [_of_thing(row) for row in rows if row["kind"] not in BY_PERSON]
    return (*people, *things)


def _group(row: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str:
    """A number's people; a person is of the first number that names them."""
    if row["kind"] != "person":
        return str(row["whose"])
    named = (str(other["whose"]) for other in rows if other["kind"] in BY_PERSON - {"person"})
    return next((whose for whose in named if row["value"] in whose.split("、")), str(row["value"]))


def _of_group(rows: list[Mapping[str, Any]]) -> ContactLine:
    people = [row for row in rows if row["kind"] == "person"]
    offices = dict.fromkeys(row["whose"] for row in people if row["whose"])
    said = tuple(_said(row) for row in rows if row["kind"] != "person")
    names = "、".join(row["value"] for row in people) or rows[0]["whose"]
    who = names + (f"（{'、'.join(offices)}）" if offices else "")
    return ContactLine(NAMES["person"] if people else said[0].name, who, said, *_proof(rows))


def _of_thing(row: Mapping[str, Any]) -> ContactLine:
    who = row["whose"] if row["whose"] != row["value"] else ""
    return ContactLine(NAMES[row["kind"]], who, (_said(row),), *_proof([row]))


def _proof(rows: list[Mapping[str, Any]]) -> tuple[tuple[str, ...], str]:
    quotes = tuple(dict.fromkeys(" ".join(str(row["quote"]).split()) for row in rows))
    whole = tuple(quote for quote in quotes if not any(quote != other and quote in other for other in quotes))
    return whole, next((row["where"] for row in rows if row.get("where")), "")


def _said(row: Mapping[str, Any]) -> Said:
    return Said(NAMES[row["kind"]], row["value"], _leads_to(row["kind"], row["value"]))


def _leads_to(kind: str, value: str) -> str:
    digits = "".join(filter(str.isdigit, value.partition("转")[0]))
    if kind == "phone" and len(digits) >= FULL_PHONE:
        return f"tel:{digits}"
    if kind == "email":
        return f"mailto:{value}"
    if kind == "system" and value.isascii():
        return value if value.lower().startswith(("http://", "https://")) else f"http://{value}"
    return ""
