"""What kind of notice it is: the first rule of `lexicon/data/kinds.toml` that its title fits."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notices import lexicon
from notices.lexicon.kinds import Kind
from notices.reading.page import Page
from notices.reading.unsigned import FORWARDS
from notices.reading.values import Found

RULES = Path(lexicon.__file__ or "").parent / "data" / "kinds.toml"
BY_BODY = 0.7
SIGNED = re.compile(
    r"[局厅委部会室]\n20\d\d年\d{1,2}月\d{1,2}日(?:\n|$)|公示期[^。;]{0,40}。[^。]{0,60}异议|异议[^。]{0,40}公示期"
)
ASKED = {
    Kind.EXTENSION: re.compile(
        r"(?:延长|延期|推迟|延迟|顺延|延后|调整|后移|挪|推后)(?:至|到|为)[:]?[^。;]{0,12}\d日"
        r"|(?:截止|申报|推荐|受理)[^。;]{0,20}(?:变更|更改|改|提前)(?:至|到|为)[:]?[^。;]{0,12}\d日"
        r"|(?:申报|受理|报名|推荐|报送|征集|提交|申请|截止)[^。;,]{0,6}(?:期|期限|时间|日期|时限)(?:予以|均|作)?"
        r"(?:延长|延期|顺延|推迟|延后),[^。;]{0,24}(?:截止|时间|期限|日期|期)[^。;,]{0,6}(?:为|至|到|:)[^。;,]{0,8}\d日"
    ),
    Kind.CONSULTATION: re.compile(
        r"(?:现|向社会|面向社会|公开)[^。;]{0,12}(?:公开)?征求[^。;]{0,20}意见"
        r"|公开征集[^。;]{0,60}(?:意见|建议)|(?:征求意见稿|环评信息)[^。]{0,80}(?:公众|社会各界)[^。]{0,30}(?:意见|建议)"
    ),
    Kind.RESULT: re.compile(
        r"现(?:将[^。;]{2,60})?(?:予以?|进行|向社会)公示|现将[^。;]{0,20}拟[^。;]{2,60}公示[,。]|公[示告]期(?:限|间)?(?:为|:)|现将[^。;]{0,30}结果(?:予以|进行)?公示|拟(?:对|作出)[^。;]{2,80}(?:审批|审查|批复)(?:意见|决定)[^。]{0,60}(?:公告|公示|如下)"
        r"|等\d+[家个](?:企业|单位|机构|园区|项目)[^。,;]{0,12}(?:达到|符合|通过|入选)[^。]{0,60}特此(?:公告|通告|公布)"
    ),
    Kind.APPLICATION: re.compile(
        r"(?:于|在|请|务必|并)(?:(?!每[年季月])[^。;]){0,24}(?:\d日|月底|\d号)(?:\([^()]{1,12}\))?\s?(?:[上下]午|中午)?(?:\d{1,2}[:时点]\d{0,2}[分点]?)?(?:\([^()]{1,12}\))?(?:之?前|以前|下班(?:之?前)?)[^。;]{0,80}"
        r"(?:完成履约|清缴|缴纳|报送|提交|报我|报至|报市|报省|上报|填报|填写|上传|申报|反馈|寄送|推荐|报名)|申报(?:截止|时间)[^。;]{0,10}\d|(?:报名|注册)(?:的?截止|时间|日期)[^。;]{0,16}\d{1,2}[月日]|\d日\d{0,2}[:时点]?\d{0,2}前[^。;]{0,30}(?:完成履约|清缴)"
        r"|\n(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]{1,2}、|[①-⑨])(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:之?前|以前)[^。;\n]{0,60}(?:上传|提交|报送|填报|上报|自评|申报)"
    ),
}
ASKS_OPINIONS = re.compile(  # 现就…征求意见,请于3月30日前反馈: what no paper in force says of itself
    r"现(?:就|将|向|面向|对|予以?|再次|广泛|公开)?(?:(?!已|曾)[^。;]){0,40}征求[^。;\n]{0,24}意见"
    r"(?:[^\n]{0,160}?\d[日号](?:\([^()]{1,8}\))?(?:之?前|以前|止|截止)[^。;\n]{0,60}(?:反馈|提出|发送|寄|告知|回复|提交)"
    r"|[\s\S]{0,400}?(?:(?:征求|征集|反馈)(?:公众|社会)?意见|意见(?:征集|征求|反馈))的?(?:起止)?(?:时间|期限|日期)(?:为|是|:|自|从)*[^。;,\n]{0,16}\d[日号天])"
)
DRAFTED = re.compile(  # 我厅起草了…清单,现征求你们意见: what a paper that calls itself one of rules may be
    r"(?:起草|草拟|拟定|编制|制定|研究形成)了?[^。\n]{2,160}[,。]现(?:就|将|向|面向|对|予以?|再次|广泛|公开)?[^。;\n]{0,40}征求[^。;\n]{0,24}意见"
)
PLAN_SHOWN = re.compile(  # 声环境功能区划分方案公示: a plan may be shown for people to speak of it
    r"^(?!.*(?:资金|补贴|奖补|补助|奖励|项目|扶持|名单|结果))[^\n]*(?:规划|方案|草案|区划|划定|划分|布局|条例|导则)"
    r"(?:\([^()]*\))?[》」]?(?:\([^()]*\))?(?:草案|初稿|送审稿|成果|初步成果)?的?(?:批前|公开|社会|规划)?(?:公示|公告)(?:\([^()]*\))?$"
)
VIEWS = re.compile(  # what is asked of all who read it, beyond objections
    r"(?:公众|社会各界|各界人士|单位和个人|任何单位)[^。\n]{0,80}(?:意见|看法|建议)"
    r"|(?:可|请|欢迎)[^。\n]{0,60}(?:提出|反馈|提供|谈|寄送?|发送|提交)[^。;\n]{0,30}(?:意见|看法|建议)"
    r"|(?:公开|广泛|现)(?:征求|听取)[^。;\n]{0,12}意见|意见(?:和|与|及|、)?(?:建议)?(?:的)?(?:反馈|提交|征集|收集)(?:的)?(?:方式|渠道|途径)"
)
WORK_SHOWN = re.compile(  # a publicity that may be a call, where it hears no objections
    r"(?:工作|政策|事项|事宜|办理|申领|申报)的?公示(?:\([^()]*\))?$"
)
OBJECTED = re.compile(r"异议|公示(?:期|时间)|(?:监督|举报|投诉)电话|反映|受理(?:部门|单位)")
TAKES = re.compile(  # 稳岗返还工作公示: …单位可申请,申报期限截至12月31日
    r"(?:申报|申请|受理|申领)(?:的)?(?:期限|时间|截止|日期)(?:时间|日期)?(?:为|至|截至|截止|是|:|到){0,2}[^。;,]{0,24}\d日"
)
CALLING = ("通知", "公告", "邀请函", "的函", "启事")
TRAINING = re.compile(r"培训|研修|宣贯")
ENROLS = re.compile(  # a training that one signs up for: to do so is a registration
    r"报名(?:方式|时间|截止|回执|表|参加|链接|网址|二维码)?|(?:参训|参加|培训|参会)(?:人员|对象|名额|回执)|名额分配|扫(?:描)?(?:下方)?二维码"
)
TERMS = re.compile(r"(?:期限|时间|截止)[^《》]{0,8}(?:事项|事宜|问题)?的?(?:通知|公告|通告)$")
PUT_OFF = re.compile(  # 5月份纳税申报期限延长至22日: whatever its title says of it
    r"(?:申报|纳税|缴纳|缴费|受理|报送|报名|征集)[^。;\n]{0,8}(?:期限|时间|日期)(?:统一|再)?(?:予以)?(?:延长|延期)(?:至|到|为)"
)
CALLS_ITSELF = re.compile(  # what who hands on a paper of rules adds: 并就项目入库通知如下
    r"就[^。;\n]{2,60}(?:申报|入库|推荐|征集|遴选|认定|评价|兑现|报名)[^。;\n]{0,14}(?:通知|安排|要求|明确|说明)如下"
)
REPORTED = re.compile(  # how a story begins; a notice begins with whom it is for
    r"^(?:[^。\n]{0,80}\n){0,8}?(?:本报讯|\([^()]{2,20}\))?[^。\n]{0,12}(?:近日|日前|连日来|\d{1,2}月\d{1,2}日(?:上午|下午|至\d{1,2}日)?|\d{1,2}日(?:上午|下午|晚上?)),|^[^。\n]{0,40}记者[^。\n]{0,30}(?:获悉|了解到|得知)"
)
PRESS = re.compile(  # a paper's own mark at the head of its story
    r"^(?:[^。\n]{0,80}\n){0,12}?(?:[^。\n]{0,80}[日晚早本]报讯[(]|[^。\n]{0,12}(?:本报讯|讯[(]|(?:本报|本网|通讯员|记者)[^。\n]{0,16}(?:讯|报道|摄|/文|电)|(?:昨日|近日|日前|今日)?,?记者[^。\n]{0,24}(?:获悉|了解到|得知)))"
)
DATELINE = re.compile(  # 某某社北京6月1日电, 某某晨报9月9日长沙讯: no paper begins so, whatever its title
    r"^(?:[^。\n]{0,80}\n){0,12}?[^。\n]{0,12}(?:[\u4e00-\u9fff]{2,6}(?:社|网|报|财经|新闻|客户端|日报|频道)|本报)"
    r"[^。,\n]{0,12}\d{1,2}月\d{1,2}日(?:[\u4e00-\u9fff]{2,4}(?<![通短资音简]))?(?:电(?![话子邮])|讯)"
)
PAPER = re.compile(r"(?:通知|公告|通告|公示|函|决定)(?:\([^()]*\))?$")
TOLD = re.compile(  # of whom a story is, at its end; how it tells of a notice
    r"\((?:(?:本报|本网)?(?:记者|通讯员|文/|来源)[^()]{1,24}"
    r"|(?<=。\()[\u4e00-\u9fff]{2,4}(?:[ 、][\u4e00-\u9fff]{2,4})?)\)\s*(?:\n|$)"
    r"|(?<![足合据照按到实行彻对])《[^《》]{0,4}(?:通知|办法|方案|公告|意见|规划|计划|措施|条例|细则|规定|清单)》(?:明确|提出|指出|强调|显示|要求|规定|确定)|(?:^|[\n。])(?:(?:通知|方案|公告|通告|办法)要求|据悉|据了解),?|(?:^|\n)原标题:|(?:^|\n)下一步,?[^。,;\n]{0,16}将"
    r"|(?:^|\n)据[^,。\n]{2,24}(?:消息|信息|报道|介绍|通报),"
    r"|(?:^|\n)(?:日前|近日|近期|最近),?[^。,;\n]{2,30}(?:局|厅|部|委|办|政府|办公室|部门|中心|领导小组)[^。,;\n]{0,10}(?:发布|印发|下发|出台|公布|发出|启动|制定)"
)
HEADLINE = re.compile(  # 某省公布绿色制造名单: who did it, and no 关于
    r"^(?!.*关于)[^《》:]{2,24}?(?:公布|发布|出台|印发|下发|启动|征集|公开(?!征)|入选|上榜|获评)[^《》]*(?:名单|目录|清单|名录|标准|方案|意见|规划|计划|办法|政策|措施|项目|建议|指南|要点)(?:\([^()]*\))?$"
)
LETTER = re.compile(  # the head of a paper that a page gives below its own: its number and whom it is for
    r"[^\n]{1,14}[〔\[(]20\d\d[〕\])]\d{1,4}号\n[^。\n]{0,8}(?:各|有关|相关)[^。\n]{2,160}:\n"
)
GIVES = re.compile(  # what a paper without a word for it in its title does: it tells who was found to be what
    r"(?:经[^。\n]{2,40})?[,](?:确定|认定|同意|评定)[^。\n]{2,60}(?:现(?:予以?|将)(?:公告|公布)|为)"
    r"|现(?:将|对)?[^。\n]{0,60}(?:名单|结果|企业|项目|单位)[^。\n]{0,12}(?:予以?|进行)?(?:公告|公布)|以下[^。\n]{2,12}(?:通过|获得|入选)"
)
TELLS = re.compile(  # the title of a story about a paper: 某省印发《…方案》, 两部门联合发布…计划
    r"^(?:[^《》关]{0,12}[|:!])?[^《》关]{2,24}(?:联合|正式)?(?:印发|出台|发布|公布|制定|推出|下发)了?"
    r"(?!.*(?:的(?:预?通知|公告|通告|公示|函|决定)|名单|结果|指南|清单)(?:\([^()]*\))?$)"
)
ITSELF = re.compile(  # how the paper itself speaks, or a page that gives it whole
    r"现(?:予|将|印发|发布|公布)|(?:遵照|贯彻|认真|结合实际.{0,6})执行|第一[条章]|(?:^|\n)一、|通知(?:原文|全文|如下)|各[^。\n]{2,80}:\n|(?:^|\n)前言\n"
)
WHOLE = re.compile(  # where a story is followed by the paper that it tells of
    r"(?:附:?)?(?:通知|公告|通告|公示|文件)?(?:原文|全文)(?:如下)?:?\n|(?:详情|详细内容|具体内容|内容)如下:\n?|以下(?:为|是)(?:通知|公告|文件|公示)?(?:正文|原文|全文):?\n?"
)
ITS_TITLE = re.compile(
    r"(?P<title>[^。;:]{4,120}?的(?:预?通知|公告|通告|公示|函))(?:\n|$|(?=[^。;:\n]{0,14}[〔\[(]20\d\d[〕\])]\d))"
)
SET_OUT = re.compile(  # 七条措施!… above the paper itself: its title a line of its own, what it is made for
    r"\n(?P<title>关于[^。;:,\n]{4,60}(?:措施|办法|意见|方案|规定|细则|计划|政策)(?:\([^()\n]{1,12}\))?)\n"
    r"[^\n]{0,200}(?:制定|提出|出台)(?:以下|如下|本)"
)
PUT_OFF_TITLE = re.compile(  # 大赛报名延期至7月10日: what counts of it is the new day, whoever tells it
    r"(?:申报|报名|受理|征集|填报|报送|推荐|评选|申请|注册)[^《》,。;]{0,10}(?:延长|延期|顺延|推迟|延后|延)[至到][^《》]{0,8}(?:\d[日号]|月底|年底)"
)
HEAD = 500  # characters in which a page begins
SHORTEST_STORY = 60  # characters; a page that gives less leaves the title to say it
PARTS = re.compile(  # what only a call has: whom it is for and its numbered parts
    r"^(?:[^。\n]{0,80}\n){0,4}?各[^。\n]{2,120}:\n[^\n]*\n?[\s\S]{0,200}?\n?一、"
)
HEADINGS = (  # of what is asked, one and, anywhere behind it, another
    # 一、申报项目: … 三、申报时间: what a story of an opening gives only where it stands for the call
    (
        re.compile(
            r"(?:^|[\n。])[一二][、.](?:支持|申报|资助|扶持|奖励|征集|推荐|评选|受理|申请)"
            r"(?:项目|对象|范围|条件|主体|内容|要求)[:\n ]"
        ),
        re.compile(
            r"[\n。][二三四五六七八][、.](?:支持|申报|资助|扶持|征集|推荐|评选|受理|申请|报名)(?:和评选|与评审)?"
            r"(?:时间|期限|程序|流程|材料|方式|范围|标准|条件)[^\n。:]{0,12}[:\n ]"
        ),
    ),
    (
        re.compile(r"(?:^|\n)(?:[一二三四五六][、.])?申报条件[:]?(?=\n)"),
        re.compile(r"\n(?:[一二三四五六][、.])?申报(?:时间|流程|程序|材料|方式)[:]?\n"),
    ),
)
OPENED = re.compile(  # 2023年专项资金项目现开始申报: what a page that stands for the call says
    r"现(?:已|正式|面向[^。;\n]{2,20})?(?:开始|启动|开放|组织|受理)[^。;,\n]{0,16}(?:申报|受理|报名|征集|申请)"
    r"|现(?:开始|正式|予以)?(?:申报|受理|征集)[^。;\n]{0,8}[。,:]"
)
ARRANGES = re.compile(r"(?:安排|通知|事项|要求|公告)如下:")
CUT_OFF = re.compile(  # where a list of titles cut one short, or added dots, a number or a day to it
    r"(?:[ .…]|\([^()]{0,12}?[〔\[]20\d\d[〕\]]\d{1,4}号\)|\(20\d\d-\d{1,2}-\d{1,2}\))+$"
)
PASSED_ON = re.compile(r"[【\[(][^【】\[\]()]{0,12}(?:转发|转载|整理|推送|分享)[】\])]$")  # whose page it is
OFFICE = re.compile(
    r"^[^《》关]{2,40}?(?:局|厅|委|部|室|府|心|会|司|处)(?=关于)"
)  # an office's name is no matter
NO_RULE = 0.4  # how sure OTHER is when nothing fits


@dataclass(frozen=True, slots=True)
class KindRule:
    """Titles that match `title`, not `unless`, and are of the form (document or story; None: either).

    `longest`: only where the text has no more characters.
    """

    kind: Kind
    sure: float
    title: re.Pattern[str]
    unless: re.Pattern[str] | None
    form: str | None
    soft: bool
    longest: float

    def match(self, title: str, form: str, length: int) -> re.Match[str] | None:
        """The words that make the rule fit, None when it does not."""
        if (
            length > self.longest
            or self.form not in (None, form)
            or (self.unless and self.unless.search(title))
        ):
            return None
        return self.title.search(title)


@cache
def rules() -> tuple[re.Pattern[str], tuple[KindRule, ...]]:
    """What a document's title looks like, and the rules in order."""
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return re.compile(data["document"]["title"]), tuple(map(_rule, data["rule"]))


