"""Whether something is handed in by a date: papers, and neither work to finish nor an office's own review."""

import re

from notices.reading.deadline_cues import cues
from notices.reading.sentences import DateInSentence

URGED = re.compile(r"(?:(?<!申)请(?!示)|赶紧|务必|抓紧|须)[^。;]{0,30}$")
ORDERED = re.compile(  # 各地商务部门组织企业填写申报书,于5月22日前将…报省厅: told what to do without 请
    r"各(?:地|级|省|市|州|盟|县|区|旗|镇|有关|相关|推荐|归口|主管)[^,。;:]{0,16}?(?:部门|局|委|厅|办|单位|地|市|县|区|园区)"
    r"(?:要|应|负责)?(?:认真|积极|及时|严格)?(?:组织|审核|汇总|指导|初审|推荐|受理|遴选|摸排)[^。;]{0,60}$"
)
HANDS_IN = re.compile(r"[^。;]{0,40}(?:报送|上报|提交|递交|申报|报名|寄送|填报)")
WORK = re.compile(r"(?:完成|开展|实施)[^,。;]{0,12}(?:整治|治理|整改|改造|排查)")  # hands nothing in
REVIEWED = re.compile(  # 8月15日前,完成所有企业执行报告审核: what offices do with papers that they have
    r"(?:之?前|以前|底前)?,?[^,。;]{0,12}?完成[^,。;]{2,50}"
    r"(?:审核|核查|审查|检查|抽查|复核|抽测|评审)(?:工作|任务)?(?:[,。;]|$)"
)
REVIEW_TIME = re.compile(  # 第一批申报审核期不晚于6月30日
    r"(?:审核|审批|审查|评审|核查|复核|兑现|拨付)(?:期|期限|时间|工作|阶段)(?:原则上|统一)?[^,。;\d]{0,6}$"
)
ASKED_OF_ALL = re.compile(r"公示|异议|意见|建议|投票|投稿|线索|作品|招募")
SWEEP = re.compile(  # 即日起至6月20日,全市集中开展专项整治: what offices do in that time
    r"(?:期间|止)?,?[^。;,]{0,16}(?:开展|进行|实施|推进|组织)"
    r"(?![^,。;]{0,16}(?:征集|申报|评选|报名|征求|遴选|推荐|投票|招募))[^,。;]{0,20}"
    r"(?:整治|治理|行动|检查|排查|执法|巡查|督查|攻坚|宣传|活动)"
)
HANDED_ON = re.compile(
    r"[^。;]{0,100}(?:上报|报送|报至|报到|提交至|报[我省市区县]|[将把][^。;]{2,40}(?:报|送|交))"
)


def hands_in(dated: DateInSentence) -> bool:
    """Whether something is to be handed in near this date, and not work to be finished."""
    near = WORK.sub("", dated.before[-40:] + dated.after[:40])
    return bool(cues().submit.search(near))


def is_open(dated: DateInSentence) -> bool:
    """Whether something is asked for until this date, and no work of offices runs until then."""
    near = WORK.sub("", f"{dated.sentence.heading} {dated.before[-40:]} {dated.after[:40]}")
    asked = cues().submit.search(near) or ASKED_OF_ALL.search(near)
    return bool(asked) and not SWEEP.match(dated.after)


def is_review(dated: DateInSentence) -> bool:
    """Whether a review of others' papers ends by this date, and nothing of it is handed on."""
    ends = REVIEWED.match(dated.after) or REVIEW_TIME.search(dated.before[-24:])
    return bool(ends) and not HANDED_ON.match(dated.after)
