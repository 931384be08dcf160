"""What a body asks of its readers, or gives: opinions, objections, papers by a day."""

import re

from notices.lexicon.kinds import Kind
from notices.reading.page import Page
from notices.reading.rolling import find_rolling
from notices.reading.values import Found

BY_BODY = 0.7
ASKED = {
    Kind.EXTENSION: re.compile(
        r"(?:延长|延期|推迟|延迟|顺延|延后|调整|后移|挪|推后)(?:至|到|为)[:]?[^。;]{0,12}\d日"
        r"|现(?:将|决定|予以)?(?:延长|推迟|顺延|延后)[^。;\d]{2,40}?(?:期限?|时间|日期)(?:至|到)[^。;]{0,12}\d日"
        r"|(?:截止|申报|推荐|受理)[^。;]{0,20}(?:变更|更改|改|提前)(?:至|到|为)[:]?[^。;]{0,12}\d日"
        r"|(?:申报|受理|报名|推荐|报送|征集|提交|申请|截止)[^。;,]{0,6}(?:期|期限|时间|日期|时限)(?:予以|均|作)?"
        r"(?:延长|延期|顺延|推迟|延后),[^。;]{0,24}(?:截止|时间|期限|日期|期)[^。;,]{0,6}(?:为|至|到|:)[^。;,]{0,8}\d日"
    ),
    Kind.CONSULTATION: re.compile(
        r"(?:现|向社会|面向社会|公开)[^。;]{0,12}(?:公开)?征求[^。;]{0,20}意见"
        r"|(?:即日|现)起?[^。;]{0,40}?(?:征集|征求|听取)(?:社会各界|社会公众|广大[^,。;]{0,6}|公众|市民|群众)[^,。;]{0,12}(?:意见|建议)"
        r"|公开征集[^。;]{0,60}(?:意见|建议)|(?:征求意见稿|环评信息)[^。]{0,80}(?:公众|社会各界)[^。]{0,30}(?:意见|建议)"
    ),
    Kind.RESULT: re.compile(
        r"现(?:将[^。;]{2,60})?(?:予以?|进行|向社会)公示|现将[^。;]{0,20}拟[^。;]{2,60}公示[,。]|公[示告]期(?:限|间)?(?:为|:)|现将[^。;]{0,30}结果(?:予以|进行)?公示|拟(?:对|作出)[^。;]{2,80}(?:审批|审查|批复)(?:意见|决定)[^。]{0,60}(?:公告|公示|如下)"
        r"|等\d+[家个](?:企业|单位|机构|园区|项目)[^。,;]{0,12}(?:达到|符合|通过|入选)[^。]{0,60}特此(?:公告|通告|公布)"
    ),
    Kind.APPLICATION: re.compile(
        r"(?:于|在|请|务必|并)(?:(?!每[年季月])[^。;]){0,24}(?:\d日|月底|\d号)(?:\([^()]{1,12}\))?\s?(?:[上下]午|中午)?(?:\d{1,2}[:时点]\d{0,2}[分点]?)?(?:\([^()]{1,12}\))?(?:之?前|以前|下班(?:之?前)?)[^。;]{0,80}"
        r"(?:完成履约|清缴|缴纳|报送|提交|报我|报至|报市|报省|上报|[送交寄](?:至|到|给|往)?(?:我[局厅委]|本局|[市省区县州][^,。;]{0,8}[局厅委办处])|填报|填写|上传|申报|反馈|寄送|推荐|报名)|申报(?:截止|时间)[^。;]{0,10}\d|(?:报名|注册)(?:的?截止|时间|日期)[^。;]{0,16}\d{1,2}[月日]|\d日\d{0,2}[:时点]?\d{0,2}前[^。;]{0,30}(?:完成履约|清缴)"
        r"|\n(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]{1,2}、|[①-⑨])(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:之?前|以前)[^。;\n]{0,60}(?:上传|提交|报送|填报|上报|自评|申报)"
        r"|(?:^|[\n。;])(?:20\d\d年)?\d{1,2}月\d{1,2}[日号](?:\([^()\n]{1,12}\))?(?:[上下]午|中午)?(?:\d{1,2}[:时点]\d{0,2}[分点]?)?(?:之?前|以前),?"
        r"请?(?:各[^,。;\n]{1,20})?[将把][^。;\n]{2,60}(?:报送?|提交|寄送?|递交|送)(?:至|到|给)"
    ),
}
OPENED = re.compile(  # 2023年专项资金项目现开始申报: what a page that stands for the call says
    r"现(?:已|正式|面向[^。;\n]{2,20})?(?:开始|启动|开放|组织|受理)[^。;,\n]{0,16}(?:申报|受理|报名|征集|申请)"
    r"|现(?:开始|正式|予以)?(?:申报|受理|征集)[^。;\n]{0,8}[。,:]"
)
RECURS = re.compile(  # 于每月3日前将上月进展报送我局: a duty that comes again and again
    r"每(?:年|半年|季度?|月)[^,。;\n\d]{0,8}(?:\d{1,2}月)?\d{1,2}[日号](?:之?前|以前|下班前)[^。;\n]{0,80}"
    r"(?:报送|上报|填报|提交|反馈|报(?:我|本|市|省|州|县|区|自治区|至))"
)
PAPERS = re.compile(  # what is handed in where the door stands open
    r"(?:填报|填写|提交|报送|上报|提供|递交)[^。;\n]{0,60}(?:表|材料|书|报告|资料)|(?:材料|表|书|电子版)[^。;\n]{0,20}(?:报送?|交|寄|提交)(?:至|到|给)?(?:我|本|市|省|州|县|区)"
)
GIVES = re.compile(  # what a paper without a word for it in its title does: it tells who was found to be what
    r"(?:经[^。\n]{2,40})?[,](?:确定|认定|同意|评定)[^。\n]{2,60}(?:现(?:予以?|将)(?:公告|公布)|为)"
    r"|现(?:将|对)?[^。\n]{0,60}(?:名单|结果|企业|项目|单位)[^。\n]{0,12}(?:予以?|进行)?(?:公告|公布)|以下[^。\n]{2,12}(?:通过|获得|入选)"
    r"|(?:公布|公告|公示|发布)之日起(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:工作|自然)?[日天]内?[^。\n]{0,120}异议"
)


def asked_by_body(body: Page) -> Found[Kind] | None:
    """The kind by what the body asks for: opinions, objections, papers by a day."""
    found = (found_in(body, kind, pattern) for kind, pattern in ASKED.items())
    return next(filter(None, found), None)


def opened_by_body(body: Page) -> Found[Kind] | None:
    """A call that says no day by which to act: 现开始申报."""
    return found_in(body, Kind.APPLICATION, OPENED)


def asked_without_day(body: Page) -> Found[Kind] | None:
    """A call for papers each month, or at any time: what a paper about some work may be."""
    again = found_in(body, Kind.APPLICATION, RECURS)
    open_door = find_rolling(body) and found_in(body, Kind.APPLICATION, PAPERS)
    return again or open_door or None


def given_by_body(body: Page) -> Found[Kind] | None:
    """A result that is given without a word for it in its title: 经审核,确定…为…."""
    return found_in(body, Kind.RESULT, GIVES)


def found_in(body: Page, kind: Kind, pattern: re.Pattern[str]) -> Found[Kind] | None:
    """The kind that the body shows by these words, None where they do not stand there."""
    match = pattern.search(body.clean)
    return Found(kind, body.evidence(*match.span()), BY_BODY) if match else None
