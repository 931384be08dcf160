"""Names of offices: parted where several are run together, written in full, and the region of each."""

import re
from collections.abc import Iterator
from functools import lru_cache

from notices.lexicon import regions
from notices.lexicon.issuers import facts, in_full, is_office, national_body
from notices.lexicon.normal import HAN
from notices.lexicon.places import leading_place
from notices.reading.page import Page

BRANCH = re.compile(  # 生态环境局南山管理局 is called otherwise, and the same
    rf"(?P<place>[{HAN}]{{2,10}})(?:\((?P<alias>[{HAN}]{{2,6}}[区县市])\))?分局$|(?<=[局委])(?P<ward>[{HAN}]{{2,6}})管理局$"
)
BRANCH_NEXT = re.compile(
    rf"[{HAN}]{{2,8}}?(?:\([{HAN}]{{2,6}}\))?分局|(?:(?![省市县区旗州盟])[{HAN}]){{2,6}}?管理局(?![{HAN}])"
)
PARTY = re.compile(r"中共|中国共产党|共青团|民[革盟建进]")
FREE_TRADE = re.compile(rf"中国\((?P<place>[{HAN}]{{2,4}})\)自由贸易试验区")
BARE_LEVEL = re.compile(r"自治区|[省市县区州盟旗]")
DISTRICT = re.compile(r"市[中南北]区")  # named so, and of no level alone
LEVEL_BEFORE = re.compile(r"(?:自治区|(?<![\u4e00-\u9fff])[省市县区州盟旗])\Z")
PROVINCES_OWN = re.compile(r"(?<!办公)厅\Z")  # a ministry has a 办公厅 and no other
MOST_BEFORE = 12
WORDS_BEFORE = re.compile(rf"[{HAN}]{{2,{MOST_BEFORE}}}\Z")
PROVINCIAL = ("省", "自治区", "市")  # how a province's name can end


def split_names(text: str) -> list[str]:
    """Joint issuers one by one: at 、 and blanks, and where an office's name is followed by a place's."""
    names: list[str] = []
    for part in re.split(r"[、,\s]+", text):
        names += _split_run(part)
    return [name for name in names if name]


def _split_run(text: str) -> list[str]:
    for n in range(4, len(text) - 4):
        if (
            text[n - 1] in "局厅委部府会室心行"
            and is_office(text[:n])
            and not text[:n].endswith(facts().branched)
            and not BRANCH_NEXT.match(text, n)
            and (leading_place(text, start=n) or text.startswith(facts().branched, n))
        ):
            return [text[:n], *_split_run(text[n:])]
    return [text]


@lru_cache(maxsize=1024)  # each office that signs is looked at in turn by all who ask where it is
def region_of(name: str, hint: int | None) -> int | None:
    """The region whose office this is: 全国 for a national body, else its place; a branch's lies below."""
    body, party = national_body(name), PARTY.match(name)
    if body:
        local = leading_place(name, hint, body[1]) if body[0] in facts().branched else None
        return local.region if local else regions.NATIONAL
    if party:
        return region_of(name[party.end() :], hint)
    trial = FREE_TRADE.match(name)
    return _part_of_trial_zone(name, trial) if trial else _place_of(name, hint)


def _place_of(name: str, hint: int | None) -> int | None:
    place = leading_place(name, hint)
    if place is None:
        return None
    branch = BRANCH.search(name, place.end)
    if branch:
        called = branch["alias"] or branch["place"] or branch["ward"]
        for n in range(len(called) - 1):
            below = regions.find(called[n:], place.region)
            if below == place.region:  # 玉树州生态环境局玉树分局 is 玉树市's
                below = _named_alike(called[n:], below)
            if below:
                return below
    return place.region


def _named_alike(short: str, city: int) -> int | None:
    """The one county or county-level city of a city or prefecture that has its short name too."""
    alike = {regions.find(short + level, city) for level in ("市", "县", "区", "旗")} - {None, city}
    found = [one for one in alike if one and not regions.region(one).retired]
    return found[0] if len(found) == 1 else None


def _part_of_trial_zone(name: str, trial: re.Match[str]) -> int | None:
    """The place of a 片区 whose name says one inside the province of its trial zone, else the province."""
    above = regions.find(trial["place"])
    part = leading_place(name, above, trial.end())
    inside = above is not None and part is not None and regions.lies_in(part.region, above)
    return part.region if part and inside else above


def full_name(name: str) -> str:
    """The office's name in full, national bodies by their own."""
    body = national_body(name)
    if body:
        return body[0] + name[body[1] :]
    return in_full(name)


def _said_after_words(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the name stands with two to twelve letters before it: from the first of them to its end."""
    end, at = 0, text.find(name)
    while at >= 0:
        before = WORDS_BEFORE.search(text, max(end, at - MOST_BEFORE), at)
        if before:
            end = at + len(name)
            yield before.start(), end
        at = text.find(name, at + len(name))


def told_in_full(page: Page, name: str) -> str:
    """The name with the body or place that the text puts before it elsewhere (自然资源部…修复司)."""
    if region_of(name, None) is not None or len(name) < 5:
        return name
    for first, end in _said_after_words(page.clean, name):
        for start in range(first, end - len(name)):
            longer = page.clean[start:end]
            if BARE_LEVEL.match(name) and is_office(page.clean[start : end - len(name)]):
                continue  # 市经信委市发展改革委 are two
            region = region_of(longer, None)
            if region is not None and not (region == regions.NATIONAL and _is_local(page, start, name)):
                return longer
    return name


def _is_local(page: Page, start: int, name: str) -> bool:
    """Whether words like a national body's name are a place's: 自治区发展改革委 工业和信息化厅."""
    # 发展改革委省生态环境厅 is no national body either: 省 stands for a place that is not named
    before = page.clean[max(0, start - 4) : start]
    return bool(BARE_LEVEL.match(name) or PROVINCES_OWN.search(name) or LEVEL_BEFORE.search(before))


def with_its_place(name: str, near: int) -> str:
    """An office beside one of `near` that its level alone names, with its place: 市科技局 → 上海市科技局."""
    level = None if DISTRICT.match(name) else BARE_LEVEL.match(name)
    place = at_level(near, level.group()) if level and region_of(name, None) is None else None
    return name if level is None or place is None else place.name + name[level.end() :]


def at_level(near: int, level: str) -> regions.Region | None:
    """The narrowest region on the line of `near` whose name ends with this level (省, 市, 区, 县)."""
    steps = (step for step in reversed(regions.path(near)) if step.name.endswith(level))
    steps = (step for step in steps if level != "区" or not step.name.endswith("地区"))
    return next((step for step in steps if (step.kind == "province") <= (level in PROVINCIAL)), None)
