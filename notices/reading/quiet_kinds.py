"""What quiet notices ask for all the same: rules that take a year's applications, stories that urge."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from notices.lexicon.kinds import Kind
from notices.reading.deadline_cues import cues
from notices.reading.handed_in import HANDS_IN, URGED, hands_in
from notices.reading.sentences import DateInSentence
from notices.reading.year_slips import FIRST_YEAR

WITHIN_TERM = 400  # characters in which the label of a list of terms stands before the last of them
Stands = Literal["span", "closing", "bare"]  # how a date is written: 1日至5日, 5日前, 5日
QUIET_KINDS = (Kind.POLICY, Kind.NEWS)  # only the surest words make a deadline in these
AT_LATEST, OPEN_TO = "no later than", ("from now until", "open until")
APPLICANTS = re.compile(
    r"(?:单位|企业|行业|申报人|申报者)[^,。;]{0,6}(?:[须应要需]|(?<!申)请(?!示))[^。;]{0,30}$"
)  # in a story
TO_BE_DONE = re.compile(r"完成[^,。;]{0,20}(?:申请|申报|申领|填报|登记|注册|报送|提交|缴纳)")
OPEN_TIMES = re.compile(  # 网络填报时间为, 纸质材料提交时间:
    r"(?:申报|填报|报名|征集|申请|报送|提交|递交|受理|收件|寄送|上传|登记)(?:的)?(?:材料|资料)?(?:的)?(?:起止)?"
    r"(?:时间|日期|期限)(?::|(?:为|是|从|自|在)+:?)$"
)
COLLECTS = re.compile(  # 自12月20日至1月20日开展活动,面向社会征集意见建议: not how many there were
    r"(?:止|期间)?,?[^。;]{0,60}(?:征集|征求)[^,。;\d]{0,16}(?:意见|建议|线索|需求|作品)(?![^。;]{0,6}\d+[条件份个])"
)
SHOWN_IN = re.compile(r"^公示(?:起止)?(?:时间|期限?|日期)(?:为|:)+$")  # a line of the publicity's own
OPINIONS_TOLD = re.compile(  # a story that passes on a draft: 征求意见,要求各单位于4月25日前书面反馈
    r"(?:征求|征集|听取)[^,。;]{0,16}(?:意见|建议)[^。;]{0,60}(?:要求|请|欢迎|可|须|应)[^。;,\d]{0,24}[于在]$"
)
ANSWERS = re.compile(r"(?:之?前|以前|底前),?[^,。;]{0,24}(?:反馈|反映|提出|回复|函复|发送|寄送|来信)")
READERS_SPEAK = re.compile(  # 7月31日前,市民可拨打热线或发送邮件反馈意见: a story that passes on a draft
    r"(?:之?前|以前|底前),?(?:广大|有关|相关)?(?:市民|公众|群众|居民|网友|读者|社会各界|各界人士|单位和个人|企业)[^,。;]{0,6}"
    r"(?:可|请|欢迎)[^。;]{2,60}(?:反馈|提出|提交|发送|寄送?|反映)[^。;]{0,8}(?:意见|建议|邮箱|邮件)"
)
SPOKEN_BY = re.compile(  # 市民可在7月31日前: then how
    r"(?:市民|公众|群众|居民|网友|读者|社会各界|各界人士|单位和个人)[^,。;]{0,8}(?:可以?|请|如有[^,。;]{0,8},?[可请])[于在]$"
)
OBJECTED_BY = re.compile(  # 如有异议,可在3月11日前; 有关意见和建议,可于3月11日前
    r"(?:异议|意见|建议)(?:的|者)?,?(?:均)?(?:可以?|请|须|应)[于在]$"
)
OBJECTS = re.compile(r"(?:之?前|以前|底前),?(?:[^。;已了]{0,40}(?:向|提出|反映|反馈)|来信|来电|来访)")
SPEAKS = re.compile(
    r"(?:之?前|以前|底前),?[^。;]{0,60}(?:反馈|提出|提交|发送|寄送?|反映)[^。;]{0,12}(?:意见|建议|邮箱|邮件)"
)
CALL_TOLD = re.compile(  # a story that passes on a call: 通知要求,各市于5月12日前将申报材料报送
    r"(?:通知|公告|通告|指南|文件)》?(?:要求|明确|规定|指出|提出|强调)[,:][^。;]{0,160}(?:于|在|请)$"
)
PAPERS_IN = re.compile(
    r"(?:之?前|以前|底前),?(?:[将把][^。;]{2,40}(?:报送?|提交|寄送|上报|反馈|发送)|[^,。;]{0,6}(?:报送|提交|上报|报名|申报|填报|推荐(?![的目名书]|完成)))"
)
CALL_OPENS = re.compile(  # 《通知》要求,4月15日前,各市州应…把材料报省厅
    r"(?:通知|公告|通告|指南|文件)》?(?:要求|明确|规定|指出|提出|强调)[,:]$"
)
THEIR_PAPERS = re.compile(
    r"(?:之?前|以前|底前),?(?:各|有关|相关|符合条件的)[^。;]{2,60}?[把将][^。;]{2,30}(?:报|送|交|寄)(?:至|到|送|给)?"
    r"(?:我|省|市|区|县|州|自治区|国家|所在)[^,。;]{0,12}(?:厅|局|委|部|办|中心|处)"
)
TASK_TOLD = re.compile(  # 通知要求,各单位…,确保8月31日前完成信息填报工作
    r"(?:通知|公告|通告|指南|文件)》?(?:要求|明确|规定|指出|提出|强调)[,:][^。;]{0,200}(?:确保|务必|[须应要需]当?|[于在])$"
)
FILLED_IN = re.compile(
    r"(?:之?前|以前|底前),?(?:按时|按期|全部|全面|保质保量)*完成(?![^,。;]{0,16}\d)[^,。;]{0,16}"
    r"(?:申报|填报|报送|上报|提交|报名|申领|(?:排污|申报|网上|线上|信息|账号|用户)(?:登记|备案|注册))"
    r"(?:工作|任务|事宜|手续)?(?:[,。;]|$)"
)
CHOSEN = re.compile(  # 各市州选择两条河流作为案例,于4月15日前向省生态环境厅报送材料
    r"(?:[,。;](?:请|并|须|应|需|可)?|(?:企业|单位|主体|机构|申报者|申请人|[市州县区])(?:均?[可须应需]以?)?)[于在]$"
    r"|(?:各[市县区州盟旗]|企业|单位|主体)[^。;已]{2,60},$"
)
TO_AN_OFFICE = re.compile(
    r"(?:之?前|以前|底前),?(?:统一|逐级)?向[^,。;已了]{2,20}(?:厅|局|委|部门?|办|中心|单位|协会|组委会)"
    r"(?:报送|提交|递交|上报|提出[^,。;了]{0,6}申请|报名)(?![过了完])"
)
OF_PROJECTS = re.compile(
    r"(?:项目|企业|单位|材料|产品|课题|技术|成果|平台|园区)(?:[请须应需]|[须应]当)?[于在]$"
)
GATHERED = re.compile(  # 新建项目于6月30日前,储备项目于8月31日前,由各市发改委审核汇总,报省发改委
    r"(?:之?前|以前|底前),?(?:(?:20\d\d年)?[^,。;\d]{2,12}[于在](?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底)(?:之?前|以前),?){0,3}"
    r"(?:经|由)?(?:各|所在|属地|当地)[^。;已了]{2,60}?(?:审核|汇总|初审|推荐|把关|审查)[^。;已了]{0,20}?"
    r"(?:上报|报送?|推荐)(?:至|到|给)?(?:我|省|市|自治区|州|国家)[^,。;已了]{0,12}(?:厅|局|委|部|办|中心)"
)
OFFICES_BELOW = re.compile(  # an explanation of a call: 市州科技局于3月17日前将推荐函报送至省中心
    r"(?:各|所在|属地|当地|市州|盟市|州市|区市|地市|区县|县区|市县|设区市|归口|推荐|市级|县级)[^,。;:\d]{0,20}"
    r"(?:局|委|厅|部门|单位|管委会)(?:统一|集中)?(?:[请须应需要]|[须应需]要)?当?[于在]$"
)
BELOW_HAND_IN = re.compile(
    r"(?:之?前|以前|底前),?(?:统一|集中)?[将把][^。;已了]{2,80}(?:报送?|送达?|寄送?|提交|上报|推荐)(?:至|到|给)?"
    r"(?:我|省|市|州|自治区|国家)[^。;已了]{0,24}(?:厅|局|委|部|办|中心|处|邮箱)(?![^。;]{0,20}(?:[已了共计]|完成))"
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
MAY_ENTER = re.compile(  # 企业、院校和个人均可参赛,登录网站,于5月15日前完成线上申报
    r"(?:企业|单位|机构|团体|团队|个人|人员|选手|作者)(?:均|都)?(?:可以?|能)(?:自愿|免费|直接)?(?:参赛|参加|参评|参与|报名|申报)"
    r"[^。;已了]{0,40}[,于在]$"
)
ENTERED = re.compile(
    r"(?:之?前|以前|底前),?(?:在线|线上|网上|登录[^,。;已了]{2,20})?(?:完成|提交|进行)?[^,。;已了]{0,8}(?:申报|报名|填报|注册)(?:[,。;(]|$)"
)
CALL_AND_WAY = re.compile(  # 推荐工作启动,采取两种方式,于5月31日前: a call that is told, then its day
    r"(?:推荐|申报|提名|报名|申请|征集)[^。;已了]{0,12}(?:启动|开始|开展)[^。;已了]{0,60},(?:请|须|应|需)?[于在](?:今年|本年)?$"
)
PAPERS_TO_OFFICE = re.compile(
    r"(?:之?前|以前|底前),?[将把][^,。;已了]{0,8}(?:材料|资料|申[请报]书|推荐[书表函]|申[请报]表)[^,。;已了]{0,6}"
    r"(?:报送?|提交|递交|寄送?|送)[至到给]?[^,。;已了]{2,24}(?:厅|局|委|处|科|办|中心|办公室)"
)
MAY_APPLY = re.compile(  # 符合条件的企业可在5月20日前登录平台填报
    r"(?:之?前|以前|底前),?(?!完成)(?:登录|通过|向|到)[^,。;]{2,24}(?:填报|申报|报名|提交|提出|递交)"
)
STEP_TOLD = re.compile(  # 自愿申报:符合条件的组织,在11月30日前: a step that a story tells
    r"^(?:[^,。;:\d已]{0,8}(?:程序|流程|步骤)[^,。;:\d已]{0,8}:)?(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.])?"
    r"[^,。;:\d已]{0,6}(?:申报|申请|报名|推荐|提名|初审)[^,。;:\d已]{0,4}:"
    r"(?:由|凡)?(?:各|申报|申请|符合|有意|有关|相关|参评|参选|企业|单位|个人|所在|属地|推荐单位|区县|县区)"
    r"(?:(?!共[有计\d]|由[我省市])[^。;已了]){0,120}(?:[须应需请可]当?)?[于在]$"
)
HANDED_IN_STEP = re.compile(
    r"(?:之?前|以前|底前),?(?:统一|集中)?(?:[将把][^。;已了]{2,40}?)?(?:报送?|提交|递交|上报|寄送?|送|交)(?:至|到|给)?"
    r"[^,。;已了完]{0,24}(?:厅|局|委|办|办公室|中心|部门|协会|组委会)(?:[,。;(]|$)"
)
APPLIES = re.compile(
    r"(?:申请|申报(?:单位|企业|材料|书)?|企业|申请人|申请单位|项目单位|产生单位|排污单位)[^,。;]{0,14}[须应需](?:当)?[于在]$"
)
PUTS_IN = re.compile(r"[^。;,]{0,40}(?:申报|填报|提出(?:申请)?|提交|报送|递交)")
BOUND = re.compile(  # 33个行业3745家单位,需要在4月底前完成该项工作: a duty of law that a story tells of
    r"(?:单位|企业|行业|用户|业主|经营者|排污者|纳税人|个体工商户)(?:都|均)?,?(?:依法)?(?:必须|须|需要?|应当?|务必)(?:依法)?[于在]$"
)
DUTY_DONE = re.compile(
    r"(?:之?前|以前|底前)(?:全部|依法)?完成"
    r"(?:该项|此项|这项|上述|相关)?(?:工作|任务|手续)?(?:[,。;]|$)"
)
FILED = (  # what firms owe an office by law or by a rule, and get done
    r"(?:申请|申报|申领|填报|登记|注册|自评|自查自评|自查自报|备案|报送|提交|上传|缴纳|缴费|清缴|履约|披露|年报)"
)
MUST = r"(?:必须|务必|[须应需]当?|需要)"  # 要 alone is what a meeting tells those who sit in it
FIRMS = (
    r"(?:企业|(?<!各)单位|排污者|经营者|纳税人|个体工商户|用户|机构|业主"
    r"|(?:市场|经营|申报|建设)主体|申报人|申请人)"
)
FIRM_STANDS = re.compile(rf"{FIRMS},?[于在]?$")  # 三个行业现有企业今年10月15日前需完成申请
MUST_FILE = re.compile(
    rf"(?:之?前|以前|底前),?{MUST}(?:依法|按要求|按规定|全部|及时)*(?:完成|提交|报送|申领|办理|填报)(?:[^,。;]{{0,24}}{FILED})?"
)
FIRM_MUST = re.compile(  # 入选的225家参评企业应按规定程序和要求在1月20日前: then what
    rf"{FIRMS}(?:都|均|也)?,?{MUST}(?:(?!组织|督促|指导)[^,。;]){{0,20}}[于在]$"
)
GETS_FILED = re.compile(
    rf"(?:之?前|以前|底前),?(?:[^,。;了]{{0,20}}?完成[^,。;了]{{0,24}}{FILED}|(?:依法|及时)?(?:申领|领取|取得|换领)[^,。;了]{{0,16}}证"
    r"|(?:向[^,。;了]{2,16})?(?:提出[^,。;了]{0,6}申请|提交|报送|递交)(?!了))"
)
UNDER_TERM = re.compile(  # 申领时限:再生冶炼企业,于10月31日前…: what of an announcement a story passes on
    r"(?:^|[\d一二三四五六七八九十][、.)])[^,。;:\n\d]{0,8}(?:时限|期限|时间)(?:安排|要求|节点)?:"
)
APPLIED_FOR = re.compile(  # 前 mistyped for one that sounds alike too; 核发 by a day is the office's act
    r"(?:之?前|以前|底前|[铅钱](?=完成)),?(?:全部|依法|及时|按时)*完成(?![^,。;]{0,24}(?:核发|发证|审批))"
    r"[^,。;了已]{0,24}(?:申请|申报|申领|填报|登记|变更|延续|换证)(?:工作|手续|任务)?(?:[,。;]|$)"
)
DAY_LEADS = re.compile(r"(?:^|[,:;])$")  # 某局要求,10月15日前,这些排污单位应…完成…申报工作
FIRMS_FILE = re.compile(
    rf"(?:之?前|以前|底前),(?:[^,。;:将已了]{{0,24}}){FIRMS}(?:都|均)?{MUST}"
    rf"(?:[^。;将已了]{{0,80}}完成[^,。;已了]{{0,24}}{FILED}|[^,。;将已了]{{0,20}}(?:提交|申领|填报|报送|办理)[^,。;已了]{{1,30}})"
)
OFFICES_SEND = re.compile(  # 9月11日前,各省级财政部门会同…部门将申报文件,联合报送财政部
    r"(?:之?前|以前|底前),?由?(?:各|有关|相关)[^。;已了将]{2,60}?[把将]"
    r"(?!会|要|全|陆续|继续|完成|组织|进一步|对|于|在|按|通过)[^。;已了]{2,30}?(?:联合|统一|一并)?"
    r"(?:报送?|送|提交|寄送)(?:至|到|给)?[^,。;已了]{2,12}(?:厅|局|委|部|办|中心)"
)
ENTRIES = re.compile(  # 讲解视频需在7月11日前发送到指定邮箱: what a contest takes, in a story of it
    r"(?:参赛|参评|报名|申报|申请|应征|征集|投稿)(?:作品|材料|资料|表格?|书|视频|稿件|方案|信息)(?:[^,。;]{0,6})?(?:必须|[需须应请要])当?(?:统一)?[于在]$"
    r"|(?:视频|作品|稿件|征文|报名表|申报书|申请表|申请书)(?:等|均|都)?(?:必须|[需须应请要])当?(?:统一)?[于在]$"
)
SENT_IN = re.compile(
    r"(?:之?前|以前|底前),?[^,。;已了]{0,6}(?:发送?|寄送?|提交|报送|递交|上传|投递)(?:[至到往给]|[^,。;]{0,12}(?:邮箱|平台|系统|网站|组委会))"
)
ASKED_WITHIN = re.compile(  # 请各单位在规定时间内(1月11日-2月6日)提交网络申请
    r"(?<!申)请(?!示)[^。;]{0,24}[于在](?:(?:规定|下列|以下|上述|此|开放|申报|受理|报名)(?:的)?(?:时间|期限|时段)(?:段|范围)?内?[(])?$"
)
DONE_WITHIN = re.compile(
    r"(?:期间|之间|内|止)?\)?(?:期间|之?内)?,?[^。;,]{0,16}(?:提交|递交|申报|报名|填报|报送|提出[^,。;]{0,6}申请)(?!的)"
)
FILES = re.compile(r"(?:申领|申请|办理|换领)[^。;]{0,16}证|(?:申报|登记|备案|年报|注册)(?!的)")
UNDER_TIMES = re.compile(  # the heading 二、申报时限 of rules that a 公告 puts in force
    r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]*)(?:[^,。;:\n]{0,6})?(?:申报|申请|填报|报送|上报|受理|提交)(?:材料|资料)?的?"
    r"(?:时限|时间|期限|日期)(?:要求|安排)?:?\n?$"
)
THEY_REPORT = re.compile(  # 8月20日前,各市完成…审核工作,并将《申请报告》和书面审核意见上报
    r"(?:之?前|以前|底前),?(?:请)?(?:各|申报|申请|有关|相关|符合)[^。;]{2,160}(?:上报|报送|提交|递交|寄送|报(?:我|省|市|至))"
)
EACH_YEAR = re.compile(r"每年|每年度|次年|逐年|上年度")
REPORTS_UP = re.compile(  # 于3月20日前将工作联系人报市工信局
    r"[^。;]{0,60}(?:报送?|提交|寄送|反馈)(?:至|到|给)?[市省区县州][^,。;]{0,12}(?:局|厅|委|办|中心|办公室)"
)


def _names_year(dated: DateInSentence) -> bool:
    """Whether a rule speaks of one year, and not of each."""
    return (dated.mention.year or 0) >= FIRST_YEAR


def _is_once(dated: DateInSentence) -> bool:
    """Whether a page speaks of no year but its own, so that what it asks for does not come again."""
    return EACH_YEAR.search(dated.sentence.page.clean) is None


def _is_term(dated: DateInSentence) -> bool:
    """Whether the words before a date, on its line and since its last stop, begin by a label: 申领时限:…;…"""
    said = dated.sentence.page.clean[max(0, dated.start - WITHIN_TERM) : dated.start]
    return bool(UNDER_TERM.search(re.split(r"[。\n]", said)[-1]))


def _shuts(dated: DateInSentence) -> bool:
    """Whether papers are due and the next sentence, at the latest, says that late ones are not taken."""
    return bool(SHUT_AFTER.match(dated.sentence.page.clean, dated.mention.end)) and hands_in(dated)


def _is_filed(dated: DateInSentence) -> bool:
    """Whether what the sentence tells of is filed with an office: permits, registers."""
    return bool(FILES.search(dated.before))


@dataclass(frozen=True, slots=True)
class Asking:
    """A way in which notices of `kind` ask for something: what stands before a date and right behind it.

    `label` may stand in the heading where nothing is before the date. What is None need not stand there.
    """

    name: str
    kind: Kind
    stands: Stands
    label: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    also: Callable[[DateInSentence], bool] | None = None

    def fits(self, dated: DateInSentence) -> bool:
        """Whether something is so asked for by this date."""
        return (
            (self.label is None or bool(self.label.search(dated.before or dated.sentence.heading)))
            and (self.before is None or bool(self.before.search(dated.before)))
            and (self.after is None or bool(self.after.match(dated.after)))
            and (self.also is None or self.also(dated))
        )


ASKINGS = (
    Asking("open times", Kind.POLICY, "span", label=OPEN_TIMES),
    Asking("applies in a year", Kind.POLICY, "closing", before=APPLIES, after=PUTS_IN, also=_names_year),
    Asking("reports up", Kind.POLICY, "closing", after=REPORTS_UP),
    Asking("under times", Kind.POLICY, "closing", label=UNDER_TIMES, after=THEY_REPORT, also=_is_once),
    Asking("asked within", Kind.POLICY, "span", before=ASKED_WITHIN, after=DONE_WITHIN),
    Asking("open times told", Kind.NEWS, "span", label=OPEN_TIMES),
    Asking("asked within, told", Kind.NEWS, "span", before=ASKED_WITHIN, after=DONE_WITHIN),
    Asking("collects", Kind.NEWS, "span", after=COLLECTS),
    Asking("shown in", Kind.NEWS, "span", before=SHOWN_IN),
    Asking("urged", Kind.NEWS, "closing", before=URGED),
    Asking("applicants hand in", Kind.NEWS, "closing", before=APPLICANTS, after=HANDS_IN),
    Asking("applicants get done", Kind.NEWS, "bare", before=APPLICANTS, after=TO_BE_DONE),
    Asking("opinions told of", Kind.NEWS, "closing", before=OPINIONS_TOLD, after=ANSWERS),
    Asking("readers may speak", Kind.NEWS, "closing", after=READERS_SPEAK),
    Asking("readers may speak by", Kind.NEWS, "closing", before=SPOKEN_BY, after=SPEAKS),
    Asking("objections told of", Kind.NEWS, "closing", before=OBJECTED_BY, after=OBJECTS),
    Asking("entries are sent in", Kind.NEWS, "closing", before=ENTRIES, after=SENT_IN),
    Asking("duty told of", Kind.NEWS, "closing", before=BOUND, after=DUTY_DONE, also=_is_filed),
    Asking("firms must file by then", Kind.NEWS, "closing", before=FIRM_STANDS, after=MUST_FILE),
    Asking("firms must get filed", Kind.NEWS, "closing", before=FIRM_MUST, after=GETS_FILED),
    Asking("term of firms", Kind.NEWS, "closing", before=FIRM_STANDS, after=APPLIED_FOR, also=_is_term),
    Asking("by then firms file", Kind.NEWS, "closing", before=DAY_LEADS, after=FIRMS_FILE),
    Asking("by then offices send", Kind.NEWS, "closing", before=DAY_LEADS, after=OFFICES_SEND),
    Asking("call told of", Kind.NEWS, "closing", before=CALL_TOLD, after=PAPERS_IN),
    Asking("call begins with its day", Kind.NEWS, "closing", before=CALL_OPENS, after=THEIR_PAPERS),
    Asking("task told of", Kind.NEWS, "closing", before=TASK_TOLD, after=FILLED_IN),
    Asking("papers to an office", Kind.NEWS, "closing", before=CHOSEN, after=TO_AN_OFFICE),
    Asking("gathered from below", Kind.NEWS, "closing", before=OF_PROJECTS, after=GATHERED),
    Asking("offices below hand in", Kind.NEWS, "closing", before=OFFICES_BELOW, after=BELOW_HAND_IN),
    Asking("who applies gains", Kind.NEWS, "closing", before=WHO_APPLY, after=GAINS),
    Asking("who may apply", Kind.NEWS, "closing", before=WHO_APPLY, after=MAY_APPLY),
    Asking("call and its day told", Kind.NEWS, "closing", before=CALL_AND_WAY, after=PAPERS_TO_OFFICE),
    Asking("who may enter", Kind.NEWS, "closing", before=MAY_ENTER, after=ENTERED),
    Asking("step of a procedure told", Kind.NEWS, "closing", before=STEP_TOLD, after=HANDED_IN_STEP),
    Asking("shuts the door", Kind.NEWS, "closing", also=_shuts),
)


def asks_all_the_same(dated: DateInSentence, kind: Kind) -> bool:
    """Whether a quiet notice asks for something by this date: a span called 填报时间, a story that urges."""
    bare: Stands = "closing" if cues().closing.match(dated.after) else "bare"
    stands = "span" if dated.since else bare
    return any(ask.fits(dated) for ask in ASKINGS if ask.kind is kind and ask.stands == stands)
