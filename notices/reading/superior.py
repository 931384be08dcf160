"""Who addresses the offices of one business below it and calls itself 我厅, 我局: their superior in it."""

import re
from functools import cache

from notices.lexicon import regions
from notices.lexicon.issuers import facts, in_full
from notices.lexicon.normal import HAN
from notices.reading.layout import Layout
from notices.reading.own_words import addressed
from notices.reading.values import IssuerFound

LEVEL = r"(?:局|委员会|委(?!员)|厅|主管部门)(?:\([局委]\))?"
ANOTHER = re.compile(LEVEL)
OUR_OFFICE = re.compile(  # 我厅, 报送省厅; not 详情见省厅办公室的通知
    r"(?:我|(?<=[报送交由])省)(?P<level>[局委厅])(?!属)"
)
LIKELY = 0.75  # how sure: more than an office named by its level alone


def superior(layout: Layout, hint: int | None, url: str | None) -> IssuerFound | None:
    """The superior office of those that a notice addresses, when they are of one business."""
    line = layout.salutation
    below = _offices_below().match(line.text) if line else None
    said = OUR_OFFICE.search(layout.page.clean) if below else None
    place = addressed(layout, url, hint) if said else None
    if line is None or below is None or said is None or place is None:
        return None
    provincial = regions.region(place[0]).kind != "city"
    joint = ANOTHER.search(re.sub(rf"{re.escape(below['office'])}{LEVEL}", "", line.text))
    if joint or (said["level"] == "厅" and not provincial):
        return None
    name = regions.region(place[0]).name + in_full(below["office"] + said["level"])
    return IssuerFound(name, place[0], layout.page.evidence(line.start, line.end), LIKELY)


@cache
def _offices_below() -> re.Pattern[str]:
    """Matches 各市(州)工业和信息化局, 各区科技主管部门: their business."""
    stems = "|".join(stem for stem in facts().stems if not stem.endswith("区"))
    return re.compile(
        rf"各[{HAN}(、,)]{{0,24}}?(?<=[市县区旗州盟地)])(?P<office>(?:{stems})[{HAN}]{{0,12}}?){LEVEL}"
    )
