"""Everything that can go wrong with a source or a page, and the Chinese words staff read about it."""

from datetime import datetime
from enum import StrEnum

from config.clock import SHANGHAI


class Why(StrEnum):
    """What failed. The first group is met while fetching, the second in what was fetched."""

    BAD_URL = "bad_url"
    REFUSED_ADDRESS = "refused_address"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    TIMEOUT = "timeout"
    BROKEN_ANSWER = "broken_answer"
    BAD_REDIRECT = "bad_redirect"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    DOWNGRADE = "downgrade"
    TOO_BIG = "too_big"
    BOMB = "bomb"
    STATUS = "status"
    GONE = "gone"
    REFUSED = "refused"
    CHALLENGE = "challenge"
    THROTTLED = "throttled"
    BAD_PORT = "bad_port"
    MOVED_AWAY = "moved_away"
    CHANGED_CERTIFICATE = "changed_certificate"
    NO_PIN = "no_pin"
    ROBOTS = "robots"

    WRONG_TYPE = "wrong_type"
    HTML_INSTEAD = "html_instead"
    LOGIN = "login"
    MAINTENANCE = "maintenance"
    BROKEN_FEED = "broken_feed"
    CONTAINER_GONE = "container_gone"
    NO_ITEMS = "no_items"
    NO_BODY = "no_body"
    BAD_RECIPE = "bad_recipe"
    TOO_SLOW = "too_slow"
    OUR_FAULT = "our_fault"


WORDS: dict[Why, str] = {
    Why.BAD_URL: "地址不能用，只接受 http:// 或 https:// 开头的完整地址",
    Why.REFUSED_ADDRESS: "域名指向内网或本机地址，为安全起见没有连接；确需访问时由运维设置 INTAKE_ALLOW_NETS",
    Why.UNREACHABLE: "连不上网站（域名解析失败、端口不通或连接被拒）",
    Why.TLS: "HTTPS 证书或加密协议有问题",
    Why.TIMEOUT: "网站在限定时间内没有答完",
    Why.BROKEN_ANSWER: "网站的应答残缺或不合 HTTP 规定",
    Why.BAD_REDIRECT: "网站跳转到了不能用的地址",
    Why.TOO_MANY_REDIRECTS: "网站跳转次数过多",
    Why.DOWNGRADE: "网站从 https 跳转到 http，没有跟随",
    Why.TOO_BIG: "页面超过大小上限，没有读完",
    Why.BOMB: "压缩比异常（疑似压缩炸弹），没有读完",
    Why.STATUS: "网站应答出错",
    Why.GONE: "页面不存在，栏目可能已搬家，请核对地址",
    Why.CHALLENGE: "网站要求浏览器验证（防爬），本系统不绕过；可改用上级部门列表或人工录入",
    Why.REFUSED: "网站拒绝访问",
    Why.THROTTLED: "网站要求稍后再来，或者另一次轮询正在访问它",
    Why.BAD_PORT: "只访问 80、443 和运维放行的端口，没有连接；确需访问时由运维设置 INTAKE_ALLOW_PORTS",
    Why.MOVED_AWAY: "网站说已永久搬到另一个域名，没有跟随，请核对新地址",
    Why.CHANGED_CERTIFICATE: "网站证书与登记的指纹不符，没有连接，请核对后登记新指纹",
    Why.NO_PIN: "用旧式 HTTPS 的来源要先登记证书指纹",
    Why.ROBOTS: "网站的 robots.txt 不许访问这个地址；确需访问时请与网站联系，并在来源上写明理由",
    Why.WRONG_TYPE: "返回的内容不是应有的类型",
    Why.HTML_INSTEAD: "应是订阅源或数据，返回的是网页",
    Why.LOGIN: "网站要求登录才能看这个列表",
    Why.MAINTENANCE: "网站正在维护或升级",
    Why.BROKEN_FEED: "订阅源格式有误，一条也读不出来",
    Why.CONTAINER_GONE: "页面打开了，但找不到列表，网站可能已改版，请检查取法",
    Why.NO_ITEMS: "列表还在，但一条也没有",
    Why.NO_BODY: "页面打开了，但找不到正文",
    Why.BAD_RECIPE: "取法写得不对，请修改来源的“取法”",
    Why.TOO_SLOW: "页面过于庞杂，限定的计算时间内没有读完",
    Why.OUR_FAULT: "程序处理出错，已记入日志，请报告技术人员",
}


NAMES: dict[Why, str] = {
    Why.BAD_URL: "地址不能用",
    Why.REFUSED_ADDRESS: "指向内网地址",
    Why.UNREACHABLE: "连不上",
    Why.TLS: "HTTPS 有问题",
    Why.TIMEOUT: "超时",
    Why.BROKEN_ANSWER: "应答残缺",
    Why.BAD_REDIRECT: "跳转有误",
    Why.TOO_MANY_REDIRECTS: "跳转过多",
    Why.DOWNGRADE: "跳转到不加密的地址",
    Why.TOO_BIG: "页面过大",
    Why.BOMB: "压缩异常",
    Why.STATUS: "网站出错",
    Why.GONE: "页面不存在",
    Why.REFUSED: "网站拒绝访问",
    Why.CHALLENGE: "要求浏览器验证",
    Why.THROTTLED: "网站要求稍后再来",
    Why.BAD_PORT: "端口不能用",
    Why.MOVED_AWAY: "搬到另一个域名",
    Why.CHANGED_CERTIFICATE: "证书变了",
    Why.NO_PIN: "未登记证书指纹",
    Why.ROBOTS: "robots.txt 不许访问",
    Why.WRONG_TYPE: "内容类型不对",
    Why.HTML_INSTEAD: "应是数据，返回网页",
    Why.LOGIN: "要求登录",
    Why.MAINTENANCE: "网站维护",
    Why.BROKEN_FEED: "订阅源格式有误",
    Why.CONTAINER_GONE: "找不到列表",
    Why.NO_ITEMS: "列表是空的",
    Why.NO_BODY: "找不到正文",
    Why.BAD_RECIPE: "取法有误",
    Why.TOO_SLOW: "页面过于庞杂",
    Why.OUR_FAULT: "程序出错",
}
"""Each in a few characters, for tables."""


def explain(why: Why, detail: str = "") -> str:
    """What failed, in one Chinese sentence without its full stop; `detail` is added in brackets."""
    return f"{WORDS[why]}（{detail}）" if detail else WORDS[why]


def _clock(moment: datetime) -> str:
    local = moment.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def source_trouble(why: Why, detail: str, failures: int, next_at: datetime) -> str:
    """What failed and what happens next, for the source's page."""
    times = f"连续第 {failures} 次；" if failures > 1 else ""
    return f"{explain(why, detail)}。{times}{_clock(next_at)} 后自动再试，不会停用。"


def item_trouble(
    why: Why, detail: str, attempts: int, next_at: datetime | None, *, told_by_feed: bool = False
) -> str:
    """What failed on a detail page; without `next_at` no attempt is left and what the list said was kept."""
    if next_at is None:
        failed = f"正文取了 {attempts} 次都没有成功：{explain(why, detail)}。"
        kept = "订阅源所附文字" if told_by_feed else "列表标题"
        return f"{failed}已先按{kept}建立通知，请人工看原文。"
    return f"正文第 {attempts} 次没有取到：{explain(why, detail)}。{_clock(next_at)} 后再试。"
