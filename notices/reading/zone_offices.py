"""Offices that their zone's kind alone names (高新区经济发展局), of the place that is near."""

import re

from notices.lexicon import regions
from notices.lexicon.host_regions import names, zone_in
from notices.lexicon.issuers import in_full, is_office
from notices.lexicon.normal import HAN
from notices.reading.layout import Layout
from notices.reading.page import Page
from notices.reading.spoken_places import near_places
from notices.reading.values import BARELY_NAMED, IssuerFound

HEADED = re.compile(rf"(?P<name>[{HAN}]{{3,24}}?)(?=关于|转发|印发|公布|发布|公示)")
TO_OFFICE = re.compile(  # 报送高新区创新发展局
    rf"(?:报送?|交|送|寄)(?:至|到|给)?(?P<name>[{HAN}]{{2,4}}(?:区|基地)(?:(?![报送交寄])[{HAN}]){{2,12}}?(?:局|委员会|委(?!托|员)|管委会))"
)


def zone_office(layout: Layout, title: Page, hint: int | None, url: str | None) -> IssuerFound | None:
    """The office that its zone's kind alone names (高新区经济发展局), of the place that is near."""
    head = HEADED.match(title.clean)
    named = [(layout.page, line.start, line.text) for line in layout.signature]
    named += [(title, 0, head["name"])] if head else []
    named += [(layout.page, to.start("name"), to["name"]) for to in TO_OFFICE.finditer(layout.page.clean)]
    for page, start, name in named:
        kind = next((kind for kind in names().zones if name.startswith(kind)), "")
        nears = near_places(layout, hint, url) if kind and (name == kind or is_office(name)) else ()
        place = next(filter(None, (_zone_near(near, names().zones[kind]) for near in nears)), None)
        if place:
            around = next(step for step in reversed(regions.path(place)) if step.kind != "zone")
            proof = page.evidence(start, start + len(name))
            return IssuerFound(around.short + in_full(name), place, proof, BARELY_NAMED)
    return None


def _zone_near(near: int, endings: tuple[str, ...]) -> int | None:
    """The zone of this kind on the line of a place, or in that city; else the county or city around it."""
    steps = [step for step in reversed(regions.path(near)) if step.kind not in ("province", "corps")]
    own = next((step.id for step in steps if step.kind == "zone" and step.name.endswith(endings)), None)
    around = [step for step in steps if step.kind != "zone"]
    if own or not around:
        return own
    if around[0].kind == "county" and len(around) > 1 and around[0].name.endswith("区"):
        return around[1].id  # a zone beside one of the city's districts, or inside it
    city = around[0].kind == "city"
    return (zone_in(around[0].id, endings) if city else None) or around[0].id