def _rule(row: dict[str, str]) -> KindRule:
    unless = re.compile(row["unless"]) if "unless" in row else None
    return KindRule(
        Kind(row["kind"]),
        float(row["sure"]),
        re.compile(row["title"]),
        unless,
        row.get("form"),
        "soft" in row,
        float(row.get("longest", "inf")),
    )


def find_kind(title: Page, body: Page) -> Found[Kind]:
    """The kind by the title, by the body where the title says little; OTHER, unsure, where nothing fits."""
    document, tried = rules()
    office = OFFICE.match(title.clean)
    first = office.end() if office else 0
    said = CUT_OFF.sub("", PASSED_ON.sub("", title.clean))[first:]
    form = "document" if document.search(title.clean) else "story"
    headline = form == "story" or HEADLINE.search(said) or TELLS.match(title.clean)
    given = (_given_whole(body, tried) or _set_out(body, tried)) if headline else None
    if given:
        return given
    told_of = _as_story(title, body, said, form)
    if told_of and not PUT_OFF_TITLE.search(said):
        return told_of
    for rule in tried:
        match = rule.match(said, form, len(body.clean))
        told_in_paper = match and rule.kind is Kind.NEWS and form == "story" and _is_call(body)
        told = (_by_body(body) or _opened(body)) if told_in_paper else None
        asked = _otherwise(rule.kind, title.clean, said, body) if match else None
        if asked:
            return asked
        if told:
            return told  # a paper that another site gave a headline of its own
        if match and not rule.soft:
            return Found(rule.kind, title.evidence(first + match.start(), first + match.end()), rule.sure)
        if match:
            proof = title.evidence(first + match.start(), first + match.end())
            return _by_body(body) or Found(rule.kind, proof, rule.sure)
    gives = GIVES.search(body.clean)
    told = Found(Kind.RESULT, body.evidence(*gives.span()), BY_BODY) if gives else None
    return _by_body(body) or told or Found(Kind.OTHER, title.evidence(0, len(title.clean)), NO_RULE)


