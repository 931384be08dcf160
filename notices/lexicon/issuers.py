"""What is known of the offices that issue notices (`data/issuers.toml`)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from notices.lexicon.normal import HAN

LONGEST_END = 30
SECTION = re.compile(rf"(?<=[局厅委会心])[{HAN}]{{2,12}}[科股](?=$|\()")  # 烟台市科技局政策法规与成果转化科
TABLE = Path(__file__).parent / "data" / "issuers.toml"


@dataclass(frozen=True)
class IssuerFacts:
    """The facts of the file, made ready for use."""

    full_forms: dict[str, str]
    stems: tuple[str, ...]
    suffixes: tuple[str, ...]
    not_offices: tuple[str, ...]
    not_ends: tuple[str, ...]
    zones: tuple[str, ...]
    sides: frozenset[str]
    nicknames: frozenset[str]
    joined: str
    branched: tuple[str, ...]
    national: dict[str, str]
    numbers: dict[str, str]
    letters: dict[str, str]
    hosts: dict[str, str]


@cache
def facts() -> IssuerFacts:
    """The file, read once."""
    data = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    offices = data["offices"]
    return IssuerFacts(
        full_forms=data["full_forms"],
        stems=tuple(offices["stems"]),
        suffixes=tuple(sorted(offices["suffixes"], key=len, reverse=True)),
        not_offices=tuple(offices["not_offices"]),
        not_ends=tuple(offices["not_ends"]),
        zones=tuple(offices["zones"]),
        sides=frozenset(offices["sides"]),
        nicknames=frozenset(offices["nicknames"]),
        joined=offices["joined"],
        branched=tuple(offices["branched"]),
        national={
            name: body["name"] for body in data["national"] for name in (body["name"], *body.get("short", ()))
        },
        numbers=data["numbers"],
        letters=data["letters"],
        hosts=data["hosts"],
    )


@cache
def office_end() -> re.Pattern[str]:
    """Matches at the end of an office's name."""
    return re.compile(rf"(?:{'|'.join(facts().suffixes)}|{SECTION.pattern})(?:\([^()]{{1,16}}\))?$")


@cache
def _last_letters() -> frozenset[str]:
    """What stands last where `office_end` matches: of an office, of its section, of a bracket or a line."""
    return frozenset({*(suffix[-1] for suffix in facts().suffixes), *"科股)\n"})


def is_office(name: str) -> bool:
    """Whether these words end as an office's name does."""
    if name[-1:] not in _last_letters() or name.endswith(facts().not_ends):
        return False
    return bool(office_end().search(name, max(0, len(name) - LONGEST_END)))


def without_section(name: str) -> str:
    """The name of the office whose section signed: 烟台市科技局政策法规与成果转化科 → 烟台市科技局."""
    section = SECTION.search(name)
    office = name[: section.start()] if section else name
    return office if is_office(office) else name


@cache
def _zone_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(facts().zones)})$")


def is_zone(name: str) -> bool:
    """Whether these words end as a development zone's name does."""
    ends = _zone_end().search(name, max(0, len(name) - LONGEST_END))
    return bool(ends) and not name.endswith(facts().not_ends)


def in_full(name: str) -> str:
    """An office's name with its short forms written out: 市工信局 → 市工业和信息化局."""
    full = _short_forms().sub(lambda match: facts().full_forms[match[1]] + _full_level(match[2]), name)
    return full + "员会" if full.endswith(_in_full_but_level()) else full


@cache
def _in_full_but_level() -> tuple[str, ...]:
    return tuple(form + "委" for form in facts().full_forms.values())


def _full_level(level: str) -> str:
    return "委员会" if level == "委" else level


@cache
def _short_forms() -> re.Pattern[str]:
    forms = "|".join(sorted(map(re.escape, facts().full_forms), key=len, reverse=True))
    # 新经济和科技局 has no other name: what joins two matters' words is part of it
    return re.compile(rf"(?<![{facts().joined}])({forms})(局|厅|委员会|委(?!员)|部)")


@cache
def _national_names() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, facts().national), key=len, reverse=True))
    return re.compile(rf"(?:{names})(?![门署队])")  # 财政部门 is no ministry


def national_body(text: str) -> tuple[str, int] | None:
    """The national body that the text begins with, by its full name, and where its name ends."""
    match = _national_names().match(text)
    return (facts().national[match.group()], match.end()) if match else None


def body_of_number(prefix: str) -> str | None:
    """The national body whose document numbers begin like this (国科火字 → 火炬中心)."""
    fitting = [head for head in facts().numbers if prefix.startswith(head)]
    return facts().numbers[max(fitting, key=len)] if fitting else None


def province_of_number(prefix: str) -> str | None:
    """The province whose letter a document number begins with (浙经信 → 浙江省); cities share the letter."""
    return facts().letters.get(prefix[:1])


@lru_cache(maxsize=64)
def host_of(url: str | None) -> str:
    """The host of an address, empty where it has none."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def path_of(url: str | None) -> str:
    """The path of an address, empty where it has none."""
    try:
        return urlsplit(url or "").path
    except ValueError:
        return ""


@lru_cache(maxsize=64)
def host_says(url: str | None) -> str | None:
    """The body or region that an address's host belongs to, None when the host says nothing sure."""
    host = host_of(url)
    fitting = [end for end in facts().hosts if host == end or host.endswith("." + end)]
    return facts().hosts[max(fitting, key=len)] or None if fitting else None
