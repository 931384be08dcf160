"""Places in text: the chain that an office's name begins with, and full names inside a title.

A name counts only where it must be one: with its level (合作市), or short before another place or an office
(深圳工信局), never inside other words (国际合作, 中山大学, 天津市 is no 津市).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from notices.lexicon import regions
from notices.lexicon.issuers import facts
from notices.lexicon.normal import HAN, fold

LONGEST = 18
ZONES_COMMITTEE = re.compile(rf"[{HAN}]{{2,12}}?(?:管理委员会|管委会)")
# 太白湖新区 is not 太白县's: the name goes on; but 宿迁湖滨新区 is 宿迁's
GOES_ON = re.compile(r"[湖山岛江河洲渠堡洋岭](?![滨东西南北口畔])")
WITHIN_A_NAME = rf"(?:(?![的在为和与及等将对于了是向从到局厅])[{HAN}]){{0,8}}?"
# 慈溪掌起镇人民政府: a town's office below the short name of its county
TOWNS_OFFICE = re.compile(rf"[{HAN}]{{2,5}}?(?:镇|乡|街道)(?:人民政府|政府|办事处|党委|党工委|党政)")
LEVELLED = re.compile(r"[省市区县旗盟州]$|自治区$|特别行政区$")
# Full names that are ordinary words: a place only below another one (大同市城区).
COMMON = frozenset(
    {
        "城区",
        "郊区",
        "矿区",
        "新城区",
        "市中区",
        "东区",
        "西区",
        "南区",
        "北区",
        "市区",
        "新市区",
        "桥东区",
        "桥西区",
    }
)
# Short names that are ordinary words: a place only below another one, or with their level (会同县).
ORDINARY_SHORT = frozenset({"会同", "合作", "公安", "和平", "新华", "建设", "平安", "东方", "团结", "联合"})
# Before and behind a county of one letter (眉县); many words end or begin so (振兴县域).
BEFORE_COUNTY = re.compile(rf"(?:[^{HAN}]|关于|年度?)\Z")
BEHIND_COUNTY = re.compile(r"[级区域直镇]|市(?!场)|[城乡](?!市|乡|村振兴)|[(（][市区]")
# What reads as their level and begins the next word: 国际合作市场, 会同县级部门, 和平区域.
NEXT_WORD = re.compile(r"市(?:场|民|价|值|面|级|直)|县(?:级|区|市(?!场)|直|[(（])|区(?:域|县|级|块|直)")


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A region named in the text from `start` to `end`."""

    region: int
    start: int
    end: int


def leading_place(text: str, within: int | None = None, start: int = 0) -> PlaceFound | None:
    """The place that the text begins with, read down the chain as far as it goes (福州市长乐区).

    `within` is where a bare name is looked for first: the region of the source, or of a name before it.
    """
    first = _step(text, start, within, None)
    if first is None:
        return None
    found = first
    while (deeper := _step(text, found.end, found.region, found.region)) is not None:
        found = deeper
    return PlaceFound(found.region, start, found.end)


def _step(text: str, start: int, within: int | None, above: int | None) -> PlaceFound | None:
    """One name at `start`: the longest that is a place there, below `above` when a chain goes on."""
    if text[start : start + 2] not in _beginnings():
        return None
    names = regions.by_name()
    for end in range(min(len(text), start + LONGEST), start + 1, -1):
        name = text[start:end]
        if name not in names or not _may_stand(text, name, end, above, within):
            continue
        one = regions.find(name, above) if above else regions.find(name, within) or regions.find(name)
        if one is not None and one not in (above, regions.NATIONAL):
            return PlaceFound(one, start, end)
        if one is None and above is None and len(name) > 2 and LEVELLED.search(name):
            return None  # 西安区委 is of one of two 西安区, and not of 西安
    return None


def shared_name(text: str) -> bool:
    """Whether the text begins with a name that several places bear and stands there as one: 鼓楼区工信局."""
    names = regions.by_name()
    for end in range(min(len(text), LONGEST), 1, -1):
        name = text[:end]
        common = name in COMMON and text.startswith(facts().stems, end)
        if name in names and (common or _may_stand(text, name, end, None, None)):
            return regions.find(name) is None
    return False


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of every name: most words are no place's from there on."""
    return frozenset(name[:2] for name in regions.by_name())


