"""What a site's robots.txt says of our visits (RFC 9309; Crawl-delay as sites in China write it). Pure.

The standard library's parser knows no wildcards and lets the first rule win instead of the longest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from notices.intake.answers import Answer, Failed, Fetched, NotModified, Throttled
from notices.intake.troubles import Why, explain

READ = 500 << 10  # bytes of a robots.txt that a crawler has to read (RFC 9309 section 2.5)
LONGEST_DELAY = 60.0  # seconds; a longer Crawl-delay would keep us from ever reading a list to its end
TOKEN = re.compile(r"[A-Za-z_-]+|\*")
ESCAPE = re.compile(r"%[0-9a-f]{2}")
LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Allowed:
    """We may fetch the address."""


@dataclass(frozen=True, slots=True)
class Disallowed:
    """We may not; `rule` is the line that says so, or why robots.txt could not be read."""

    rule: str


Verdict = Allowed | Disallowed


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that hold for us: (path pattern, allows). `unread`: why robots.txt could not be read."""

    rules: tuple[tuple[str, bool], ...] = ()
    crawl_delay: float = 0.0
    unread: Failed | None = None

    def verdict(self, url: str) -> Verdict:
        """The longest matching rule's word, allow before disallow; robots.txt itself is always allowed."""
        if not self.rules and not self.unread:
            return Allowed()
        path = _path(url)
        if path == "/robots.txt":
            return Allowed()
        if self.unread:
            return Disallowed(explain(self.unread.why, self.unread.detail))
        matching = [
            (len(pattern), allows, pattern) for pattern, allows in self.rules if _matches(pattern, path)
        ]
        _, allows, pattern = max(matching, default=(0, True, ""))
        return Allowed() if allows else Disallowed(f"Disallow: {pattern}")


def verdict(text: str, url: str, agent: str) -> Verdict:
    """Whether `agent` (a product token or whole User-Agent) may fetch `url` by a robots.txt of this text."""
    return rules_of(text, agent).verdict(url)


def rules_of(text: str, agent: str) -> Rules:
    """The rules of all groups that name `agent`, else of those for everyone."""
    groups = list(_groups(text))
    token = agent.partition("/")[0].casefold()
    chosen = [lines for names, lines in groups if token in names]
    chosen = chosen or [lines for names, lines in groups if "*" in names]
    lines = [line for group in chosen for line in group]
    rules = tuple((_encoded(path), key == "allow") for key, path in lines if key != "crawl-delay" and path)
    return Rules(rules, _delay([said for key, said in lines if key == "crawl-delay"]))


def rules_of_answer(answer: Answer, agent: str) -> Rules:
    """What the answer to a request for robots.txt means (RFC 9309 section 2.3.1).

    A site that says it has none, or refuses it, allows everything; one that breaks allows nothing. One that
    challenges us will say so again when it is asked for the list.
    """
    match answer:
        case Fetched(body=body) if not is_page(body):
            return rules_of(body[:READ].decode("utf-8-sig", "replace"), agent)
        case Fetched() | NotModified() | Failed(why=Why.GONE | Why.REFUSED | Why.CHALLENGE):
            return Rules()
        case Failed():
            return Rules(unread=answer)
        case Throttled():
            return Rules(unread=Failed(Why.THROTTLED))


def is_page(body: bytes) -> bool:
    """Whether a web page came where a robots.txt was asked for: a site's own way to say that it has none."""
    return b"<html" in body[:1000].lower()


def _groups(text: str) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
    """Each group's agents and its lines; a User-agent after other lines begins the next group."""
    names: list[str] = []
    lines: list[tuple[str, str]] = []
    for key, value in _lines(text):
        if key != "user-agent":
            lines.append((key, value))
            continue
        if lines:
            yield names, lines
            names, lines = [], []
        token = TOKEN.match(value)
        names.append(token[0].casefold() if token else "")
    yield names, lines


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        told = LINE.fullmatch(line.partition("#")[0])
        if told and told[1].lower() in {"user-agent", "allow", "disallow", "crawl-delay"}:
            yield told[1].lower(), told[2]


def _delay(said: list[str]) -> float:
    """The longest Crawl-delay that was said, in seconds."""
    numbers = [float(number) for number in said if re.fullmatch(r"\d{1,6}(?:\.\d+)?", number)]
    return min(max(numbers, default=0.0), LONGEST_DELAY)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return _encoded((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def _encoded(path: str) -> str:
    """One spelling of what may be written escaped or plain."""
    return ESCAPE.sub(lambda escape: escape[0].upper(), quote(path, safe="/%*$?=&;:@+,!~'()[]"))


def _matches(pattern: str, path: str) -> bool:
    """`*` stands for anything, a final `$` for the end. Linear, since sites write what they like."""
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for left, part in zip(range(len(rest) - 1, -1, -1), rest, strict=True):
        if anchored and not left:
            return path.endswith(part) and len(path) - len(part) >= at
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not anchored or at == len(path)
