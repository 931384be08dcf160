"""What a body says against its title's kind: a paper of rules that is a draft, a publicity that calls."""

import re
from dataclasses import dataclass

from notices.lexicon.kinds import Kind
from notices.reading.asked_by_body import ASKED, found_in
from notices.reading.handed_on import FORWARDS
from notices.reading.page import Page
from notices.reading.title_rules import Titled
from notices.reading.values import Found

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
CALLS_TO_TRAINING = re.compile(  # 关于举办…培训班的通知
    r"(?s)^(?=.*(?:培训|研修|宣贯)).*(?:通知|公告|邀请函|的函|启事)\Z"
)
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
ADJUSTS = re.compile(
    r"^(?:关于)?[^《》]{0,60}(?:调整|延长|推迟|优化|放宽)[^《》]{0,60}(?:任务|工作|事项|要求|安排|管理)|补充(?:通知|公告)"
)
DONE_LATER = re.compile(  # 调整…工作任务的通知: 延长…核查等工作的完成时限, 各地可延至9月底前完成上述工作
    r"(?:延长|推迟|顺延|放宽|延后)[^,。;\n]{0,40}(?:完成|报送|申报|提交|填报|核查|履约|清缴|受理|截止)[^。;\n]{0,6}(?:时限|期限|时间|日期)"
    r"|(?<!有效期)(?:可|予以|统一|均|相应)(?:顺|推)?延(?:长|期|迟|后)?(?:至|到)[^。;\n]{0,12}(?:\d[日号]|月底)(?:之?前|以前)?(?:完成|报送|提交|上报|填报)"
)
GUIDE_HANDED_ON = re.compile(  # 转发省局关于印发2023年度地方标准立项指南的通知
    r"^(?=(?:关于)?转发|.*转发(?:《|关于)).*(?:指南|指引)(?:\([^()]{0,12}\))?[》)]*的?(?:通知|公告|函)?[》)]*(?:的(?:通知|公告|函))?$"
)
TIME_MOVED = re.compile(  # 决定适当提前第二批…的公告时间,申报截止日期为2月20日
    r"(?:决定|现(?=[将对就]))(?:(?![较比先])[^,。;\n]){0,40}"
    r"(?:(?:提前|延长|延期|推迟|顺延|延后|调整)(?!启动|开展|组织)[^,。;\n]{0,30}(?:时间|期限|日期|时限)"
    r"|(?:时间|期限|日期|时限)(?:予以|适当|统一|[作做]|进行)?(?:如下)?(?:提前|延长|延期|推迟|顺延|延后|调整))"
    r"(?!通知|的通知|》)"
)
AS_BEFORE = re.compile(  # what a notice leaves to the one whose time it moves
    r"(?:具体|其他|其它|其余)(?:工作|有关|相关)?(?:要求|事项|内容|安排|规定)[^,。;\n]{0,8}(?:按照?|依照)"
    r"[^《。;\n]{0,8}(?:《[^《》\n]{4,60}通知》|原通知)[^。;\n]{0,40}(?:执行|办理)"
    r"|(?:其他|其它|其余)[^,。;\n]{0,16}(?:不变|不作调整|不做调整)"
)
IN_PARTS = re.compile(  # a call of its own, which says all that it asks
    r"(?:^|\n)(?:[一二三四五][、.]|\([一二三四五]\))[^。:\n]{0,8}(?:条件|对象|范围|材料|流程|程序|方式|内容)"
)
RECOGNISES = re.compile(r"^关于(?:开展)?(?:认定|命名|评定|授予)")  # what is done, or is to be
PAPERS_DUE = re.compile(  # 于8月30日前将申报材料报市科技局
    r"(?:于|在|请)[^。;\n]{0,24}(?:\d[日号]|月底)(?:\([^()]{1,8}\))?(?:之?前|以前)[^。;\n]{0,16}[将把][^。;\n]{0,40}"
    r"(?:申报|推荐|申请)[^,。;\n]{0,4}(?:材料|资料|书|表|文件)[^。;\n]{0,40}(?:报|送|寄|交)"
    r"|(?:现|将|拟|决定|启动)[^。;\n]{0,8}(?:组织|开展|启动|进行)[^。;\n]{0,40}(?:认定|命名|评定|授予)(?:的?(?:申报)?工作|,|。)"
)
RECOGNISED = re.compile(  # it is done: who was found to be what
    r"(?<!推荐)(?<!汇总)名单|(?:决定|同意|确定|予以)(?:认定|命名|授予)|(?:认定|命名)[^,。;\n]{2,60}为(?!了|进一步)[^。;\n]{2,30}"
    r"|经[^。;\n]{0,40}(?:评审|评定|公示|审定)[^。;\n]{0,40}(?:决定|现|予以|认定)|现予?公布"
)
FOUND_TO_BE = re.compile(  # 现认定某公司等201家企业为…: done, whatever it goes on to ask of them
    r"(?:现(?:决定)?|决定|同意)(?:认定|命名|授予|确定|评定)(?!.{0,4}工作)[^。;\n]{2,80}?\d{1,5}[家个户项名][^。;,\n]{0,16}?(?:为(?!了|进一步)|[^,。;\n]{0,4}称号)"
)
LIST_REVISED = re.compile(  # 《…指导目录》修订意见征集: of what firms ask to have listed
    r"(?:目录|名录|产品库|装备库)[^《》]{0,12}》?[^《》]{0,4}(?:修订|增补|修编|更新|编制)[^《》]{0,6}(?:意见|建议)"
    r"|征集[^《》]{0,8}《?[^《》]{2,40}(?:目录|名录)[^《》]{0,12}》?(?:修订|增补|修编|更新|编制)?的?(?:意见|建议)"
)
LISTING_ASKED = re.compile(  # 需申请修订的企业,将申请报告和汇总表报送
    r"(?:申请|申报|推荐)(?:报告|材料|资料|表|书|文件)[^。;\n]{0,80}(?:报送?|上报|提交|寄送?)(?:至|到|我|省|市|州|县|区)"
    r"|(?:目录)[^。;\n]{0,6}(?:申报|推荐)工作"
)
ITS_DRAFT = re.compile(r"征求意见稿|修订稿|草案|(?:现|特)?(?:向|面向)社会[^。;\n]{0,12}(?:征求|征集)")