def _may_stand(text: str, name: str, end: int, above: int | None, within: int | None) -> bool:
    """Whether a name can be a place here: levelled, or short with a place or an office after it."""
    if above is None and name in COMMON:  # 桥西区科技局, when it is known whose 桥西区
        return within is not None and text.startswith(facts().stems, end)
    if above is None and name in ORDINARY_SHORT:
        return False
    if LEVELLED.search(name) and len(name) > 2:
        return not _is_ordinary(text, name, end) and not _is_before_market(text, name, end)
    rest = text[end : end + LONGEST]
    if rest.startswith(facts().not_offices):
        return rest.startswith(facts().stems)  # 沙县人民政府, 深圳人社局, not 深圳人
    if len(name) > 3 or (above is not None and LEVELLED.search(name)):
        return True
    # 杭州紫金港科技城管理委员会, 铁岭高新区科技局
    if ZONES_COMMITTEE.match(rest) or _zone().match(rest) or TOWNS_OFFICE.match(rest):
        return not GOES_ON.match(rest) and (
            above is not None or name not in facts().sides | facts().nicknames
        )
    if above is None and name in facts().nicknames:  # 龙江工信局, not 龙江企业
        return bool(_office().match(rest))
    return rest.startswith((*facts().stems, "分局")) or _is_name(rest)


def _is_ordinary(text: str, name: str, end: int) -> bool:
    """Whether a levelled name is an ordinary word and the beginning of another: 合作 and 市场."""
    return name[:-1] in ORDINARY_SHORT and bool(NEXT_WORD.match(text, end - 1))


def _is_before_market(text: str, name: str, end: int) -> bool:
    """Whether 市 belongs to the next word: 东港市场监管局 is of 东港区 or of 东港市."""
    return name.endswith("市") and text.startswith("场", end) and not text.startswith("场", end + 1)


def _is_county(text: str, start: int, end: int) -> bool:
    """Whether a county of one letter stands apart from the words around it."""
    before = BEFORE_COUNTY.search(text, max(0, start - 2), start) or start == 0
    return bool(before) and not BEHIND_COUNTY.match(text, end)


@cache
def _office() -> re.Pattern[str]:
    """Matches the rest of an office's name after its place's, to its end: 工业和信息化局, 人民政府."""
    return re.compile(rf"(?:{'|'.join(facts().stems)})(?:[{HAN}]{{0,8}}?(?:局|委员会|办公室)|(?<=政府))")


def is_read_alone(name: str) -> bool:
    """Whether a short name by itself is a place's: no ordinary word, no nickname of another place."""
    return name not in ORDINARY_SHORT and name not in facts().nicknames


@cache
def _zone() -> re.Pattern[str]:
    """Matches the rest of a zone's name after its place's: 国家高新技术产业开发区, 慈湖高新区."""
    return re.compile(rf"{WITHIN_A_NAME}(?:{'|'.join(facts().zones)})")


def _is_name(rest: str) -> bool:
    named = (rest[:n] for n in range(3, 9) if rest[:n] in regions.by_name())
    return any(LEVELLED.search(name) or name.endswith("师") for name in named)  # 兵团第八师


@cache
def _name_finder() -> AhoCorasick:
    """Finds levelled names and the short names of provinces and clusters, the longest at each place."""
    names = {name for name in regions.by_name() if len(name) > 2 and (LEVELLED.search(name) or len(name) > 3)}
    names |= {fold(r.name) for r in regions.all_regions() if len(r.name) == 2 and r.name[-1] in "县市"}
    names |= {r.short for r in regions.all_regions() if r.kind in ("province", "cluster", "corps")}
    return AhoCorasick(sorted(names - COMMON), matchkind=MatchKind.LeftmostLongest)


def places_in(text: str, within: int | None = None) -> Iterator[PlaceFound]:
    """The places that a text names anywhere, chains as one, words that only look like places left out."""
    position = 0
    for _, start, end in _name_finder().find_matches_as_indexes(text):
        other_word = not LEVELLED.search(text[start:end]) and text.startswith(facts().not_offices, end)
        if start < position or other_word or _is_ordinary(text, text[start:end], end):
            continue
        if end - start == 2 and text[end - 1] in "县市" and not _is_county(text, start, end):
            continue
        found = leading_place(text, within, start) or _rest(text, start, end, within)
        if found:
            position = max(end, found.end)
            yield found


def _rest(text: str, start: int, end: int, within: int | None) -> PlaceFound | None:
    """The place of the whole name, where no office and no other place follows it."""
    name = text[start:end]
    return _at_market(name, start) if _is_before_market(text, name, end) else _alone(name, start, within)


def _alone(name: str, start: int, within: int | None) -> PlaceFound | None:
    one = regions.find(name, within) or regions.find(name)
    return None if one is None else PlaceFound(one, start, start + len(name))


def _at_market(name: str, start: int) -> PlaceFound | None:
    """The place of which a market is (上海市场), where its short name is no other's."""
    one = regions.find(name)
    said = one is not None and one == regions.find(name[:-1])
    return PlaceFound(one, start, start + len(name) - 1) if one is not None and said else None