def is_told(kind: Kind, body: Page) -> bool:
    """Whether the text is a story: news, or a newspaper's of what was put off."""
    return kind is Kind.NEWS or (kind is Kind.EXTENSION and bool(PRESS.search(body.clean[:400])))


def _otherwise(kind: Kind, title: str, said: str, body: Page) -> Found[Kind] | None:
    """The kind that the body gives a paper that its title calls rules, a call or something shown."""
    asked, match = Kind.CONSULTATION, None
    if kind is Kind.POLICY:
        match = ASKS_OPINIONS.search(body.clean)  # of its draft
    if kind in (Kind.POLICY, Kind.APPLICATION):
        match = match or DRAFTED.search(body.clean)
    if kind is Kind.RESULT and PLAN_SHOWN.search(said):
        match = VIEWS.search(body.clean)
    if kind is Kind.RESULT and WORK_SHOWN.search(said) and not OBJECTED.search(body.clean):
        asked, match = Kind.APPLICATION, TAKES.search(body.clean)
    if kind is Kind.OTHER and TRAINING.search(said) and said.endswith(CALLING):
        asked, match = Kind.APPLICATION, ENROLS.search(body.clean)
    if kind is Kind.APPLICATION and match is None and TERMS.search(said):
        asked, match = Kind.EXTENSION, PUT_OFF.search(body.clean)
    if kind is Kind.POLICY and match is None and FORWARDS.search(title):
        asked, match = Kind.APPLICATION, CALLS_ITSELF.search(body.clean)
    return Found(asked, body.evidence(*match.span()), BY_BODY) if match else None


