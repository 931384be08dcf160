"""Who issued a notice that nobody signed: its number, a bare office in its text, who drafted it, its host."""

import re
from dataclasses import dataclass

from notices.lexicon import issuers, regions
from notices.lexicon.issuers import in_full, national_body
from notices.lexicon.normal import HAN
from notices.lexicon.places import places_in
from notices.reading.doc_number import own_number
from notices.reading.layout import Layout
from notices.reading.office_names import at_level, full_name, region_of
from notices.reading.page import Page
from notices.reading.values import Evidence

SPOKEN_OF = 1500  # characters of the body in which a place can stand for the issuer's
BARE = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[寄送报向至由经交到据]))(?P<level>自治区|[省市区县])"
    rf"(?P<office>[{HAN}]{{2,12}}?(?:局|厅|委员会|委(?!托|员)|办公室))"
)
DRAFTER = re.compile(
    rf"(?P<name>[{HAN}]{{4,30}}?(?:局|厅|委员会|委|部|中心|办公室))(?:代为|代拟|组织)?"
    r"(?:起草|编制|主办|举办|会同|公布《|印发《|(?:发布|印发|下发|公布|出台)了?(?:关于|《))"
)
ACTING = re.compile(  # of whom a story tells that they did something
    rf"(?P<name>[{HAN}]{{2,30}}?(?:局|厅|委员会|委|部|中心|办公室|管委会|政府))"
    r"(?:联合|会同|组织|开展|召开|举办|积极|深入|扎实|全面|持续|坚持|聚焦|强化|多措并举|创新|主动|认真|赴|以|通过|对|向|在|率|获悉)"
)


@dataclass(frozen=True, slots=True)
class IssuerFound:
    """An office as it is called in full, the region it is an office of, and the words that say so."""

    name: str
    region: int | None
    evidence: Evidence
    confidence: float


def by_number(layout: Layout) -> IssuerFound | None:
    """The national body that the notice's own number belongs to."""
    number = own_number(layout)
    body = issuers.body_of_number(number.value) if number else None
    return IssuerFound(body, regions.NATIONAL, number.evidence, 0.9) if number and body else None


def bare_name(layout: Layout, title: Page, hint: int | None, url: str | None) -> IssuerFound | None:
    """An office named by its level alone (市工信局), with the place that source, title or text give."""
    hints = (hint, _host_place(url), only_place(layout), _province_of_number(layout))
    for near in (near for near in hints if near is not None):
        for page in (title, layout.page):
            for match in BARE.finditer(page.clean):
                place = at_level(near, match["level"])
                if place and (near != hint or place.id == hint):
                    name = place.name + in_full(match["office"])
                    return IssuerFound(name, place.id, page.evidence(*match.span()), 0.7)
    return None


def _host_place(url: str | None) -> int | None:
    name = issuers.host_says(url)
    return regions.find(name) if name and not national_body(name) else None


def _province_of_number(layout: Layout) -> int | None:
    """The province whose letter the notice's own number begins with."""
    number = own_number(layout)
    name = issuers.province_of_number(number.value) if number else None
    return regions.find(name) if name else None


def only_place(layout: Layout) -> int | None:
    """The one place, or line of places, that the text speaks of, of several the one in which all lie."""
    found = {place.region for place in places_in(layout.page.clean[:SPOKEN_OF])}
    lowest = [one for one in found if not any(one in regions.ancestors(other) for other in found)]
    if len(lowest) < 2:
        return lowest[0] if lowest else None
    shared = regions.shared_parent(lowest)
    return None if shared == regions.NATIONAL else shared


def drafter(layout: Layout, hint: int | None, pattern: re.Pattern[str] = DRAFTER) -> IssuerFound | None:
    """The office that the text says drafted the paper or held the event, or, by another pattern, acted."""
    for match in pattern.finditer(layout.page.clean[:SPOKEN_OF]):
        for start in range(match.start(), match.end("name") - 4):
            name = layout.page.clean[start : match.end("name")]
            region = region_of(name, hint)
            if region is not None and (hint is None or regions.lies_in(region, hint)):
                return IssuerFound(
                    full_name(name), region, layout.page.evidence(start, match.end("name")), 0.7
                )
    return None


def by_host(url: str | None) -> IssuerFound | None:
    """The national body whose site this is."""
    name = issuers.host_says(url)
    body = national_body(name) if name else None
    return IssuerFound(body[0], regions.NATIONAL, Evidence(url or "", "meta"), 0.6) if body else None
