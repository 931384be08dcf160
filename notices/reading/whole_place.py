"""The place that a headline tells of as a whole (自治区…推进会召开), and stories that are no site's own."""

import re
from collections.abc import Iterator

from notices.lexicon import regions
from notices.lexicon.normal import HAN
from notices.lexicon.places import leading_place, places_in
from notices.reading.layout import Layout
from notices.reading.media_places import medium_place, place_called
from notices.reading.office_names import at_level
from notices.reading.own_words import COMPARED, OUR_OWN, OURS
from notices.reading.page import Page
from notices.reading.site_places import host_place
from notices.reading.spoken_places import text_places
from notices.reading.values import Placed

OF_LEVEL = re.compile(
    rf"[我全](?P<whole>自治区|[省市县州盟旗])(?!级|{COMPARED})|(?P<bare>自治区|省)(?![级市县区直内外际属、])"
)
VISIT = re.compile(
    r"调研|督[导查察]|检查|考察|莅临|走访|巡[察视]|验收|核查|指导|慰问|[来赴]"
)  # of whom is visited
VENUE = re.compile(rf"在(?P<name>[{HAN}]{{2,9}}?)(?:隆重|胜利|成功|圆满)?(?:召开|举行|举办|开幕|启动|闭幕)")
WIRE = re.compile(  # 新华社兰州3月8日电: told to the whole country, on whatever site
    rf"(?:^|\n)[^。\n]{{0,12}}(?:新华社|人民日报|中新社|央视新闻|央广网)[{HAN}]{{2,6}}\d{{1,2}}月\d{{1,2}}日(?:电|讯)"
)
HEAD = 400  # characters in which a story begins


def told_of_whole(title: Page, layout: Layout, url: str | None) -> Placed | None:
    """The place that the title tells of as a whole, around its medium, the venue or its site.

    None where the title or the text tells of a place within it: 全省…名单公布,某市12家入选; 我县设分会场.
    """
    level = OF_LEVEL.match(title.clean)
    venue = VENUE.search(title.clean)
    if (
        level is None
        or VISIT.search(title.clean)
        or _names_other_than(venue, title)
        or OUR_OWN.search(title.clean, level.end())
    ):
        return None
    said = level["whole"] or level["bare"]
    for near in _around(venue, layout, url):
        place = at_level(near, said)
        if place and not _speaks_of_less(layout, near, place.id, said):
            return place.id, title.evidence(*level.span()), "地区由标题所称“自治区”“全省”推知"
    return None


def _names_other_than(venue: re.Match[str] | None, title: Page) -> bool:
    start, end = venue.span("name") if venue else (0, 0)
    return any(not start <= place.start < end for place in places_in(title.clean))


def _around(venue: re.Match[str] | None, layout: Layout, url: str | None) -> Iterator[int]:
    """Places on whose line the one told of lies, the surest first."""
    medium = medium_place(layout)
    yield from filter(None, (medium and medium[0], venue and _above(venue["name"]), host_place(url, layout)))
    yield from text_places(layout)


def _above(venue: str) -> int | None:
    """The place in which the venue lies."""
    place = leading_place(venue)
    found = place.region if place else place_called(venue)
    steps = regions.path(found) if found else ()
    return steps[-2].id if len(steps) > 1 else None


def _speaks_of_less(layout: Layout, near: int, whole: int, said: str) -> bool:
    """Whether the text calls a place its own that lies within the one its title tells of."""
    levels = {match["level"] for match in OUR_OWN.finditer(layout.page.clean)} - {said}
    for level in levels:
        own = at_level(near, level)
        if own is None and not (said == "自治区" and level == "区"):
            return True
        if own and own.id != whole and regions.lies_in(own.id, whole):
            return True
    return False


def is_wired(layout: Layout) -> bool:
    """Whether a news agency tells it to the whole country, and the text calls no place its own."""
    head = layout.page.clean[:HEAD]
    return bool(WIRE.search(head)) and not OURS.search(layout.page.clean)
