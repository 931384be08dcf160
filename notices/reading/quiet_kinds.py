"""What quiet notices ask for all the same: rules that take a year's applications, stories that urge."""

import re

from notices.lexicon.kinds import Kind
from notices.reading.deadline_cues import cues
from notices.reading.sentences import DateInSentence

QUIET_KINDS = (Kind.POLICY, Kind.NEWS)  # only the surest words make a deadline in these
AT_LATEST = "no later than"
FIRST_YEAR = 1900  # years below are counted from today's
URGED = re.compile(r"(?:请|赶紧|务必|抓紧|须)[^。;]{0,30}$")
TO_BE_DONE = re.compile(r"完成[^,。;]{0,20}(?:申请|申报|申领|填报|登记|注册|报送|提交|缴纳)")
APPLICANTS = re.compile(
    r"(?:单位|企业|行业|申报人|申报者)[^,。;]{0,6}[须应要请需][^。;]{0,30}$"
)  # in a story
WORK = re.compile(r"(?:完成|开展|实施)[^,。;]{0,12}(?:整治|治理|整改|改造|排查)")  # hands nothing in
REVIEWED = re.compile(  # 8月15日前,完成所有企业执行报告审核: what offices do with papers that they have
    r"(?:之?前|以前|底前)?,?[^,。;]{0,12}?完成[^,。;]{2,50}"
    r"(?:审核|核查|审查|检查|抽查|复核|抽测|评审)(?:工作|任务)?(?:[,。;]|$)"
)
HANDED_ON = re.compile(
    r"[^。;]{0,100}(?:上报|报送|报至|报到|提交至|报[我省市区县]|[将把][^。;]{2,40}(?:报|送|交))"
)
HANDS_IN = re.compile(r"[^。;]{0,40}(?:报送|上报|提交|递交|申报|报名|寄送|填报)")
OPEN_TIMES = re.compile(r"(?:申报|填报|报名|征集|申请|报送)(?:起止)?时间(?::|(?:为|是|从|自|在)+:?)$")
COLLECTS = re.compile(  # 自12月20日至1月20日开展活动,面向社会征集意见建议: not how many there were
    r"(?:止|期间)?,?[^。;]{0,60}(?:征集|征求)[^,。;\d]{0,16}(?:意见|建议|线索|需求|作品)(?![^。;]{0,6}\d+[条件份个])"
)
OPINIONS_TOLD = re.compile(  # a story that passes on a draft: 征求意见,要求各单位于4月25日前书面反馈
    r"(?:征求|征集|听取)[^,。;]{0,16}(?:意见|建议)[^。;]{0,60}(?:要求|请|欢迎|可|须|应)[^。;,\d]{0,24}[于在]$"
)
ANSWERS = re.compile(r"(?:之?前|以前|底前),?[^,。;]{0,24}(?:反馈|反映|提出|回复|函复|发送|寄送|来信)")
SHOWN_IN = re.compile(r"^公示(?:起止)?(?:时间|期限?|日期)(?:为|:)+$")  # a line of the publicity's own
CALL_TOLD = re.compile(  # a story that passes on a call: 通知要求,各市于5月12日前将申报材料报送
    r"(?:通知|公告|通告|指南|文件)》?(?:要求|明确|规定|指出|提出|强调)[,:][^。;]{0,160}(?:于|在|请)$"
)
PAPERS_IN = re.compile(
    r"(?:之?前|以前|底前),?(?:[将把][^。;]{2,40}(?:报送?|提交|寄送|上报|反馈|发送)|[^,。;]{0,6}(?:报送|提交|上报|报名|申报|填报))"
)
CALL_OPENS = re.compile(  # 《通知》要求,4月15日前,各市州应…把材料报省厅
    r"(?:通知|公告|通告|指南|文件)》?(?:要求|明确|规定|指出|提出|强调)[,:]$"
)
THEIR_PAPERS = re.compile(
    r"(?:之?前|以前|底前),?(?:各|有关|相关|符合条件的)[^。;]{2,60}?[把将][^。;]{2,30}(?:报|送|交|寄)(?:至|到|送|给)?"
    r"(?:我|省|市|区|县|州|自治区|国家|所在)[^,。;]{0,12}(?:厅|局|委|部|办|中心|处)"
)
SHUT_AFTER = re.compile(  # a story that shuts the door itself: 于12月21日前送省科技厅,逾期不再受理
    r"(?:之?前|以前|底前)[^。;]{2,60}[,。;](?:逾期|过期|超期)(?:未[^,。;]{1,8})?的?,?(?:一律|均|将|概)?(?:不再|不予|概不|恕不|不)(?:受理|接收|接受)"
)
WHO_APPLY = re.compile(  # 符合条件的企业在6月30日前成功申报,最高可获500万元补贴
    r"(?:符合[^,。;]{0,10}条件|有意向?|有需求)的[^,。;]{0,6}(?:企业|单位|机构|主体|项目|个人|人员)可?[于在]$"
)
GAINS = re.compile(
    r"(?:之?前|以前|底前)(?:成功|完成|提交|提出)?(?:申报|申请|报名)(?:成功)?,[^,。;]{0,10}可(?:获得?|享受?|得到?|领取?|申领)"
)
APPLIES = re.compile(
    r"(?:申请|申报(?:单位|企业|材料|书)?|企业|申请人|申请单位|项目单位|产生单位|排污单位)[^,。;]{0,14}[须应需](?:当)?[于在]$"
)
PUTS_IN = re.compile(r"[^。;,]{0,40}(?:申报|填报|提出(?:申请)?|提交|报送|递交)")
REPORTS_UP = re.compile(  # 于3月20日前将工作联系人报市工信局
    r"[^。;]{0,60}(?:报送?|提交|寄送|反馈)(?:至|到|给)?[市省区县州][^,。;]{0,12}(?:局|厅|委|办|中心|办公室)"
)
WINDOW = re.compile(
    r"(?:内|期间)?,?[^,。;:]{0,12}(?:企业|单位|申请人|申报人|主体|机构|个人),?(?:可|应|须|需|要)?"
    r"(?:向[^,。;]{2,24})?(?:提出|提交|递交)[^,。;]{0,10}(?:申请|申报|材料)"
)