def _given_whole(body: Page, tried: tuple[KindRule, ...]) -> Found[Kind] | None:
    """The kind of the paper that a page gives whole below its own headline and words, by its title."""
    marked = WHOLE.search(body.clean)
    named = ITS_TITLE.match(body.clean, marked.end()) if marked else None
    return _of_paper(named, body, tried) if named else None


def _set_out(body: Page, tried: tuple[KindRule, ...]) -> Found[Kind] | None:
    """The kind of the paper of rules that a page begins with, below a headline of its own."""
    named = SET_OUT.search(body.clean, 0, HEAD)
    return _of_paper(named, body, tried) if named else None


def _of_paper(named: re.Match[str], body: Page, tried: tuple[KindRule, ...]) -> Found[Kind] | None:
    """The kind by the title of a paper in the text."""
    title = named["title"].replace("\n", "")
    office = OFFICE.match(title)
    title = title[office.end() :] if office else title
    rule = next((rule for rule in tried if rule.match(title, "document", len(body.clean))), None)
    return Found(rule.kind, body.evidence(*named.span("title")), BY_BODY) if rule and not rule.soft else None


def _as_story(title: Page, body: Page, said: str, form: str) -> Found[Kind] | None:
    """NEWS, with what shows it, where the text is a story and not the paper that it may tell of."""
    head = body.clean[:400]
    tells = form == "story" or HEADLINE.search(said)
    press = DATELINE.search(head) if not PAPER.search(said) else None
    press = press or ((PRESS.search(head) or TOLD.search(body.clean)) if tells else None)
    if press and not (_is_signed(body) or LETTER.search(body.clean)):
        return Found(Kind.NEWS, body.evidence(*press.span()), BY_BODY)
    if TELLS.match(title.clean) and len(body.clean) >= SHORTEST_STORY and not _is_itself(body):
        return Found(Kind.NEWS, title.evidence(0, len(title.clean)), BY_BODY)
    reported = REPORTED.search(head) if form == "story" else None
    if reported and not any(pattern.search(body.clean) for pattern in ASKED.values()):
        return Found(Kind.NEWS, body.evidence(*reported.span()), BY_BODY)
    return None


