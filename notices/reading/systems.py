"""The system in which something is handed in: its name and address, where the text says so for sure."""

import re
from collections.abc import Iterator

from notices.lexicon.normal import HAN
from notices.reading.layout import Layout
from notices.reading.page import Page
from notices.reading.values import ContactFound

URL = re.compile(
    r"(?:https?://[^\s\u3000-\u303f\uff00-\uffef" + HAN + r"\"'<>(){}|\\^`,;]+"
    r"|(?<![a-z0-9@./-])(?:www|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?=/|[^a-z0-9.@-]|$))"
    r"[^\s\u3000-\u303f\uff00-\uffef" + HAN + r"\"'<>(){}|\\^`,;@]*)"
)
DOMAIN = re.compile(
    r"^(?:https?://)?(?:[a-z0-9-]+\.)+(?:cn|com|net|org|gov|edu)(?::\d+)?(?:/|$)|^https?://\d"
)
FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|zip|rar|wps|ofd|et)$")
ENDS = r"系统|平台|政务服务网|办事大厅|服务网|门户|小程序|公众号|申报端"
NAME = rf"[{HAN}a-z0-9·\-+]{{2,30}}?(?:{ENDS})"
CALLED = rf"(?:[“\"《「](?P<quoted>[^”\"》」]{{2,40}})[”\"》」]|(?P<bare>{NAME}))"
LEAD = re.compile(
    rf"{CALLED}(?:[^。;“”\"]{{0,12}})?[(:,]{{0,2}}(?:网址|链接|地址|登录地址|入口|网站|域名)?(?:为|是)?[:]?[(<]?$"
)
LABEL = re.compile(
    r"(?:(?:网上|在线|网络)?(?:申报|填报|报名|登录|登陆|注册|受理|系统|平台)(?:系统|平台)?(?:网址|网站|地址|入口|链接))(?:为|是)?[:]?[(<]?$"
)
ENTERED = re.compile(
    rf"(?:登[录陆]|进入|通过|在|使用|访问|利用){CALLED}[^。;]{{0,24}}?(?:申报|填报|提交|上传|报送|注册|申请|填写|录入|报名|受理)"
)
VERB = re.compile(r"(?:登[录陆]|进入|通过|在|访问)[(<]?$")
HANDED_IN = re.compile(
    r"[)>]?(?:网站|系统|平台)?(?:在线|网上|进行)?(?:填报|填写|申报|申请|注册|提交|上传|报名|报送)"
)
PREFIX = re.compile(
    r"^.*(?:登[录陆]|进入|通过|访问|网址|网站|地址|请在|可在|在(?!线)|以(?!太)|到|至|向|从)(?=.{2})"
)
GENERAL = re.compile(
    r"(?:全国|国家|自治区|省|市|县|区|线上|申报|网上|管理|信息|相关|上述|该|本|此|电子|网络|在线|业务|报送|填报)*(?:系统|平台|门户|小程序|公众号)"
)
BACK = 60
MAY_BE = re.compile(rf"http|www|\.(?:cn|com|net|org)|{ENDS}")


def find_systems(paper: Layout) -> Iterator[ContactFound]:
    """Systems with their address; those without one only where something is handed in there."""
    page, named = paper.page, set()
    lines = [line for line in paper.body if MAY_BE.search(line.text)]
    for line in lines:
        for url in URL.finditer(line.text):
            found = _at(page, line.start, line.text, url)
            if found:
                named.add(found.whose)
                yield found
    for line in lines:
        for entered in ENTERED.finditer(line.text):
            name = _name(entered)
            if (
                name
                and not GENERAL.fullmatch(name)
                and not any(name in other or other in name for other in named if other)
            ):
                named.add(name)
                proof = page.evidence(line.start + entered.start(), line.start + entered.end())
                yield ContactFound("system", name, proof, name)


def _at(page: Page, start: int, text: str, url: re.Match[str]) -> ContactFound | None:
    """The system at an address, by the name or the label before it; None for any other address."""
    address = url[0].rstrip(".-")
    if not DOMAIN.match(address) or FILE.search(address):
        return None
    before = text[max(0, url.start() - BACK) : url.start()].rstrip(" ")
    lead, label = LEAD.search(before), LABEL.search(before)
    name = _name(lead) if lead else ""
    entered = VERB.search(before) if HANDED_IN.match(text, url.start() + len(address)) else None
    sign = (lead if name else None) or label or entered
    if sign is None:
        return None
    first = url.start() - len(before) + sign.start()
    proof = page.evidence(start + max(0, first), start + url.start() + len(address))
    spelt = proof.quote[-len(address) :] if proof.quote[-len(address) :].lower() == address else address
    return ContactFound("system", spelt, proof, name)


def _name(match: re.Match[str]) -> str:
    """The system's name without the verb that leads to it; empty where nothing is left that names one."""
    if match["quoted"]:
        return match["quoted"] if re.search(rf"(?:{ENDS})$", match["quoted"]) else ""
    name = PREFIX.sub("", match["bare"])
    return name if len(name) >= 4 else ""
