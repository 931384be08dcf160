"""Who must act by a deadline, and what they must do."""

import re
from dataclasses import dataclass

from notices.lexicon.issuers import in_full
from notices.lexicon.kinds import Kind

OUTSIDER = (
    r"申报(?:单位|企业|主体|人|者|机构)|申请(?:单位|企业|人|者)|(?:被抽查|产废|经营|参赛|参评|入围|项目|获奖|获评|入库|有关|相关|各有关|城区|承担|依托|建设|用人|排污|重点)(?:单位|企业)"
    r"|(?:建设|项目|实施|市场|责任|申报|创新)主体|企业|单位和个人|个人|社会公众|公众|社会各界|各界|供应商|用户|服务商|服务机构|参赛者|投稿|有意(?!见)|名单内的?(?:单位|企业)|(?<!主管)单位"
)
AUTHORITY = (
    r"各(?:级|地|区|县|市|州|盟|旗|省|辖)[^,。;:]{0,30}?(?:局|厅|委|部门|办|政府|管委会|中心|科)|各(?:分局|镇街|镇|街道|园区|地(?:区|市)?|区县|县区|市州|市县|盟市|旗县|辖市区|镇街|区市|区|县|市|州)"
    r"|[^,。;:、]{0,8}主管部门|(?:推荐|归口|组织|主管|牵头)(?:单位|部门)|(?:省|市|县|区|州|地方|属地|所在地|盟市|市州|地市)级?[^,。;:、]{0,10}?(?:局|厅|委|部门)"
    r"|(?:经信|工信|科技|生态环境|发改|财政|农业农村|商务)(?:部门|局|厅)|[县市省]级(?!技术|绿色|智能|企业|工业|专精|重点|示范|科技|中心|工程|平台|专项|项目|资金|名单|单项|制造|数字|节能|孵化|众创|“)|各县市区|[区县市镇]里|镇街|街镇|乡镇(?:街道)?|街道办"
)
OWN = r"(?:(?:我|本)(?:局|厅|委|中心|办|部)|我们)(?!决定|印发|现|研究|发布|组织|同意)"
ACTOR = re.compile(
    rf"(?P<outside>{OUTSIDER})|(?<![报送交至到向与寄给复回接据从过])(?P<authority>{AUTHORITY}|{OWN})"
)
LEADING = re.compile(
    rf"(?:[一二三四五六七八九十\d]{{1,3}}[、.])?(?:请|由|经|但)?(?:{OUTSIDER}|{AUTHORITY}|{OWN})"
)
STEP_OF_AUTHORITY = re.compile(
    r"(?<![局厅委])初审|审核(?:上报|推荐|汇总)|审[核查](?:盖章|通过|合格|同意|确认)?后|推荐(?:上报|函|文件)|汇总表|汇总(?:后|上报|报送)|逐级|正式文件|受理推荐|推荐截止|推荐时间"
)
# Whoever calls on firms and then hands on a list is an office: 请组织企业填报,4月7日前将名单报我局
ORGANISES = re.compile(
    rf"(?:组织|督促|指导|通知|动员|发动|引导|辅导|帮助|摸排|摸底|提醒)[^,。;:]{{0,12}}?(?P<whom>{OUTSIDER})[^。;:]*[,;](?:请|并|务必|须|应)?[于在]?$"
)
ORGANISES_TO = re.compile(  # 请各县组织辖区内重点企业,在2月24日前…: by then the firms have done it
    rf"(?:组织|督促|指导|通知|引导|辅导|提醒)[^,。;:]{{0,12}}?(?P<whom>{OUTSIDER})[^,。;:]{{0,4}},?(?:务必|及时)?[于在]$"
)
ORGANISES_THEN = re.compile(  # 各县区3月25日前组织企业完成网上填报。 and nothing to hand on
    rf"(?:之?前|以前|底前|期间|之间|内|止)?,?(?:组织|督促|指导|通知|引导|辅导|动员|发动)[^,。;:]{{0,12}}?(?P<whom>{OUTSIDER})"
    r"[^,。;将把报]{0,20}(?:申报|填报|提交|登录|注册|报名|上传|申请)(?:工作|任务|材料|信息|数据)?(?:[。;]|$)"
)
HELD_PAPERS = re.compile(  # 已提交的企业申报材料仍按原计划4月1日前报送: by whoever has them now
    r"已经?(?:提交|申报|受理|填报|收到|收取|上报|报送)[^,。;]{0,4}的[^,。;]{0,12}(?:材料|资料|申请书?|申报书)[^,。;]{0,16}$"
)
# Whoever takes papers in then, others hand them in: 县区工信局受理时间为3月1日至20日
TAKES_IN = re.compile(
    r"(?<!不予)(?<!不再)(?:受理|接收|收取)(?:(?!审|推荐|上报|转报|汇总|通知)[^,。;:\d]){0,10}$"
)
TAKES_THEN = re.compile(
    r"(?:期间|之间|内|止)?,?(?:集中|统一|开始)?(?:受理|接收|收取)(?!审|推荐|上报|转报|汇总|通知|了|后|[^,。;]{0,8}(?:上报|推荐|汇总))"
)
# Who opens or shuts a system only says until when others may use it: 我局将于3月25日关闭申报系统
_SYSTEM = r"(?:系统|平台|端口|通道|入口|窗口)"
OPEN_UNTIL = re.compile(rf"{_SYSTEM}[^,。;\d审]{{0,6}}(?:开放|开通|关闭)[^,。;\d审]{{0,6}}$")
SYSTEM_SHUT = re.compile(
    r"(?:期间|之间|起|止)?,?(?:正式|统一|自动|准时|集中)?(?:关闭|开放|停止(?:受理|接收|申报|填报)|不再(?:受理|接收)|收件|锁定)"
)
CHECKS = re.compile(r"审[核查]|初审|推荐|上报|汇总|管理端")  # what the levels below do in a system
GIVEN_AGAIN = re.compile(r"[^,。;]{0,16}(?:补|改|重新|完善|撤)")
FILLS_IN = re.compile(
    r"(?:之?前|以前|下班前)?[^。;,]{0,10}(?:登[录陆]|网上|在线|填报|注册|上传)"
)  # as firms do
HANDS_ON = re.compile(r"(?:之?前|以前|下班前)?[^,。;]{0,6}(?:[将把]|汇总|上报|报送?[我省市区县])")
HANDED_ON = re.compile(
    r"[^,。;将把]{0,6}[将把][^,。;]{0,24}(?:名单|汇总|推荐(?:文件|函|意见|表|材料)|情况|台账|总结)[^。;]{0,30}(?:报|送|发|交|反馈)"
)
QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")  # whoever is named in a title or a form's name does nothing
TO_WHOM = re.compile(  # 企业向县区工信局提交材料: the office does nothing
    r"向[^,。;:]{1,16}?(?:局|厅|委|部门|中心|办)(?=提交|提出|报送|递交|申请|申报)"
)
AS_DEMANDED = re.compile(  # 申报单位按省局要求准备资料: the office that demanded it does nothing
    r"(?<=[^,。;:(])按照?(?=[省市部上]|国家)[^,。;:()]{1,12}?(?:要求|规定)(?!的)"
)
# Closes what applicants do, whatever offices make of it then: 申报截止时间为5月20日,请各县区审核推荐
APPLYING = r"(?:申报|填报|报名|申请|注册)(?:材料|资料|书)?(?:的)?(?:提交|受理)?"
CLOSES_APPLYING = re.compile(
    rf"(?:^|[,。;:、.)])(?P<whose>[^,。;:、.)]{{0,16}}?){APPLYING}(?:的)?(?:最后|最终|起止)?"
    r"(?:截止)?(?:时间|日期|期限|时限|截止)(?:截[至止]|截止[到至]|[:为是在自从至到])*$"
)
CLOSED_APPLYING = re.compile(
    rf"(?:^|[,。;:、.)])(?P<whose>[^,。;:、.)]{{0,16}}?){APPLYING}(?:工作|系统|通道|平台)?(?:将)?[于在至]?$"
)
BY_OFFICES = re.compile(r"推荐|组织|审[核查]|[初复]审|汇总|上报")
SHUTS = re.compile(r"(?:正式|准时|将|自动|就)?(?:截止|关闭)(?![至到])")
ITEM = re.compile(r"(?:之?前|止)?[:,]?(?P<words>[^,。;:请将把报送交寄]{2,24})")
HANDS_PAPER_ON = re.compile(
    r"转发|转给|转来|印发|下发|来文|通知(?:要求|精神)?(?:如下|现转)|[根依]据|按照|依照"
)
CITED = re.compile(r"(?:现将|根据|按照?|依据|依照|转发)[^,。;]*")
TOLD_OF = re.compile(  # 市科技局正组织奖补申报,现转发你们,请…: who called before is not asked
    r"(?<![^,。;:])(?!各)[^,。;:《》]{0,12}[局厅委办部](?:现已|现正|正在?|已经?|[于在]?(?:日前|近日))"
    r"(?:组织|启动|发布|印发|下发|部署|开展|公布|征集)[^,。;:]*"
)
# Whoever is done by then is not the one who acts: 市科技局审核完成后,申报单位将材料…
DONE = re.compile(
    r"(?<![^,。;:.、)])[^,。;:.、()]{0,24}(?:完成|通过|结束|合格|同意|确认|反馈意见|受理|审[核查])之?后,"
)
ASKED = re.compile(
    r"请(?:各|有关|相关)[^。;]*$"
)  # whoever is asked, and not the office whose paper is handed on
PAPERS = re.compile(
    r"材料|情况|提交|填报|报送|上传|推荐|申报|汇总|报告|总结|方案|表|书|名单|清单|台账|台帐|计划|目录|数据"
)
CONTACT = re.compile(r"联系人|联络员|联络人|回执|参会|负责人名单|联络表")
CONTACT_ALONE = re.compile(  # 各明确一名联络员,于5月25日前反馈: a name, and no papers with it
    r"(?:明确|确定|指定|安排|确认|选派)[^,。;]{0,16}(?:联系人|联络员|联络人|负责人|专人)[^。;]{0,24}[于在]?$"
)
OURSELVES = re.compile(r"^(?:我|本)(?:局|厅|委|中心|办|部)|^我们|^(?:前)?向[省市区县](?:委|政府|人民政府)")
BARE_OFFICE = re.compile(r"^[省市区县](?:局|厅|委|里|科技局|经信局|工信局)$")
BY_OFFICE = re.compile(r"^(?:之?前|底前)?,?由(?P<level>[省市区县])[^,。;]{0,6}?[局厅委办]")
OFFICE_DOES = re.compile(  # 5月23日-5月26日省厅组织在线初审
    r"^(?:之?前|底前|期间|止)?[,:]?(?P<level>[省市区县])[^,。;将把]{0,6}?[局厅委办](?:统一|集中|负责)?"
    r"(?:组织|开展|进行|完成|审核|审查|初审|复审|复核|评审|评选|受理|核查|核实|汇总|遴选|研究"
    r"|[将把][^。;]{2,40}(?:报|送)(?:至|到|送)?(?:省|国家|部|自治区))"
)
OUR_SUPERIOR = re.compile(r"(?:报送?|送|寄|发|交|反馈|推荐|提交)(?:至|到|给)?我(?:部|厅)(?!门)")
ALL_CITIES = re.compile(
    r"请各(?:设区市|地级市|省辖市|地市|市州|市\(州|市、州|盟市|省、?自治区)[^,。;]{0,24}$"
)
OF_US = re.compile(r"我(?P<level>[省市州盟区县旗])(?!级)")
RANKS = {"国": 0, "部": 0, "省": 1, "自": 1, "市": 2, "州": 2, "盟": 2, "区": 3, "县": 3, "旗": 3}
BELOW_A_PROVINCE = ("局", "委", "委员会", "中心", "办公室", "政府")
RECIPIENT = re.compile(
    r"(?:报|送|寄|推荐)(?:至|到|给|送)?(?P<level>国家|部|省|自治区|市|州|盟)(?![内外本级辖属场政直])"
    r"[\u4e00-\u9fff]{0,10}?(?:厅|局|委|部|办|里)"
)
# Whose closing day it is where several levels have one: 全省截止时间为, 我市截止时间为, 区县申报截止时间为.
CLOSING_OF = re.compile(
    r"(?:^|[,。;:(、\n])(?:其中)?(?:(?:全|我|本|各)(?P<whole>国|省|自治区|市|州|盟|区|县|旗)|(?P<level>国家|省|自治区|市|州|盟|区|县|旗)[级里]"
    r"|(?P<below>区县|县区|区市|县市|市县)级?)(?:系统|平台)?(?:统一|集中|网上|线上)*(?:的)?"
    r"(?:申报|申请|填报|受理|报名|征集|提交)?(?:的)?(?:最后|最终)?(?:截止|时限|期限|时间)[^,。;:\d]{0,8}:?$"
)
WHAT = re.compile(
    r"(?:报送|上报|提交|反馈|填报|上传|寄送|邮寄|推荐|提出|反映|发送|报名|受理|公示|申报|完成|报|送|寄|交)[\u4e00-\u9fff《》()、“”]{0,24}"
)
SHORT = 60  # characters in which a clause that labels a day stands
LONGEST = 2000  # characters of a sentence; one that has no stop is as long as its page


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, on what; `outside`: not an authority; `hands_in`: papers are due, not names of contacts."""

    who: str
    what: str
    outside: bool
    hands_in: bool


def actor_of(before: str, after: str, heading: str, kind: Kind) -> Actor:
    """The actor of a deadline by the words before its date, after it, and the heading above."""
    what = WHAT.search(after) or WHAT.search(before)
    subject = _subject(before) or (None if before else _named_behind(after)) or _subject(_of_step(heading))
    if subject and not subject[1] and (organised := _organised(before, after)):
        subject = (organised, True)
    if subject and subject[1] and HANDED_ON.match(after) and ORGANISES.search(before):
        subject = ("", False)
    if subject and not subject[1] and _takes_in(before, after):
        subject = ("", True)
    if HELD_PAPERS.search(before) and not GIVEN_AGAIN.match(after):
        subject = ("", False)
    elif not (subject and subject[1]) and _closes_applying(before[-SHORT:], after):
        subject = ("", True)
    words = before + after
    if kind in (Kind.CONSULTATION, Kind.RESULT):
        outside = subject is None or subject[1]
    elif subject is not None:
        outside = subject[1]
    else:
        outside = not STEP_OF_AUTHORITY.search(words + heading)
    return Actor(
        subject[0][:40] if subject else "",
        what.group()[:40] if what else "",
        outside,
        bool(PAPERS.search(words)) and not (CONTACT.search(after) or _names_contact(before, after)),
    )


def _takes_in(before: str, after: str) -> bool:
    """Whether an office only says when it takes papers in, or when the way to hand them in is open."""
    clause = re.split(r"[,;。]", before)[-1]
    if CHECKS.search(clause):
        return False
    taken = TAKES_IN.search(before) or TAKES_THEN.match(after)
    return bool(taken or OPEN_UNTIL.search(before) or SYSTEM_SHUT.match(after))


def _names_contact(before: str, after: str) -> bool:
    """Whether only the one who is to be named before the date is told of by it."""
    return bool(CONTACT_ALONE.search(before)) and not PAPERS.search(after)


def _closes_applying(before: str, after: str) -> bool:
    """Whether a day is said to close what applicants do, and nothing of what offices make of it."""
    closes = CLOSES_APPLYING.search(before) or (SHUTS.match(after) and CLOSED_APPLYING.search(before))
    return closes is not None and not (BY_OFFICES.search(closes["whose"]) or names_actor(closes["whose"]))


def _organised(before: str, after: str) -> str | None:
    """Whom an office has act by the day, where it is not the office that hands papers on."""
    match = ORGANISES.search(before) if FILLS_IN.match(after) else None
    match = (
        match
        or ORGANISES_THEN.match(after)
        or (None if HANDS_ON.match(after) else ORGANISES_TO.search(before))
    )
    return match["whom"] if match else None


def _of_step(heading: str) -> str:
    """A heading where it may name who acts in the steps below; one that hands a paper on names others."""
    return "" if HANDS_PAPER_ON.search(heading) else heading


def _named_behind(after: str) -> tuple[str, bool] | None:
    """Who is named right behind a date that begins its line: 4月1日-4月10日:县区审核."""
    item = ITEM.match(after)
    return next(iter(_actors(item["words"])), None) if item else None


def _subject(before: str) -> tuple[str, bool] | None:
    """Who is spoken of: the last one in the clause of the date, else the first of the sentence.

    A date that begins its clause belongs to the clause before it (我局11月核查,12月10日前通报).
    """
    before = TO_WHOM.sub("", AS_DEMANDED.sub("", QUOTED.sub("", before[-LONGEST:])))
    clause = before[max(before.rfind(c) for c in ",;:。") + 1 :]
    leading = None if clause else LEADING.match(before, max(before[:-1].rfind(c) for c in ",;:。") + 1)
    in_clause = _actors(clause or (leading.group() if leading else ""))
    if in_clause:
        return in_clause[-1]
    asked = ASKED.search(before)
    acting = TOLD_OF.sub("", CITED.sub("", before))
    spoken_of = (
        _actors(before[asked.start() :]) if asked else _actors(DONE.sub("", acting)) or _actors(acting)
    )
    return next((actor for actor in spoken_of if not OURSELVES.match(actor[0])), None)


def names_actor(words: str) -> bool:
    """Whether somebody is named in these words who could act."""
    return bool(ACTOR.search(words))


def _actors(words: str) -> list[tuple[str, bool]]:
    return [(match.group(), match["outside"] is not None) for match in ACTOR.finditer(words)]


def level_spoken(issuer: str, text: str, level: int) -> int:
    """The issuer's level; where no issuer is named that of whoever says 我市, and of no other place 我省."""
    spoken = set() if issuer else {RANKS[match["level"]] for match in OF_US.finditer(text)}
    return spoken.pop() if len(spoken) == 1 else level


