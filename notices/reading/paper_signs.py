"""Signs that a text is a paper, whatever its headline: who signed, whom it is for, its numbered parts."""

import re

from notices.reading.page import Page

ENDED = re.compile(r"[局厅委部会室]\n20\d\d年\d{1,2}月\d{1,2}日(?:\n|$)")  # its office and its day
SIGNED = re.compile(rf"{ENDED.pattern}|公示期[^。;]{{0,40}}。[^。]{{0,60}}异议|异议[^。]{{0,40}}公示期")
LETTER = re.compile(  # the head of a paper that a page gives below its own: its number and whom it is for
    r"[^\n]{1,14}[〔\[(]20\d\d[〕\])]\d{1,4}号\n[^。\n]{0,8}(?:各|有关|相关)[^。\n]{2,160}:\n"
)
ITSELF = re.compile(  # how the paper itself speaks, or a page that gives it whole
    r"现(?:予|将|印发|发布|公布)|(?:遵照|贯彻|认真|结合实际.{0,6})执行|第一[条章]|(?:^|\n)一、|通知(?:原文|全文|如下)|各[^。\n]{2,80}:\n|(?:^|\n)前言\n"
)
ARRANGES = re.compile(r"(?:安排|通知|事项|要求|公告)如下:")
PARTS = re.compile(  # what only a call has: whom it is for and its numbered parts
    r"^(?:[^。\n]{0,80}\n){0,4}?各[^。\n]{2,120}:\n[^\n]*\n?[\s\S]{0,200}?\n?一、"
)
HEADINGS = (  # of what is asked, one and, anywhere behind it, another
    # 一、申报项目: … 三、申报时间: what a story of an opening gives only where it stands for the call
    (
        re.compile(
            r"(?:^|[\n。])[一二][、.](?:支持|申报|资助|扶持|奖励|奖补|补助|补贴|贴息|征集|推荐|评选|受理|申请)"
            r"(?:项目|对象|范围|条件|主体|内容|要求)[:\n ]"
        ),
        re.compile(
            r"[\n。][二三四五六七八][、.](?:支持|申报|资助|扶持|征集|推荐|评选|受理|申请|报名|组织|办理|审核)(?:和评选|与评审)?"
            r"(?:时间|期限|程序|流程|步骤|材料|方式|范围|标准|条件)[^\n。:]{0,12}[:\n ]"
        ),
    ),
    (
        re.compile(r"(?:^|\n)(?:[一二三四五六][、.])?申报条件[:]?(?=\n)"),
        re.compile(r"\n(?:[一二三四五六][、.])?申报(?:时间|流程|程序|材料|方式)[:]?\n"),
    ),
    (  # of people's views: 一、征集内容: … 三、活动时间
        re.compile(
            r"(?:^|\n)[一二][、.](?:征集|征求|活动|建言)?(?:意见|建议|的)?(?:内容|主题|对象|范围|重点)[:\n ]"
        ),
        re.compile(
            r"\n[二三四五六][、.](?:征集|征求|活动|建言|参与|提交|反馈)(?:意见|建议|的)?(?:起止)?(?:时间|期限|方式|途径|办法|日期)"
            r"[:\n ]"
        ),
    ),
)


def is_signed(body: Page) -> bool:
    """Whether the text ends as an office's paper does: names and a day, or says whom objections go to."""
    return bool(SIGNED.search(body.clean))


def has_letter(body: Page) -> bool:
    """Whether the text gives a paper with its number and whom it is for."""
    return bool(LETTER.search(body.clean))


def is_itself(body: Page) -> bool:
    """Whether the text speaks as a paper does, and not of one."""
    return bool(ITSELF.search(body.clean)) or is_signed(body)


def is_own_paper(body: Page) -> bool:
    """Whether an office's name and day end it, or it says what it does now; stories tell of objections."""
    return bool(ENDED.search(body.clean) or ITSELF.search(body.clean))


def is_call(body: Page) -> bool:
    """Whether the text is a paper that asks: signed, in parts, or one that arranges."""
    return bool(
        is_signed(body)
        or has_letter(body)
        or ARRANGES.search(body.clean)
        or PARTS.search(body.clean)
        or has_headings(body)
    )


def has_headings(body: Page) -> bool:
    """Whether the text has, one behind the other, headings that only a call has."""
    return any(_in_turn(body.clean, *headings) for headings in HEADINGS)


def _in_turn(text: str, first: re.Pattern[str], then: re.Pattern[str]) -> bool:
    begun = first.search(text)
    return bool(begun and then.search(text, begun.end()))
