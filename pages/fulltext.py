"""A notice's full text for our own page: the site's markup, cleaned of all but structure."""

import lxml.html
import nh3
from lxml.etree import ParserError
from markupsafe import Markup, escape

from notices.models import Revision

TAGS = {
    *("p", "br", "hr", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a"),
    *("strong", "b", "em", "i", "u", "s", "sup", "sub"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}


def full_text(revision: Revision, base: str) -> Markup:
    """Safe HTML: structure only, links made absolute; from the plain text where no markup was kept."""
    if not revision.html.strip():
        paragraphs = (line.strip() for line in revision.text.splitlines())
        return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in paragraphs if line)
    cleaned = nh3.clean(
        _with_absolute_links(revision.html, base),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(cleaned)  # noqa: S704 nh3 has cleaned it


def _with_absolute_links(html: str, base: str) -> str:
    try:
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except ParserError:
        return str(escape(html))
    tree.make_links_absolute(base, handle_failures="discard")
    absolute: str = lxml.html.tostring(tree, encoding="unicode")
    return absolute