def is_own(actor: Actor, words: str, issuer: str, level: int, called: str) -> bool:
    """Whether a step is the issuing office's own or its superior's: 市局, 市经信局, a report above its level.

    `level` is the issuer's: 0 nation, 1 province, 2 city, 3 county; `called` what its place calls itself:
    in a county-level city 市局 is a county's office.
    """
    ranks = RANKS | {called: level}
    if (
        OURSELVES.match(actor.who)
        or OURSELVES.match(words)
        or (ranks.get(actor.who[:1], 9) <= level and BARE_OFFICE.match(actor.who))
    ):
        return True
    done_by = BY_OFFICE.match(words) or OFFICE_DOES.match(words)
    if done_by and ranks[done_by["level"]] <= level:
        return True
    name = in_full(actor.who.removeprefix("由"))
    if len(name) > 3 and name[0] in RANKS and issuer.endswith(name[1:]) and name[0] in issuer:
        return True
    recipient = None if actor.outside else RECIPIENT.search(words)
    return bool(recipient and ranks[recipient["level"][:1]] < level)


def is_of_superior(actor: Actor, before: str, after: str, issuer: str, level: int) -> bool:
    """Whether a paper handed on asks the office that hands it on: 各设区市…报我厅, told by a city.

    No office of a city or county calls itself 厅 or 部, nor does it address all cities.
    """
    if actor.outside or level not in (2, 3) or not issuer.endswith(BELOW_A_PROVINCE):
        return False
    return bool(OUR_SUPERIOR.search(after) or ALL_CITIES.search(before))


def closing_rank(before: str, called: str, level: int) -> int | None:
    """Of which level the closing day is that these words lead to, 0 nation to 3 county; None: not said.

    `level` and `called` are the issuer's, as for `is_own`.
    """
    said = CLOSING_OF.search(before)
    if said is None:
        return None
    if said["below"]:
        return max(level, 3)
    return (RANKS | {called: level})[(said["whole"] or said["level"])[:1]]
