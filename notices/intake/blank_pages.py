"""A page on which no list was found: is it a login, a notice that the site is down, or another page? Pure."""

import re
from urllib.parse import urlsplit

from lxml import etree

from notices.intake.answers import Fetched
from notices.intake.decoding import decode
from notices.intake.listing import NoRows
from notices.intake.tree import parse_html, text_of
from notices.intake.troubles import Why

HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,200})", re.IGNORECASE)
LOGIN_PATH = re.compile(r"(?i)/(?:login|logon|signin|sso|cas|passport|oauth2?)(?:[/.?]|$)")
LOGIN_FORM = re.compile(r"(?i)<input[^>]+type\s*=\s*[\"']?password")
LOGIN_TITLE = re.compile(r"登\s*录|登\s*陆|统一身份认证")
DOWN = re.compile(
    r"(?:维护|升级|改造|整改|迁移)中|(?:系统|网站|平台|正在|停机|暂停).{0,12}(?:维护|升级|改造|迁移)|暂停(?:访问|服务)|网站(?:已)?(?:临时)?关闭"
)
LOOKED_AT = 60_000  # characters of the page
SHORT = 600  # characters to see; a page with more is not one that only says that the site is down
READABLE = frozenset({Why.WRONG_TYPE, Why.CONTAINER_GONE, Why.NO_ITEMS, Why.BROKEN_FEED})


def told_apart(page: Fetched, found: NoRows) -> NoRows:
    """The same finding, or the more telling one: a login, a site that is down, a web page instead of data."""
    if found.why not in READABLE:
        return found
    text = decode(page.body[: LOOKED_AT * 2], page.content_type)[:LOOKED_AT]
    title = "".join(TITLE.findall(text)[:1]).strip()
    if LOGIN_PATH.search(urlsplit(page.url).path) or (LOGIN_FORM.search(text) and LOGIN_TITLE.search(text)):
        return NoRows(Why.LOGIN, title[:60])
    if is_down(text):
        return NoRows(Why.MAINTENANCE, title[:60])
    if found.why in {Why.WRONG_TYPE, Why.BROKEN_FEED} and HTML.match(text):
        return NoRows(Why.HTML_INSTEAD, title[:60])
    return found


def is_down(text: str) -> bool:
    """Whether a page says little, and that the site is being maintained or moved."""
    root = parse_html(text[:LOOKED_AT])
    if root is None:
        return False
    etree.strip_elements(root, "script", "style", with_tail=False)
    seen = "".join(text_of(root).split())
    return len(seen) < SHORT and DOWN.search(seen) is not None
