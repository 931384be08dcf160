"""Signs that a text is a story: what stands where, under which titles, and what silences it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from notices.lexicon.kinds import Kind
from notices.reading.asked_by_body import BY_BODY, asked_by_body
from notices.reading.page import Page
from notices.reading.paper_signs import has_letter, is_call, is_itself, is_own_paper, is_signed
from notices.reading.title_rules import Titled
from notices.reading.values import Evidence, Found

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
SITE_REPORTS = re.compile(  # 某某网讯昨天,…: a paper's mark that names its site, and goes on
    r"(?:^|\n)[\u4e00-\u9fff]{2,6}(?:网|日报|晚报|晨报|早报|商报|时报|都市报|新闻|在线|客户端|融媒)讯"
    r"(?=[ (:,]|[昨今近]|日前|\d|记者|为|据|由|《|从)"
)
PRESS_SOURCE = re.compile(  # 来源:某某商报: whose story a page with a headline shows
    r"(?:^|\n)[^。\n]{0,60}?(?:来源|稿源|转自)[: ]{1,2}《?[\u4e00-\u9fff]{2,6}"
    r"(?:日|晚|晨|早|商|都市|时)报》?(?=[^\u4e00-\u9fff]|$|[记作责编发日版])"
)
HEARD = re.compile(  # 据某报报道 12月20日,记者从市工信局获悉: no office speaks so, whatever it heads
    r"(?:^|[\n。])[^。\n]{0,48}记者[^。,\n]{0,4}从[^。,\n]{2,24}(?:获悉|了解到|得知|获知)"
)
OPENED_TITLE = re.compile(r"(?:启动|开始|开启|开放|开闸|来了|开跑)[!。]?$")
PAPER = re.compile(r"(?:通知|公告|通告|公示|函|决定)(?:\([^()]*\))?$")
TOLD = re.compile(  # of whom a story is, at its end; how it tells of a notice
    r"\((?:(?:本报|本网)?(?:记者|通讯员|文/|来源)[^()]{1,24}"
    r"|(?<=。\()[\u4e00-\u9fff]{2,4}(?:[ 、][\u4e00-\u9fff]{2,4})?)\)\s*(?:\n|$)"
    r"|(?<![足合据照按到实行彻对])《[^《》]{0,4}(?:通知|办法|方案|公告|意见|规划|计划|措施|条例|细则|规定|清单)》(?:明确|提出|指出|强调|显示|要求|规定|确定)|(?:^|[\n。])(?:(?:通知|方案|公告|通告|办法)要求|据悉|据了解),?|(?:^|\n)原标题:|(?:^|\n)下一步,?[^。,;\n]{0,16}将"
    r"|(?:^|\n)据[^,。\n]{2,24}(?:消息|信息|报道|介绍|通报),"
    r"|(?:公示|公告|通告|通报|通知|名单)中?(?:称|显示|透露),"
    r"|(?:^|\n)从?[^,。:;\n]{2,20}[局厅委部办](?:最新)?(?:消息|获悉|透露),"
    r"|(?:^|\n)(?:日前|近日|近期|最近),?[^。,;\n]{2,30}(?:局|厅|部|委|办|政府|办公室|部门|中心|领导小组)[^。,;\n]{0,10}(?:发布|印发|下发|出台|公布|发出|启动|制定)"
)
ISSUED_LATELY = re.compile(  # 某部近日印发通知,组织开展…试点: how a paper tells of a call
    r"^(?:[^。\n]{0,80}\n){0,4}?(?:[^。,;:《》\n]{0,12}[:丨|])?(?!现|我|本[局厅市省])[^。,;:《》\n]{1,20}(?:部|局|厅|委|委员会|办公室|办公厅|部门)"
    r"(?:近日|日前|近期|最近|今日|昨日)(?:联合|正式|公开)?(?:印发|发布|下发|发出|公布|出台)了?"
)
PASSES_ON = re.compile(  # what speaks to its own readers: 现转发给你们, 请…报送我会
    r"转发(?:给)?(?:你们|各|贵|如下)|(?:请|欢迎|可)[^。\n]{0,120}(?:报|发|送|交|寄|联系|咨询)[^。,;\n]{0,8}[我本](?:会|局|协会|中心|市|区|县|省|处|委|办|园|公司|平台)"
    r"|(?:我|本)(?:会|局|协会|中心|公司|处|委)(?:将|可|协助|组织)|(?:通知|事项|要求)如下|(?:^|\n)(?:各|尊敬的)[^。\n]{2,60}:\n"
)
STIRRED = re.compile(  # 公示正式亮相,引发各界高度关注: how a site tells of a list under the list's own title
    r"引[发起](?:了)?[^,。;\n]{0,8}(?:关注|热议|热烈反响)[,。]"
    r"|(?:此次|这次|本次)(?:公示|公布|公告|评选|认定)[^,。;\n]{0,6}(?:意味着|标志着|彰显|展现)"
)
HEADLINE = re.compile(  # 某省公布绿色制造名单: who did it, and no 关于
    r"^(?!.*关于)[^《》:]{2,24}?(?:公布|发布|出台|印发|下发|启动|征集|公开(?!征)|入选|上榜|获评)[^《》]*(?:名单|目录|清单|名录|标准|方案|意见|规划|计划|办法|政策|措施|项目|建议|指南|要点)(?:\([^()]*\))?$"
)
TELLS = re.compile(  # the title of a story about a paper: 某省印发《…方案》, 两部门联合发布…计划
    r"^(?:[^《》关]{0,12}[|:!])?[^《》关]{2,24}(?:联合|正式)?(?:印发|出台|发布|公布|制定|推出|下发)了?"
    r"(?!.*(?:的(?:预?通知|公告|通告|公示|函|决定)|名单|结果|指南|清单)(?:\([^()]*\))?$)"
    r"|^《[^《》]*》(?:正式|今日|日前)?(?:印发|出台|发布|公布)了?$"
)
PUT_OFF_TITLE = re.compile(  # 大赛报名延期至7月10日: what counts of it is the new day, whoever tells it
    r"(?:申报|报名|受理|征集|填报|报送|推荐|评选|申请|注册)[^《》,。;]{0,10}(?:延长|延期|顺延|推迟|延后|延)[至到][^《》]{0,8}(?:\d[日号]|月底|年底)"
)
HEAD = 400  # characters in which a story begins
SHORTEST_STORY = 60  # characters; a page that gives less leaves the title to say it


@dataclass(frozen=True, slots=True)
class StorySign:
    """Words that show a story where they stand in its title, in the head of its text or anywhere in it.

    `under`: the titles under which they do so. `silenced_by`: what the text must not be.
    """

    name: str
    where: Literal["title", "head", "body"]
    words: re.Pattern[str]
    under: Callable[[Titled], bool]
    silenced_by: tuple[Callable[[Page], object], ...]

    def shown(self, title: Titled, body: Page) -> Evidence | None:
        """What shows the story, of a title all; None where nothing does or something silences it."""
        if not self.under(title):
            return None
        page = title.page if self.where == "title" else body
        match = self.words.search(page.clean[:HEAD] if self.where == "head" else page.clean)
        if match is None or any(silences(body) for silences in self.silenced_by):
            return None
        return page.evidence(*((0, len(page.clean)) if self.where == "title" else match.span()))


def tells_news(title: Titled) -> bool:
    """Whether the title tells something: what was done, by whom."""
    return title.tells or bool(HEADLINE.search(title.said))


def is_headline(title: Titled) -> bool:
    """Whether the title tells something, be it of a paper."""
    return tells_news(title) or bool(TELLS.search(title.page.clean))


def _names_no_paper(title: Titled) -> bool:
    return not PAPER.search(title.said)


def _tells_opening(title: Titled) -> bool:
    return tells_news(title) and bool(OPENED_TITLE.search(title.said))


def _any(_title: Titled) -> bool:
    return True


def _speaks_to_readers(body: Page) -> bool:
    return bool(PASSES_ON.search(body.clean))


def _is_short(body: Page) -> bool:
    return len(body.clean) < SHORTEST_STORY


SIGNS = (
    StorySign("dateline", "head", DATELINE, _names_no_paper, (is_signed, has_letter)),
    StorySign("mark of the press", "head", PRESS, tells_news, (is_signed, has_letter)),
    StorySign("mark of a site", "head", SITE_REPORTS, _names_no_paper, (is_signed, has_letter)),
    StorySign(
        "heard by a reporter", "head", HEARD, _names_no_paper, (is_signed, has_letter, is_own_paper, is_call)
    ),
    StorySign("opening told by a paper", "head", PRESS_SOURCE, _tells_opening, (is_call,)),
    StorySign("told at second hand", "body", TOLD, tells_news, (is_signed, has_letter)),
    StorySign(
        "issued lately, told",
        "head",
        ISSUED_LATELY,
        lambda title: title.tells,
        (is_signed, has_letter, is_call, _speaks_to_readers),
    ),
    StorySign("told with a stir", "head", STIRRED, _any, (is_own_paper,)),
    StorySign("title about a paper", "title", TELLS, _any, (_is_short, is_itself)),
    StorySign("beginning with a day", "head", REPORTED, lambda title: title.tells, (asked_by_body,)),
)


def told_as_story(title: Titled, body: Page) -> Found[Kind] | None:
    """NEWS, by the first sign of a story; None where none shows, or what counts is a new last day."""
    shown = (sign.shown(title, body) for sign in SIGNS if not PUT_OFF_TITLE.search(title.said))
    proof = next(filter(None, shown), None)
    return Found(Kind.NEWS, proof, BY_BODY) if proof else None


def is_told(kind: Kind, body: Page) -> bool:
    """Whether the text is a story: news, or a newspaper's of what was put off."""
    return kind is Kind.NEWS or (kind is Kind.EXTENSION and bool(PRESS.search(body.clean[:HEAD])))
