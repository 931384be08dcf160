"""The labels of a detail page: standard metas first, then 开普's tags, then the words of its info line.

The metas are those asked for by 国办发〔2017〕47号 政府网站发展指引; letter case and attribute order vary.
"""

import re
from dataclasses import dataclass
from datetime import date

from notices.intake.dates import date_in
from notices.intake.tree import Element, attributes, clean, elements, text_at, xpath

STANDARD = (
    "ArticleTitle", "PubDate", "ContentSource", "Author", "Keywords", "Description", "Url",
    "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType",
)  # fmt: skip
METAS = xpath("//meta[@name and @content] | //meta[@NAME]")
UCAP = {
    "ArticleTitle": xpath("//ucaptitle"),
    "PubDate": xpath("//publishtime"),
    "ContentSource": xpath("//ucapsource"),
}
DOC_NO = r"[\u4e00-\u9fff]{1,15}\s*[〔\[［（(]\s*(?:19|20)\d\d\s*[〕\]］）)]\s*第?\s*\d{1,5}\s*号"
LABELS = {
    "文号": re.compile(rf"(?:发文字号|发文文号|文\s*号)\s*[：:]?\s*({DOC_NO})"),
    "PubDate": re.compile(r"(?:发布日期|发布时间|发文日期|公开日期)\s*[：:]?\s*(\S{8,11})"),
    "ContentSource": re.compile(
        r"(?:信息来源|文章来源|来源|发布机构|发布机关|发文机关)\s*[：:]\s*([\u4e00-\u9fff（）()]{2,40})"
    ),
}
VISIBLE = xpath("//body//text()[not(parent::script or parent::style)]")
INFO_LINE = 3000  # characters of a page's text within which its info line stands


@dataclass(frozen=True, slots=True)
class Labels:
    """What a page says about itself; `known` holds the values by their standard names, and 文号."""

    known: dict[str, str]

    @property
    def title(self) -> str:
        """ArticleTitle, or empty."""
        return self.known.get("ArticleTitle", "")

    @property
    def published(self) -> date | None:
        """The day of PubDate, if it is one."""
        return date_in(self.known.get("PubDate", ""))

    @property
    def issuer(self) -> str:
        """ContentSource, or empty: a hint and no more, it may be an office or 本站."""
        return self.known.get("ContentSource", "")


def read_labels(root: Element) -> Labels:
    """All labels of a page, the surest source of each."""
    known = _standard(root)
    for name, path in UCAP.items():
        known.setdefault(name, clean(text_at(path, root)))
    text = _visible_start(root)
    for name, pattern in LABELS.items():
        found = pattern.search(text)
        if found and not known.get(name):
            known[name] = clean(found[1])
    return Labels({name: value for name, value in known.items() if value})


def _standard(root: Element) -> dict[str, str]:
    """The standard metas; of several with one name the first that is filled."""
    by_lower = {name.lower(): name for name in STANDARD}
    known: dict[str, str] = {}
    for meta in elements(METAS, root):
        given = attributes(meta)
        name = by_lower.get(given.get("name", "").strip().lower())
        if name and not known.get(name):
            known[name] = clean(given.get("content", ""))
    return known


def _visible_start(root: Element) -> str:
    return " ".join(text_at(VISIBLE, root).split())[:INFO_LINE]
