"""What a title is about, less what every title says of it: by this a follow-up knows what it follows."""

import re
from dataclasses import dataclass
from functools import lru_cache

from notices.lexicon.normal import normalise
from notices.lexicon.numerals import NUMERAL, number
from notices.reading.follow_ups import CORRECTS, EXTENDS, WITHDRAWS, How

YEAR = re.compile(r"(?:19|20)\d\d(?=年|[-~、至]|\D|$)年?度?")
ROUND = re.compile(
    rf"第?(?P<count>{NUMERAL}{{1,3}}|\d{{1,3}})(?:批次?|轮次?|期(?!限)|届|季度|次)|(?P<half>[上下]半年)|(?P<first>首)[批届]"
)
NUMBERED = re.compile(r"[(\[【][^()\[\]【】]{0,20}[〔\[(]\d{4}[〕\])]\d{1,5}号[)\]】]$")
SHOWN = re.compile(r"^[【\[(][^【】\[\]()]{1,12}[】\])]")  # what a list of titles set before it
SENT_BY = re.compile(r"(?:^|转发)[^《》关年]{2,40}?(?=关于)|转发(?=《)")
# An office before a title without 关于: 市科技局2023年….
HEADED = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,12}?(?:[省市县区州]|自治区))[\u4e00-\u9fff]{2,10}?(?:局|厅|委|委员会)(?=\d)"
)
_WHAT = (
    r"(?:(?:网上|网络|系统|项目|企业|材料|书面|集中)?"
    r"(?:申报|申请|受理|报送|提交|填报|征集|征求意见|报名|推荐|遴选|上报)(?:材料|工作|事项)?){1,3}"
)
PLAIN_CHANGE = re.compile(
    r"^(?:.{2,30}(?=关于))?关于(?P<ends>撤销|撤回|取消|终止|暂缓)|(?:补充|更正|勘误)(?:通知|公告|通告|说明|函)(?:\([^()]*\))?$"
)
# What a title says of the change that its notice makes.
OF_CHANGE = re.compile(
    r"(?:再次|继续|适当|临时)?(?:延长|延期|推迟|顺延|延迟|延后|调整|变更|提前|更正|勘误|补充|撤销|撤回|取消|终止|废止|暂缓)"
    rf"|{_WHAT}?的?(?:截止|受理)?(?:时间|日期|期限|时限|时点)(?:安排|节点)?|(?:补充|更正)?(?:说明|信息)$"
)
# What a title says of the results that its notice gives.
OF_RESULTS = re.compile(
    r"(?:拟|初步)?(?:(?:认定|推荐|入选|入围|入库|立项|支持|获批|授予|命名|备案|公布|确定|评选|遴选)(?:通过)?){1,2}的?"
    r"(?:企业|项目|单位|候选)?(?:名单|结果)|项目名单|名单|(?:评审|评选|审核|认定)?结果|拟(?:认定|推荐|入选|立项|支持|入库)|公布|公示"
)
# What any title may say and another of the same matter may leave out.
FORM = re.compile(
    r"关于|组织|开展|做好|启动|进行|公开|面向|社会|公众|向|征求|征集|意见(?:建议)?|\((?:草案|征求意见稿|公开征求意见稿|送审稿)[^()]*\)"
    r"|申报|申请|推荐|遴选|评选|评审|认定|报送|受理|工作|有关|相关|事项|的|通知|公告|公示|通告|函|指南|印发|发布|下达|做|"
    r"[《》“”\"()\[\]【】,、。:;!\s·-]"
)
OURS = re.compile(r"[全我本](?:省|市|区|县|州|自治区)|自治区(?!级)")
LEAST = 4  # letters by which a matter is known


@dataclass(frozen=True, slots=True)
class Matter:
    """What a title is about: `core` less years, rounds and forms of words."""

    years: frozenset[int]
    rounds: frozenset[int | str]
    core: str


def how_titled(title: str, *, calls: bool = False) -> How | None:
    """What a title says that its notice does to an earlier one, by its words alone; results are by kind.

    Of a notice that itself calls for something only what is plainly a change: 关于取消…, …的补充通知.
    """
    if calls:
        plain = PLAIN_CHANGE.search(title)
        return None if plain is None else "withdraws" if plain["ends"] else "corrects"
    if EXTENDS.search(title):
        return "extends"
    if CORRECTS.search(title):
        return "corrects"
    return "withdraws" if WITHDRAWS.search(title) else None


@lru_cache(maxsize=4096)  # a source's calls are compared with each of its follow-ups
def matter_of(title: str, how: How | None = None, places: tuple[str, ...] = ()) -> Matter:
    """The matter of a title, compared with another's by the same `how`, less the issuer's own `places`."""
    said = NUMBERED.sub("", SHOWN.sub("", normalise(title)))
    said = HEADED.sub("", SENT_BY.sub("", said))
    years = frozenset(int(year.group()[:4]) for year in YEAR.finditer(said))
    rounds = frozenset(_round(found) for found in ROUND.finditer(said))
    said = ROUND.sub("", YEAR.sub("", said))
    said = OF_RESULTS.sub("", said) if how == "results" else OF_CHANGE.sub("", said)
    for place in places:
        said = said.replace(place, "")
    core = FORM.sub("", OURS.sub("", said))
    return Matter(years, rounds, core.removesuffix("项目") if how else core)


def _round(found: re.Match[str]) -> int | str:
    if found["half"]:
        return found["half"]
    return 1 if found["first"] else number(found["count"]) or found["count"]


def is_of(follow_up: Matter, call: Matter, *, close: bool) -> bool:
    """Whether both are surely of one matter; only where they are close may one of them name no year."""
    if len(call.core) < LEAST or follow_up.core != call.core or follow_up.rounds != call.rounds:
        return False
    return follow_up.years == call.years or (close and not (follow_up.years and call.years))
