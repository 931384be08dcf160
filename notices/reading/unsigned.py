"""Who issued a notice that nobody signed: its number, who drafted it or acted, its site."""

import re

from notices.lexicon import issuers, regions
from notices.lexicon.issuers import national_body
from notices.lexicon.normal import HAN
from notices.lexicon.places import leading_place
from notices.reading.layout import Layout
from notices.reading.office_names import full_name, region_of
from notices.reading.own_number import own_number
from notices.reading.site_places import SPOKEN_OF
from notices.reading.values import Evidence, IssuerFound

DRAFTER = re.compile(
    rf"(?P<name>[{HAN}]{{4,30}}?(?:局|厅|委员会|委|部|中心|办公室))(?:代为|代拟|组织)?"
    r"(?:起草|编制|主办|举办|会同|公布《|印发《|(?:发布|印发|下发|公布|出台|发出)了?(?:一[则份项个条])?(?:关于|《|20\d\d年))"
)
MAKER = re.compile(  # who says of itself, in a paper, what it did and will do
    rf"(?P<name>[{HAN}]{{4,30}}?(?:局|厅|委员会|委|中心|办公室|管委会))"
    r"(?:组织(?:了|专家|开展了)|开展了|制定了|编制了|对[^,。;]{2,20}(?:[作做]了|进行了|[作做]出了?)"
    r"[^,。;]{0,6}(?:安排|部署|审核|审查|核查|核实|初审|摸底|评审)|将(?:(?:予以|依法|及时|认真)?(?:调查|核实|核查|处理)))"
)
OWN_PAPER = re.compile(  # 我委制定了《某市人居环境委员会2017年…申报指南》: who says so bears the name
    rf"(?:我|本)(?P<level>局|厅|委|管委会)(?:会同[^,。;《]{{2,30}}?)?(?:近日|研究|组织|专门)?"
    r"(?:制定|制订|起草|编制|修订|拟定|拟订|草拟|编写)了?《"
    rf"(?P<name>[{HAN}]{{4,24}}?(?P<end>局|厅|委员会|委(?!员)|管委会|管理委员会))(?=20\d\d|关于|[{HAN}])"
)
CALLED = {"局": ("局",), "厅": ("厅",), "委": ("委", "委员会"), "管委会": ("管委会", "管理委员会")}
OUR_OFFICE = re.compile(r"(?<!自)我(?P<level>[厅局委部])(?![属们门署])")
ACTING = re.compile(  # of whom a story tells that they did something
    rf"(?P<name>[{HAN}]{{2,30}}?(?:局|厅|委员会|委|部|中心|办公室|管委会|政府))"
    r"(?:联合|会同|组织|开展|召开|举办|积极|深入|扎实|全面|持续|坚持|聚焦|强化|多措并举|创新|主动|认真|赴|以|通过|对|向|在|率|按|依照|依据|根据|围绕|紧扣|获悉)"
)


def by_number(layout: Layout) -> IssuerFound | None:
    """The national body that the notice's own number belongs to."""
    number = own_number(layout)
    body = issuers.body_of_number(number.value) if number else None
    return IssuerFound(body, regions.NATIONAL, number.evidence, 0.9) if number and body else None


def by_own_paper(layout: Layout) -> IssuerFound | None:
    """The office that bears the name in the title of a paper which it says to be its own."""
    for match in OWN_PAPER.finditer(layout.page.clean):
        place = leading_place(match["name"]) if match["end"] in CALLED[match["level"]] else None
        if place:
            proof = layout.page.evidence(*match.span())
            return IssuerFound(full_name(match["name"]), place.region, proof, 0.8)
    return None


def drafter(layout: Layout, hint: int | None, pattern: re.Pattern[str] = DRAFTER) -> IssuerFound | None:
    """The office that the text says drafted the paper or held the event, or, by another pattern, acted."""
    for match in pattern.finditer(layout.page.clean[:SPOKEN_OF]):
        for start in range(match.start(), match.end("name") - 4):
            name = layout.page.clean[start : match.end("name")]
            region = region_of(name, hint)
            own = region != regions.NATIONAL or not _is_spoken_below(layout, name)
            if region is not None and own and (hint is None or regions.lies_in(region, hint)):
                return IssuerFound(
                    full_name(name), region, layout.page.evidence(start, match.end("name")), 0.7
                )
    return None


def _is_spoken_below(layout: Layout, ministry: str) -> bool:
    """Whether one that is not this ministry speaks: 生态环境部印发了《…》,我厅据此组织申报."""
    said = {match["level"] for match in OUR_OFFICE.finditer(layout.page.clean)}
    ends = tuple(end for level in said for end in CALLED.get(level, ()))
    return bool(said) and "部" not in said and not ministry.removesuffix("办公厅").endswith(ends)


def by_host(url: str | None) -> IssuerFound | None:
    """The national body whose site this is."""
    name = issuers.host_says(url)
    body = national_body(name) if name else None
    return IssuerFound(body[0], regions.NATIONAL, Evidence(url or "", "meta"), 0.6) if body else None
