"""What stands around a notice and is not part of it: share links, counters, buttons, related lists."""

import re
from functools import lru_cache

from lxml import etree

from notices.intake.tree import Element, elements, text_of, xpath

TAGS = frozenset({
    "script", "style", "noscript", "iframe", "form", "button", "input", "select", "object", "embed",
    "nav", "svg", "template", "link", "meta",
})  # fmt: skip
NAMED = xpath("descendant::*[@class or @id or @style]")
MARKED = re.compile(
    r"(?:^|[\s_-])(?:bd)?(?:share\w*|fenxiang|breadcrumbs?|related\w*|xg(?:yd|wj|wd|xx)|prev-?next|pagination|"
    r"toolbar|e?wm|qrcode|sidebar|footer)(?:$|[\s_-])|bdshare",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A line of labels: 发布日期：2019-10-18 来源：某局 浏览次数：0 字号：[大 中 小]. All quantifiers that could
# share a character are possessive, so that no page can make the search slow.
BETWEEN = r"[\s|│·【】\[\]（）()]*+"
DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*+\d{1,2}:\d\d(?::\d\d)?)?"
NAME = (
    r"(?:(?:信息|文章|稿件)?来源|作者|(?:责任)?编辑|责编|发布(?:日期|时间|机构|单位|人)|更新(?:日期|时间)|"
    r"(?:浏览|阅读|访问|点击)(?:次数|人数|量|数)?|字[号体](?:大小)?|分享(?:到|至)?)\s*+[：:]"
)
CHOICES = r"[\[【(（][^\]】)）]{0,12}[\]】)）]"
LABEL = rf"{NAME}\s*+(?:{DATE}|{CHOICES}|(?:(?!{NAME})[^\s：:【|]){{0,30}}+)"
WORD = (
    r"打印(?:本页|此页|文章)?|关闭(?:本页|窗口)?|收藏(?:本页)?|返回(?:顶部|上一页|列表)?|纠错|"
    r"分享(?:到|至)?[\s微信博QQ空间人朋友圈]*+|字[号体]|扫一扫\S{0,20}|相关(?:阅读|文件|文章|新闻|报道)|"
    r"次|[大中小]"
)
WHOLE_LINE = (
    r"[上下]一[篇条]\s*+[：:].*|责任编辑\s*+[：:].*|(?:当前|您(?:现)?(?:在|所在)的?)位置\s*+[：:]?.*|"
    r"版权所有.*|.*ICP备\d+号.*"
)
INFO = rf"(?:(?:(?:时间|日期)[：:]\s*+)?{DATE}{BETWEEN})?(?:(?>{LABEL}|{WORD}){BETWEEN})++"
LINE = re.compile(rf"{BETWEEN}(?:{INFO}|(?:{WHOLE_LINE}){BETWEEN})")
LONGEST_LINE = 200  # characters; what is longer is said by people
MOST = 0.5  # a piece with more than this share of the text is the notice, whatever its class says


def strip_furniture(body: Element) -> None:
    """Remove what is not part of the notice from a body, in place."""
    etree.strip_elements(body, *TAGS, with_tail=False)
    whole = len(text_of(body))
    for element in elements(NAMED, body):
        if _is_marked(element) and len(text_of(element)) <= whole * MOST:
            drop(element)


def is_furniture(line: str) -> bool:
    """Whether a line of text says only such things."""
    return len(line) <= LONGEST_LINE and LINE.fullmatch(line) is not None


def _is_marked(element: Element) -> bool:
    names, style = f"{element.get('class', '')} {element.get('id', '')}", element.get("style")
    return _names_furniture(names) or (style is not None and HIDDEN.search(style) is not None)


@lru_cache(maxsize=2048)  # the pages of a site are made of a few names
def _names_furniture(names: str) -> bool:
    return MARKED.search(names) is not None


def drop(element: Element) -> None:
    """Remove an element but keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)
