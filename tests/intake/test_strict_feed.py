"""The strict path for feeds: it reads what feedparser reads, or nothing."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.intake.families.feed import DEEPEST, MOST, judge, nesting, parse_list
from notices.intake.families.strict_feed import read_strictly
from notices.intake.listing import NoRows
from notices.intake.recipes import recipe_of
from notices.intake.troubles import Why

URL = "http://www.a.gov.cn/rss.xml"
TITLE, LINK = "关于申报绿色工厂的通知", "http://www.a.gov.cn/t20191021_1.html"
ITEM = f"<item><title>{TITLE}</title><link>{LINK}</link></item>"


def rss(*items: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>某局</title>{head}{"".join(items)}</channel></rss>'


def atom(*entries: str, head: str = "") -> str:
    namespace = 'xmlns="http://www.w3.org/2005/Atom"'
    return f"<feed {namespace}><title>某局</title><id>urn:a</id>{head}{''.join(entries)}</feed>"


def item(**fields: str) -> str:
    names = {"date": "dc:date"}
    inside = "".join(f"<{names.get(k, k)}>{text}</{names.get(k, k)}>" for k, text in fields.items())
    return f'<item xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</item>'


TIDY = {
    "rss": rss(ITEM),
    "cdata and comments": rss(f"<item><title><![CDATA[甲<b>]]>乙<!--x--></title><link>{LINK}</link></item>"),
    "guid for a link": rss(item(title=TITLE, guid=LINK)),
    "guid that is no link": rss(f"<item><title>{TITLE}</title><guid isPermaLink='false'>7</guid></item>"),
    "relative link": rss(item(title=TITLE, link="../1.html")),
    "days": rss(item(title=TITLE, link=LINK, pubDate="Mon, 21 Oct 2019 17:30:00 GMT", date="2019-10-20")),
    "empty day": rss(item(title=TITLE, link=LINK, pubDate="", date="2019-10-20T23:00:00+08:00")),
    "html in the title": atom(f'<entry><title type="html">甲&lt;b&gt;乙</title><id>{LINK}</id></entry>'),
    "several links": atom(
        f'<entry><title>{TITLE}</title><link rel="self" href="/a.xml"/><link href="/1.html"/>'
        '<link rel="alternate" type="application/pdf" href="/1.pdf"/><id>urn:1</id></entry>'
    ),
    "xhtml beside": atom(
        f'<entry><title>{TITLE}</title><id>{LINK}</id><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>甲<b>乙</b></p></div></content></entry>'
    ),
    "next page": atom(
        f"<entry><title>{TITLE}</title><id>{LINK}</id></entry>", head='<link rel="next" href="?page=2"/>'
    ),
    "rss 1.0": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f'<channel rdf:about="{URL}"><title>某局</title></channel>'
        f'<item rdf:about="{LINK}"><title>{TITLE}</title><link>{LINK}</link></item></rdf:RDF>'
    ),
}  # fmt: skip
UNTIDY = {
    "cut short": rss(ITEM)[:-20],
    "doctype": f"<!DOCTYPE rss>{rss(ITEM)}",
    "another version": rss(ITEM).replace("2.0", "0.91"),
    "two titles": rss(f"<item><title>甲</title><title>{TITLE}</title><link>{LINK}</link></item>"),
    "unknown element": rss(ITEM.replace("</item>", "<media>x</media></item>")),
    "markup in the title": rss(f"<item><title>甲<b>乙</b></title><link>{LINK}</link></item>"),
    "capital element": rss(ITEM.replace("title", "Title")),
    "odd day": rss(item(title=TITLE, link=LINK, pubDate="2019年10月21日")),
    "impossible day": rss(item(title=TITLE, link=LINK, pubDate="Mon, 31 Feb 2019 17:30:00 GMT")),
    "latin-1 taken for utf-8": rss(item(title="Ã©tude de la loi", link=LINK)),
    "base and a relative link": rss(item(title=TITLE, link="1")).replace(
        "<rss", "<rss xml:base='http://b.cn/'"
    ),
    "empty link": rss(item(title=TITLE, link="", guid=LINK)),
    "prefix of another house": rss(item(title=TITLE, link=LINK).replace("elements/1.1", "elements/9")),
    "no entries": rss(),
}


@pytest.mark.parametrize("name", TIDY)
def test_tidy_feed_is_read_as_feedparser_reads_it(name: str) -> None:
    strict = read_strictly(TIDY[name])
    assert strict is not None
    assert (strict, False) == judge(TIDY[name])


@pytest.mark.parametrize("name", UNTIDY)
def test_untidy_feed_is_left_to_feedparser(name: str) -> None:
    assert read_strictly(UNTIDY[name]) is None


def test_strict_entry_has_its_day_in_shanghai() -> None:
    strict = read_strictly(TIDY["days"])
    assert strict is not None
    assert [(entry.title, str(entry.day)) for entry in strict.entries] == [(TITLE, "2019-10-22")]


TEXTS = st.text(st.sampled_from("关于通知 <b>&;:/é\x85ab1-\n"), max_size=12)
LINKS = st.one_of(TEXTS, st.sampled_from([LINK, "/1.html", "?a=1&b=2", "http:///x", "urn:1", "HTTP://A/b#"]))
DAYS = st.one_of(
    TEXTS,
    st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}+08:00"),
    st.datetimes().map(lambda moment: f"{moment:%a, %d %b %Y %H:%M} GMT"),
    st.dates().map(str),
)


def _fields(*names: str) -> st.SearchStrategy[str]:
    values = {"title": TEXTS, "link": LINKS, "guid": LINKS, "id": LINKS}
    chosen = [
        st.builds(lambda text, name=name: f"<{name}>{escape(text)}</{name}>", values.get(name, DAYS))
        for name in names
    ]
    return st.lists(st.one_of(chosen), max_size=6).map("".join)


RSS_FEEDS = st.lists(_fields("title", "link", "guid", "pubDate", "description"), min_size=1, max_size=3).map(
    lambda items: rss(*(f"<item>{fields}</item>" for fields in items))
)
ATOM_FEEDS = st.lists(_fields("title", "id", "published", "updated", "summary"), min_size=1, max_size=3).map(
    lambda entries: atom(*(f'<entry><link href="{LINK}"/>{fields}</entry>' for fields in entries))
)


@given(st.one_of(RSS_FEEDS, ATOM_FEEDS))
def test_strict_path_never_reads_otherwise_than_feedparser(text: str) -> None:
    strict = read_strictly(text)
    assert strict is None or strict == judge(text)[0]


@pytest.mark.parametrize("text", ["<b>" * (DEEPEST + 10), "甲" * (MOST + 1)])
def test_what_would_keep_feedparser_busy_is_refused(text: str) -> None:
    page = parse_list(f"<rss><channel>{text}</channel></rss>", URL, recipe_of("feed", {}))
    assert isinstance(page, NoRows)
    assert page.why is Why.BROKEN_FEED
    assert "过长或嵌套过深" in page.detail


def test_tags_within_cdata_are_no_nesting() -> None:
    assert max(nesting(f"<a><![CDATA[{'<p>' * 999}]]><b/></a>")) == 1


def test_entry_without_a_web_address_is_no_line() -> None:
    page = parse_list(rss(ITEM, item(title="甲", link="http://[")), URL, recipe_of("feed", {}))
    assert not isinstance(page, NoRows)
    assert [line.url for line in page.items] == [LINK]
