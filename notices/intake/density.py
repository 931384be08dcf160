"""The body of a page that bears no marks: where the running text after the title stands.

From the page inwards, always into the part that holds nearly all of the text, until the text falls apart
into paragraphs. Links, imprints and info lines are no text; what stands before the title is no body.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notices.intake.attachments import is_file
from notices.intake.furniture import drop, is_furniture
from notices.intake.tree import Element, clean, text_of

SENTENCE = re.compile(r"[。；，]")
IMPRINT = re.compile(r"版权所有|[Ii][Cc][Pp]备|网站标识码|网安备|[Cc][Oo][Pp][Yy][Rr][Ii][Gg][Hh][Tt]")
SHORTEST_IMPRINT = 3  # characters
CONTACT = re.compile(
    r"版权所有|ICP备|网站标识码|网?安备|Copyright|(?:主办|承办|技术支持|维护)(?:单位)?[：:]|地址|邮编|电话|邮箱|"
    r"网站地图|联系我们|网站声明|浏览器|分辨率|访问量",
    re.IGNORECASE,
)
CARD = re.compile(r"(?:文件|信息)?(?:名称|标题)[：:]?")
CRUMBS = re.compile(r"位置|[>›»]")
TABLE = frozenset({"table", "tbody", "thead", "tfoot", "tr"})  # half a table is no body
PLACES = TABLE | {"div", "td", "section", "article", "main", "center", "form", "dd", "body"}
MOST_OF_IT = 0.8  # share of a place's text in one part of it, for the body to be sought there
PER_SENTENCE = 10.0  # characters that a comma or full stop counts for: running text, not a list of names
LABEL = 0.3  # what a character counts that stands in no sentence: a signature, or a word of the layout
CLOSE = (
    0.25  # share of the page's text that the title's own surroundings must hold to be the place of the body
)
LINKS = 2  # so many links and little else are a list of other pages


@dataclass(slots=True)
class Weight:
    """The running text of an element after the title, and in how many pieces it stands there."""

    text: float = 0.0
    pieces: int = 0


def densest(root: Element, title: str) -> Element | None:
    """The element with the running text after the title, cut free of what stands before; None without text.

    The title within a body is the document's own where the page has said it before, else the page's.
    """
    titles = list(_title_elements(root, title))
    _drop_imprint(root, titles)
    weights = _weights(root, titles[0] if titles else None)
    found = _body(_surroundings(titles, root, weights), weights)
    if not weights[found].text:
        return None
    if titles and found in titles[0].iterancestors():
        _cut_up_to(titles[0], found)
    _drop_link_lists(found)
    return found


def _surroundings(titles: list[Element], root: Element, weights: Mapping[Element, Weight]) -> Element:
    """The closest place around the title that also holds a good part of the text; a side column does not."""
    least = max(CLOSE * weights[root].text, 1.0)
    around = titles[0].iterancestors() if titles else ()
    return next((place for place in around if weights[place].text >= least), root)


def _body(place: Element, weights: Mapping[Element, Weight]) -> Element:
    """The innermost place that holds the text of this one and is not part of a table."""
    places = [place, *_inwards(place, weights)]
    return next((inner for inner in reversed(places) if inner.tag not in TABLE), place)


def _inwards(place: Element, weights: Mapping[Element, Weight]) -> Iterator[Element]:
    """Part of part, as long as each holds nearly all that its whole does."""
    while True:
        part = max(place, key=lambda child: weights[child].text, default=None)
        if part is None or part.tag not in PLACES or not _is_most(part, place, weights):
            return
        yield part
        place = part


def _is_most(part: Element, place: Element, weights: Mapping[Element, Weight]) -> bool:
    """A part that is not divided further may be one paragraph of several: it must hold every piece."""
    if not any(child.tag in PLACES for child in part):
        return 0 < weights[part].pieces == weights[place].pieces
    return weights[part].text >= max(MOST_OF_IT * weights[place].text, 1.0)


def _weights(root: Element, anchor: Element | None) -> Mapping[Element, Weight]:
    """What each element holds after the anchor, that of its parts included."""
    weights: dict[Element, Weight] = defaultdict(Weight)
    visited = []
    waiting = anchor is not None
    for element in root.iter():
        visited.append(element)
        if element is anchor:
            waiting = False
        elif not waiting and (own := _own_weight(element)) is not None:
            weights[element] = own
    for element in reversed(visited):
        own = weights.get(element)
        if own is None or not own.pieces or element.tag == "a":
            continue
        outer = element.getparent()
        if outer is not None:
            whole = weights[outer]
            whole.text += own.text
            whole.pieces += own.pieces
    return weights


def _own_weight(element: Element) -> Weight | None:
    own = _own_text(element)
    if len(own) < 2 or is_furniture(own):
        return None
    marks = len(SENTENCE.findall(own))
    return Weight(len(own) + PER_SENTENCE * marks if marks else LABEL * len(own), 1)


def _own_text(element: Element) -> str:
    """The text directly in an element, not in those within it."""
    own = element.text or ""
    if len(element):
        own += "".join([child.tail or "" for child in element])
    return "" if not own or own.isspace() else clean(own)


def _dense(text: str) -> str:
    """Text without blanks."""
    return "".join(text.split())


def _title_elements(root: Element, title: str) -> Iterator[Element]:
    """The innermost elements that are the title, not in passing nor as a link, up to the first sentence."""
    wanted, last = _dense(title), None
    for element in root.iter():
        start = _dense(text) if (text := element.text) else ""
        if last is not None and "。" in start:
            return
        if start and element.tag != "a" and wanted.startswith(start):
            whole = _whole_title(element, wanted)
            if whole is not None and whole is not last and not _is_aside(whole):
                yield whole
                last = whole


def _is_aside(title: Element) -> bool:
    """Whether it is said in passing: in a breadcrumb, or on the catalogue card after the word 名称."""
    outer = title.getparent()
    if outer is None:
        return False
    before = title.getprevious()
    label = _dense((outer.text or "") if before is None else text_of(before))
    return CARD.fullmatch(label) is not None or CRUMBS.search(_own_text(outer)) is not None


def _whole_title(element: Element, wanted: str) -> Element | None:
    """The element, or one around it, whose text is the title: it may be broken into lines and spans."""
    for outer in (element, *element.iterancestors()):
        text = _dense(text_of(outer))
        if text == wanted:
            return outer
        if len(text) > len(wanted):
            return None
    return None


def _cut_up_to(anchor: Element, body: Element) -> None:
    """Remove from a body the title in it and all that stands before the title."""
    inner = anchor
    for outer in anchor.iterancestors():
        for before in list(inner.itersiblings(preceding=True)):
            outer.remove(before)
        outer.text = None
        if inner is anchor:
            drop(anchor)
        if outer is body:
            return
        inner = outer


def _drop_link_lists(body: Element) -> None:
    """Remove lists of other pages; a list of files is the notice's own."""
    for element in list(body.iterdescendants("ul", "ol", "dl", "div", "table")):
        links = list(element.iter("a"))
        whole = clean(text_of(element))
        if len(links) < LINKS or "附件" in whole or any(is_file(link.get("href") or "") for link in links):
            continue
        if sum(len(clean(text_of(link))) for link in links) > MOST_OF_IT * len(whole):
            drop(element)


def _drop_imprint(root: Element, titles: list[Element]) -> None:
    """Remove the page's foot: round each imprint, as far as all is about who runs the site and where."""
    kept = {outer for title in titles for outer in (title, *title.iterancestors())} | {root}
    for element in [one for one in root.iterdescendants() if _is_imprint(one.text)]:
        foot = None
        for outer in (element, *element.iterancestors()):
            if outer in kept or not _is_foot(outer):
                break
            foot = outer
        if foot is not None:
            drop(foot)


def _is_imprint(text: str | None) -> bool:
    return text is not None and len(text) >= SHORTEST_IMPRINT and IMPRINT.search(text) is not None


def _is_foot(element: Element) -> bool:
    texts = (clean(str(text)) for text in element.itertext())
    return all(CONTACT.search(text) for text in texts if len(text) > 2)
