"""What the small web holds: sites and their notices, read from the TOML files under `notices/`.

A folder is a site: `site.toml` says how it is served and what stands round its text, every other file
holds `[[notice]]` tables. A line of a notice's `text` is a paragraph; its first two characters may say how
it is set: ## heading, >> to the right, ^^ in the middle, << flush left.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.clock import SHANGHAI

NOTICES = Path(__file__).parent / "notices"
OFFICE_OPENS = time(10, 0)
STYLES = {
    "##": "text-indent: 2em; font-weight: bold;",
    ">>": "text-align: right;",
    "^^": "text-align: center;",
    "<<": "text-align: left;",
}
PLAIN_STYLE = "text-indent: 2em; line-height: 2;"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a notice's body and the CSS it is set with."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a notice. `members` are the names inside, when it is an archive."""

    name: str
    url: str
    members: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The path of its address."""
        return urlsplit(self.url).path

    @property
    def file_name(self) -> str:
        """The last part of its address, which is all of an href from a page in the same folder."""
        return self.path.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """The file name's ending in lower case, without the dot."""
        return self.path.rpartition(".")[2].lower()


@dataclass(frozen=True, slots=True)
class Notice:
    """One page of a site. `published` is the day its list shows, `appears_at` the moment it goes up."""

    url: str
    title: str
    published: date
    appears_at: datetime
    issuer: str
    doc_no: str
    keywords: str
    paragraphs: tuple[Paragraph, ...]
    attachments: tuple[Attachment, ...]

    @property
    def host(self) -> str:
        """The host of its address; on some lists not the list's own."""
        return urlsplit(self.url).netloc

    @property
    def path(self) -> str:
        """The path of its address."""
        return urlsplit(self.url).path

    @property
    def number(self) -> str:
        """What the CMS calls it: the file's name without its ending."""
        return self.path.rpartition("/")[2].partition(".")[0]

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Site:
    """A site: one list and what it lists, newest first. `furniture` is what stands round the text."""

    slug: str
    family: str
    look: str
    name: str
    url: str
    column: str
    per_page: int
    charset: str
    declared_charset: str
    charset_in_header: bool
    validators: bool
    robots: str
    furniture: Mapping[str, Any]
    notices: tuple[Notice, ...]

    @property
    def scheme(self) -> str:
        """That of its list: http or https."""
        return urlsplit(self.url).scheme

    @property
    def host(self) -> str:
        """The host of its list."""
        return urlsplit(self.url).netloc

    @property
    def path(self) -> str:
        """The path of its list."""
        return urlsplit(self.url).path

    @property
    def hosts(self) -> frozenset[str]:
        """Every host that its list or its notices live on."""
        return frozenset({self.host, *(notice.host for notice in self.notices)})

    def visible(self, now: datetime) -> tuple[Notice, ...]:
        """What has gone up by `now`, newest first."""
        return tuple(notice for notice in self.notices if notice.appears_at <= now)


@cache
def load_sites(folder: Path = NOTICES) -> tuple[Site, ...]:
    """Every site under `folder`, by slug. A file that lacks a field raises KeyError naming it."""
    return tuple(_site(file.parent) for file in sorted(folder.glob("*/site.toml")))


def _site(folder: Path) -> Site:
    told = tomllib.loads((folder / "site.toml").read_text(encoding="utf-8"))
    files = sorted(file for file in folder.glob("*.toml") if file.name != "site.toml")
    rows = [row for file in files for row in tomllib.loads(file.read_text(encoding="utf-8"))["notice"]]
    notices = sorted((_notice(row, told["issuer"]) for row in rows), key=lambda n: n.appears_at, reverse=True)
    return Site(
        slug=folder.name,
        family=told["family"],
        look=told.get("look", told["family"]),
        name=told["name"],
        url=told["url"],
        column=told["column"],
        per_page=told["per_page"],
        charset=told.get("charset", "utf-8"),
        declared_charset=told.get("declared_charset", "utf-8"),
        charset_in_header=told.get("charset_in_header", True),
        validators=told.get("validators", True),
        robots=told.get("robots", ""),
        furniture=told["furniture"],
        notices=tuple(notices),
    )


def _notice(row: Mapping[str, Any], issuer: str) -> Notice:
    opening = datetime.combine(row["published"], OFFICE_OPENS, SHANGHAI)
    return Notice(
        url=row["url"],
        title=row["title"],
        published=row["published"],
        appears_at=row.get("appears_at", opening),
        issuer=row.get("issuer", issuer),
        doc_no=row.get("doc_no", ""),
        keywords=row.get("keywords", ""),
        paragraphs=tuple(_paragraph(line) for line in row["text"].strip().splitlines() if line.strip()),
        attachments=tuple(
            Attachment(file["name"], file["url"], tuple(file.get("members", ())))
            for file in row.get("attachments", ())
        ),
    )


def _paragraph(line: str) -> Paragraph:
    style = STYLES.get(line[:2])
    return Paragraph(line, PLAIN_STYLE) if style is None else Paragraph(line[2:].strip(), style)
