"""Files and texts that staff hand in: one notice, or a past newsletter."""

import re
from dataclasses import replace

from notices.intake.by_hand import Draft
from notices.intake.files.papers import Kind
from notices.intake.files.reader import FileReader
from notices.intake.files.words import explain
from notices.intake.hosts import host_of
from notices.lexicon.host_regions import region_of_host
from notices.reading.newsletter import Newsletter, split
from notices.reading.titles import title_in

HEADLINE = re.compile(r"[^。；：:;]{6,60}")
PAGED = frozenset([Kind.PDF, Kind.OFD])
MOST_TEXT = 600_000  # characters of one newsletter; the longest that was seen has 30,000


class NotRead(Exception):
    """Nothing can be made of what was handed in; the message says why, in Chinese."""


def text_of_file(name: str, body: bytes) -> str:
    """The words of a file, its pages parted by form feeds; NotRead where it has none."""
    with FileReader() as reader:
        paper = reader.read(name, body)
    text = ("\f" if paper.kind in PAGED else "\n").join(part.text for part in paper.parts)
    if not text.strip():
        raise NotRead(f"读不出《{name}》的文字：{explain(paper.flaws)}")
    return text


def draft_of_text(text: str, title: str = "", url: str = "") -> Draft:
    """One notice of its words; without a title the one at the head of the text."""
    words = text.replace("\r\n", "\n").strip()
    return replace(Draft(title.strip() or title_in(words), words, url), region=region_of_host(host_of(url)))


def draft_of_file(name: str, body: bytes, url: str = "") -> Draft:
    """One notice of a file."""
    text = text_of_file(name, body).replace("\f", "\n")
    draft = draft_of_text(text, "", url)
    return draft if draft.title else replace(draft, title=_headline(text) or name.rpartition(".")[0] or name)


def _headline(text: str) -> str:
    """The first line, where it is short and no sentence: many a guide is headed by its bare name."""
    first = text.strip().partition("\n")[0].strip()
    return first if HEADLINE.fullmatch(first) else ""


def drafts_of_newsletter(text: str) -> tuple[Newsletter, tuple[Draft, ...]]:
    """The notices of a past newsletter; NotRead where it is none."""
    if len(text) > MOST_TEXT:
        raise NotRead(f"文字超过 {MOST_TEXT // 10_000} 万字，不像一期快讯，请分开导入")
    newsletter = split(text)
    if not newsletter.entries:
        raise NotRead("没有看出是一期快讯：既没有目录，也没有逐条的“相关链接”。单独一条请用“添加一条通知”")
    return newsletter, tuple(
        Draft(
            title=entry.title,
            text=entry.text,
            url=entry.link if entry.link.startswith("http") else f"http://{entry.link}" if entry.link else "",
            section=entry.section,
            issue=newsletter.number,
            region=region_of_host(host_of(entry.link)),
            doubts=entry.doubts,
        )
        for entry in newsletter.entries
    )
