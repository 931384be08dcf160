"""What the small web answers: pure, from the site, the request and the calendar."""

import gzip
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from demo.web.attachments import CONTENT_TYPES, attachment_bytes
from demo.web.families import FAMILIES
from demo.web.families.pages import Document, listing, rendered
from demo.web.sites import Notice, Site
from demo.web.visits import Request, Visit

GZIP_LEVEL = 5
WORTH_SQUEEZING = 512


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, its headers and its bytes."""

    status: int
    content_type: str = ""
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


def answer(visit: Visit) -> Answer:
    """What the site says, with validators and squeezed if it may be. A TLS site sends plain visits on."""
    request = visit.request
    if (request.scheme, visit.site.scheme) == ("http", "https"):
        return Answer(301, headers=(("Location", f"https://{request.host}{request.target}"),))
    found = _content(visit)
    if found is None:
        return not_found(visit.site)
    content, changed = found
    if visit.site.validators:
        content = _validated(content, request, changed)
    return _squeezed(content, request)


def document_answer(document: Document, site: Site, status: int = 200) -> Answer:
    """The document in the site's charset, which its header names unless the site forgets to."""
    charset = f"; charset={site.charset}" if site.charset_in_header else ""
    return Answer(status, document.content_type + charset, document.text.encode(site.charset))


def not_found(site: Site) -> Answer:
    """The page that such sites show for what is not there (yet)."""
    return document_answer(Document(rendered("not_found.html", site=site)), site, 404)


def list_page_number(visit: Visit) -> int | None:
    """Which page of the site's list (or feed) is asked for, from 1; None where it is something else."""
    if visit.request.host != visit.site.host:
        return None
    return FAMILIES[visit.site.family].page_number(visit)


def _content(visit: Visit) -> tuple[Answer, datetime] | None:
    """What lies at that address and when it last changed."""
    built = visit.site.notices[-1].appears_at
    if visit.path == "/robots.txt" and visit.site.robots:
        return Answer(200, "text/plain", visit.site.robots.encode()), built
    for notice in visit.visible:
        page = _of_notice(visit, notice)
        if page is not None:
            return page, notice.appears_at
    document = _of_list(visit)
    changed = visit.visible[0].appears_at if visit.visible else built
    return None if document is None else (document_answer(document, visit.site), changed)


def _of_notice(visit: Visit, notice: Notice) -> Answer | None:
    if visit.is_for(notice.url):
        page = FAMILIES[visit.site.family].detail_page(visit, notice)
        return document_answer(page, visit.site)
    for file in notice.attachments:
        if visit.is_for(file.url):
            return Answer(200, CONTENT_TYPES[file.suffix], attachment_bytes(notice, file))
    return None


def _of_list(visit: Visit) -> Document | None:
    if visit.request.host != visit.site.host:
        return None
    family, number = FAMILIES[visit.site.family], list_page_number(visit)
    if number is None:
        return family.service(visit)
    shown = listing(visit.site, visit.visible, number)
    return None if shown is None else family.list_page(visit, shown)


def _validated(content: Answer, request: Request, changed: datetime) -> Answer:
    """ETag and Last-Modified, and 304 where the request holds them (RFC 9110 section 13.2.2)."""
    tag = f'"{hashlib.sha256(content.body).hexdigest()[:16]}"'
    headers = (("ETag", tag), ("Last-Modified", format_datetime(changed.astimezone(UTC), usegmt=True)))
    if _holds(request, tag, changed):
        return Answer(304, headers=headers)
    return replace(content, headers=headers)


def _holds(request: Request, tag: str, changed: datetime) -> bool:
    held = request.headers.get("if-none-match")
    if held is not None:
        return tag in {each.strip().removeprefix("W/") for each in held.split(",")}
    since = request.headers.get("if-modified-since")
    return since is not None and changed.replace(microsecond=0) <= parsedate_to_datetime(since)


def _squeezed(content: Answer, request: Request) -> Answer:
    wanted = "gzip" in request.headers.get("accept-encoding", "")
    if not wanted or len(content.body) < WORTH_SQUEEZING or content.content_type == CONTENT_TYPES["zip"]:
        return content
    headers = (*content.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(content, body=gzip.compress(content.body, GZIP_LEVEL, mtime=0), headers=headers)