@dataclass(frozen=True, slots=True)
class Turn:
    """A notice that is `kind`, by `words` of its body, though its title makes it one of `titled`.

    `said`: what the title must say behind its office, `whole`: with it. `also`: what the body must say
    besides; `unless`: words of it that leave the title right.
    """

    titled: tuple[Kind, ...]
    kind: Kind
    words: re.Pattern[str]
    said: re.Pattern[str] | None = None
    whole: re.Pattern[str] | None = None
    also: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def may_turn(self, kind: Kind, title: Titled, body: Page) -> bool:
        """Whether a body can overrule this title."""
        return (
            kind in self.titled
            and (self.said is None or bool(self.said.search(title.said)))
            and (self.whole is None or bool(self.whole.search(title.page.clean)))
            and (self.also is None or bool(self.also.search(body.clean)))
            and (self.unless is None or not self.unless.search(body.clean))
        )


TURNS = (
    Turn((Kind.POLICY,), Kind.CONSULTATION, ASKS_OPINIONS),  # of its draft
    Turn((Kind.POLICY, Kind.APPLICATION), Kind.CONSULTATION, DRAFTED),
    Turn((Kind.RESULT,), Kind.CONSULTATION, VIEWS, said=PLAN_SHOWN),
    Turn((Kind.RESULT,), Kind.APPLICATION, TAKES, said=WORK_SHOWN, unless=OBJECTED),
    Turn((Kind.RESULT,), Kind.APPLICATION, PAPERS_DUE, said=RECOGNISES, unless=RECOGNISED),
    Turn((Kind.APPLICATION, Kind.OTHER), Kind.RESULT, FOUND_TO_BE, said=RECOGNISES),
    Turn((Kind.CONSULTATION,), Kind.APPLICATION, LISTING_ASKED, said=LIST_REVISED, unless=ITS_DRAFT),
    Turn((Kind.OTHER,), Kind.APPLICATION, ENROLS, said=CALLS_TO_TRAINING),
    Turn((Kind.APPLICATION,), Kind.EXTENSION, PUT_OFF, said=TERMS),
    Turn((Kind.APPLICATION, Kind.POLICY, Kind.OTHER), Kind.EXTENSION, DONE_LATER, said=ADJUSTS),
    Turn((Kind.APPLICATION,), Kind.EXTENSION, TIME_MOVED, also=AS_BEFORE, unless=IN_PARTS),
    Turn((Kind.POLICY,), Kind.APPLICATION, CALLS_ITSELF, whole=FORWARDS),
    Turn((Kind.POLICY,), Kind.APPLICATION, ASKED[Kind.APPLICATION], whole=GUIDE_HANDED_ON),
)


def against_title(kind: Kind, title: Titled, body: Page) -> Found[Kind] | None:
    """The kind that the body gives a notice which its title makes this kind; None where it gives none."""
    turns = (turn for turn in TURNS if turn.may_turn(kind, title, body))
    return next(filter(None, (found_in(body, turn.kind, turn.words) for turn in turns)), None)
