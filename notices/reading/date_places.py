"""What a date's place on its page says of it: among conditions, of whole years, alone at the head."""

import re

from notices.reading.deadline_cues import cues
from notices.reading.sentences import ITEM, DateInSentence

CONDITIONS = re.compile(  # a part whose items say what must be so, not what to do
    r"^(?!.*(?:时间|程序|方式|流程|材料|步骤)).*(?:条件|资格)(?:\([^()]*\))?:?$"
)
REQUEST = re.compile(r"(?:请|欢迎|敬请|望|您)[^。;]{0,40}$")
PAID_FOR = re.compile(r"所属|发生|支持|补[助贴]|奖[励补]|执行|建设|实施")  # in these years
OPEN_ALL_YEAR = re.compile(  # 1月1日至12月31日期间,企业均可登录系统申报
    r"(?:期间|之间|内|止)?,?(?:符合[^,。;的]{0,8}的)?[^,。;的]{0,16}(?:随时|均可|可以?|登录|通过|向)[^,。;的]{0,24}(?:申报|申请|填报|提交|报名|报送|办理)"
)
BULLET = re.compile(r"[·•*|\- ]{0,3}")
STAGE = re.compile(r"(?:阶段|环节|步骤)(?:时间)?[(:]$")
DAY_OF_STAGE = re.compile(  # 评估报送阶段(4月—5月)。…请于5月15日前将上述材料报送: in the stage's last month
    r"(?<!\d)(?P<month>\d{1,2})月\d{1,2}[日号](?:\([^()]{1,8}\))?(?:之?前|以前)[^。;\n]{0,60}?(?:报|提交|递交|上传|寄|送|交)"
)
PARAGRAPH = 400  # characters of a stage's paragraph in which its day may stand
HEAD = 240  # characters at the head of a page in which a portal shows a call's days


def is_condition(dated: DateInSentence) -> bool:
    """Whether the date stands in an item of a list of conditions, which asks for nothing."""
    sentence = dated.sentence
    listed = CONDITIONS.match(sentence.part) and ITEM.match(sentence.text)
    return bool(listed) and not REQUEST.search(dated.before)


def is_years_of_account(dated: DateInSentence) -> bool:
    """Whether a span is of whole years, of which a call tells what is paid for, and not when it is open."""
    if dated.since is None or (dated.since.month, dated.since.day) != (1, 1):
        return False
    label = (dated.before or dated.sentence.heading)[-24:]
    called = cues().label.search(label) and not PAID_FOR.search(label)
    ends = (dated.mention.month, dated.mention.day) == (12, 31)
    return ends and not called and not OPEN_ALL_YEAR.match(dated.after)


def is_stage_with_day(dated: DateInSentence) -> bool:
    """Whether a span is the months of a stage, whose paragraph asks for papers by a day of the last one."""
    mention = dated.mention
    if dated.since is None or mention.part != "month" or not STAGE.search(dated.before):
        return False
    clean, end = dated.sentence.page.clean, mention.end + PARAGRAPH
    below = clean[mention.end : end].partition("\n")[0]
    return any(int(day["month"]) == mention.month for day in DAY_OF_STAGE.finditer(below))


def heads_page(dated: DateInSentence) -> bool:
    """Whether a span stands alone in a line at the head of a page, as portals show when a call is open."""
    whole = dated.mention.year and dated.since and dated.since.year
    alone = BULLET.fullmatch(dated.before) and not dated.after.strip()
    return bool(whole and alone and dated.sentence.start < HEAD)
