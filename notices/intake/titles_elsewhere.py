"""Lists whose links name no document: all read 查看详情, and the title stands elsewhere in the row. Pure.

What is found is a recipe, for staff to accept: which links go on, where the row's title stands. The title is
the longest text of the row beside the link, or a title attribute that says more.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from notices.intake.dates import date_in, month_day_in
from notices.intake.line_groups import NO_ARTICLE, SHORTEST_TITLE, rows_around
from notices.intake.tree import Element, clean, text_of

# 查看详情, [详细], 点击查看更多>>, MORE: words that lead on and name nothing.
GO_ON = re.compile(
    r"[\[【(（<《]?(?:点击|点此|点我)?(?:查看|阅读|浏览|了解|进入)?(?:更多|全文|详情|详细|详情页|详细信息|原文|正文|内容|"
    r"more|details?)?[\]】)）>》»→.…]*",
    re.IGNORECASE,
)
LONGEST_GO_ON = 40  # characters, blanks and all
FEWEST = 5  # rows that make a list
USUAL_CLASS = re.compile(r"[\w-]+(?: [\w-]+)*")
DATE_TEXT = 20  # characters of a text that can be a date and nothing else


def names_nothing(text: str) -> bool:
    """Whether a link's text only says to go on."""
    if len(text) > LONGEST_GO_ON:
        return False
    dense = "".join(text.split())
    return bool(dense) and GO_ON.fullmatch(dense) is not None


def recipe_for(root: Element) -> dict[str, str]:
    """The keys `rows`, `link` and `title` of a recipe for such a page; nothing where it is none."""
    links = [link for link in root.iter("a") if _leads_on(link)]
    lots: dict[tuple[str, str], list[tuple[Element, Element]]] = defaultdict(list)
    for row, container, link in rows_around(links):
        if container is not None and row is not link:
            lots[(_step(container), _step(row))].append((row, link))
    (outer, inner), rows = max(lots.items(), key=lambda lot: len(lot[1]), default=(("", ""), []))
    title = _usual(_title_path(row, link) for row, link in rows)
    if len(rows) < FEWEST or not title:
        return {}
    words = _usual(clean(text_of(link)) for _, link in rows)
    return {
        "rows": f"//{outer}/{inner}",
        "link": f".//a[normalize-space(.)='{words}']",
        "title": title,
    }


def _leads_on(link: Element) -> bool:
    href = link.get("href") or "#"
    return not href.startswith(NO_ARTICLE) and names_nothing(text_of(link))


def _title_path(row: Element, link: Element) -> str:
    """Where the longest of the row's texts stands, that is none of its link's and no date; empty without."""
    within = {link, *link.iterdescendants()}
    said = [(_longest(part), part) for part in row.iterdescendants() if part not in within]
    text, part = max(said, key=lambda one: len(one[0]), default=("", row))
    if len(text) < SHORTEST_TITLE:
        return ""
    attribute = "/@title" if text != clean(text_of(part)) else ""
    return f".//{_step(part)}{attribute}"


def _longest(part: Element) -> str:
    """What a part of a row itself says, in its text or its title attribute; a date says nothing."""
    own = (
        clean(text_of(part))
        if not any(child.tag != "br" and text_of(child).strip() for child in part)
        else ""
    )
    title = clean(part.get("title") or "")
    said = title if len(title) > len(own) else own
    short = len(said) <= DATE_TEXT and (date_in(said) or month_day_in(said))
    return "" if short or names_nothing(said) else said


def _step(element: Element) -> str:
    """An element as a step of an XPath: by its tag, and by its class where that can be written plainly."""
    name = element.get("class") or ""
    return f"{element.tag}[@class='{name}']" if USUAL_CLASS.fullmatch(name) else str(element.tag)


def _usual(found: Iterable[str]) -> str:
    """What most of them are; empty where no one is in the majority."""
    counted: Sequence[tuple[str, int]] = (every := Counter(found)).most_common(1)
    return counted[0][0] if counted and 2 * counted[0][1] > every.total() else ""