WINDOW_LABEL = re.compile(
    r"^[^,。;]{0,20}(?:申报|受理|填报|报名|征集|申请|提交|报送)(?:起止)?(?:时间|日期|期限)(?:为|是|:|在|于)?\n?$"
)
WINDOW_ENDS = re.compile(r"(?:内|间|期间)?(?:\([^()]*\))?(?:[,。;]|$)")


def is_window(dated: DateInSentence) -> bool:
    """Whether applications are taken within a quarter or month: 第一季度,企业提出申请; 申报时间:4月上旬."""
    whole = dated.mention.part in ("month", "quarter") and (dated.mention.year or 0) >= FIRST_YEAR
    if whole and WINDOW.match(dated.after):
        return True
    part = dated.mention.part in ("early", "middle", "late", "month") and dated.since is None
    return part and bool(WINDOW_LABEL.search(dated.close_before) and WINDOW_ENDS.match(dated.after))


def hands_in(dated: DateInSentence) -> bool:
    """Whether something is to be handed in near this date, and not work to be finished."""
    near = WORK.sub("", dated.before[-40:] + dated.after[:40])
    return bool(cues().submit.search(near))


def is_review(dated: DateInSentence) -> bool:
    """Whether a review of others' papers ends by this date, and nothing of it is handed on."""
    return bool(REVIEWED.match(dated.after)) and not HANDED_ON.match(dated.after)


def asks_all_the_same(dated: DateInSentence, kind: Kind) -> bool:
    """Whether a quiet notice asks for something by this date: a span called 填报时间, a story that urges."""
    if dated.since:
        open_times = OPEN_TIMES.search(dated.before or dated.sentence.heading)
        story = COLLECTS.match(dated.after) or SHOWN_IN.match(dated.before)
        return bool(open_times or (kind is Kind.NEWS and story))
    if kind is Kind.POLICY:
        return _round_in_policy(dated)
    if kind is not Kind.NEWS:
        return False
    if not cues().closing.match(dated.after):
        return bool(APPLICANTS.search(dated.before) and TO_BE_DONE.match(dated.after))
    applicants = APPLICANTS.search(dated.before) and HANDS_IN.match(dated.after)
    told = CALL_TOLD.search(dated.before) and PAPERS_IN.match(dated.after)
    told = told or (OPINIONS_TOLD.search(dated.before) and ANSWERS.match(dated.after))
    told = told or (CALL_OPENS.search(dated.before) and THEIR_PAPERS.match(dated.after))
    shut = SHUT_AFTER.match(dated.sentence.page.clean, dated.mention.end) and hands_in(dated)
    gains = WHO_APPLY.search(dated.before) and GAINS.match(dated.after)
    return bool(URGED.search(dated.before) or applicants or told or shut or gains)


def _round_in_policy(dated: DateInSentence) -> bool:
    """Whether a rule in force asks for something once by this date: 2024年度申请应于…前提出, 于…前报市局."""
    closing = cues().closing.match(dated.after)
    named = (dated.mention.year or 0) >= FIRST_YEAR
    asked = APPLIES.search(dated.before) and PUTS_IN.match(dated.after)
    return bool(closing and ((named and asked) or REPORTS_UP.match(dated.after)))