def _is_itself(body: Page) -> bool:
    """Whether the page gives the paper that its title tells of."""
    return bool(ITSELF.search(body.clean)) or _is_signed(body)


def _is_call(body: Page) -> bool:
    """Whether the page is a paper, whatever its headline: signed, in parts, or one that arranges."""
    return bool(
        _is_signed(body)
        or LETTER.search(body.clean)
        or ARRANGES.search(body.clean)
        or PARTS.search(body.clean)
        or any(_in_turn(body.clean, *headings) for headings in HEADINGS)
    )


def _in_turn(text: str, first: re.Pattern[str], then: re.Pattern[str]) -> bool:
    begun = first.search(text)
    return bool(begun and then.search(text, begun.end()))


def _is_signed(body: Page) -> bool:
    """Whether the text ends as an office's paper does: names and a day, or says whom objections go to."""
    return bool(SIGNED.search(body.clean))


def _opened(body: Page) -> Found[Kind] | None:
    """A call that says no day by which to act: 现开始申报."""
    opened = OPENED.search(body.clean)
    return Found(Kind.APPLICATION, body.evidence(*opened.span()), BY_BODY) if opened else None


def _by_body(body: Page) -> Found[Kind] | None:
    """What the body asks for: opinions, objections, papers by a day."""
    for kind, pattern in ASKED.items():
        match = pattern.search(body.clean)
        if match:
            return Found(kind, body.evidence(*match.span()), BY_BODY)
    return None
