"""Dates as notices write them, for the property tests: forms render a day, frames ask for something by it."""

from collections.abc import Callable
from datetime import date

from notices.lexicon.lost_dates import parted

DIGITS = "〇一二三四五六七八九"
WEEKDAYS = "一二三四五六日"
Form = Callable[[date], str | None]


def chinese(number: int) -> str:
    """十五, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


def year(d: date, zero: str = "〇") -> str:
    """二〇一九, with one of the ways to write the zero."""
    return "".join(DIGITS[int(c)] for c in str(d.year)).replace("〇", zero)


def wide(text: str) -> str:
    """The text in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c != " " else c for c in text)


def lost(d: date) -> str | None:
    """2024821日, where it can be read in one way only."""
    digits = f"{d.month}{d.day}"
    return f"{d.year}{digits}日" if parted(digits, hours=False) == (d.month, d.day, None) else None


# Forms that name year, month and day.
FULL: dict[str, Form] = {
    "plain": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded": lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    "full width": lambda d: wide(f"{d.year}年{d.month}月{d.day}日"),
    "blanks": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "wide blanks": lambda d: f"{d.year}　年{d.month}　月 {d.day}　日",
    "numerals": lambda d: f"{year(d)}年{chinese(d.month)}月{chinese(d.day)}日",
    "circle": lambda d: f"{year(d, '○')}年{chinese(d.month)}月{chinese(d.day)}日",
    "letter o": lambda d: f"{year(d, 'O')}年{chinese(d.month)}月{chinese(d.day)}日",
    "hao": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "iso": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "wide dots": lambda d: wide(f"{d.year}.{d.month}.{d.day}"),
    "short year": lambda d: f"{d.year % 100}年{d.month}月{d.day}日",
    "weekday": lambda d: f"{d.year}年{d.month}月{d.day}日（星期{WEEKDAYS[d.weekday()]}）",
    "short weekday": lambda d: f"{d.year}年{d.month}月{d.day}日(周{WEEKDAYS[d.weekday()]})",
    "broken": lambda d: f"{d.year}年\n{d.month}月{d.day}日",
    "traditional": lambda d: f"{d.year}年{d.month}月{d.day}日",
}
# Forms whose year the context gives.
YEARLESS: dict[str, Form] = {
    "no year": lambda d: f"{d.month}月{d.day}日",
    "no year, padded": lambda d: f"{d.month:02}月{d.day:02}日",
    "no year, wide": lambda d: wide(f"{d.month}月{d.day}日"),
    "no year, blanks": lambda d: f"{d.month} 月 {d.day} 日",
    "no year, numerals": lambda d: f"{chinese(d.month)}月{chinese(d.day)}日",
    "no year, hao": lambda d: f"{d.month}月{d.day}号",
    "no year, weekday": lambda d: f"{d.month}月{d.day}日（周{WEEKDAYS[d.weekday()]}）",
}
# Forms that only stand right before 前.
BEFORE_QIAN: dict[str, Form] = {
    "lost": lost,
    "dotted": lambda d: f"{d.month}.{d.day}",
    "short and dotted": lambda d: f"{d.year % 100}.{d.month}.{d.day}" if d.year > 2009 else None,
}
# Clauses in which {} is the day by which something is due.
QIAN_FRAMES = (
    "请于{}前将申报材料报送我局。",
    "请各企业务必在{}前完成网上填报。",
    "各县（市、区）应于{}前，将推荐文件及汇总表报市工信局。",
    "纸质材料一式三份，{}前送至行政中心402室，逾期不予受理。",
    "请将申报书盖章扫描后于{}前发送至邮箱。",
    "申报单位须于{}之前提交全部材料。",
    "意见请于{}前反馈我局。",
)
LABEL_FRAMES = (
    "申报截止时间为{}。",
    "网上填报截止日期：{}",
    "（二）报名截止时间：{}。",
    "材料报送我局，时间不得晚于{}。",
    "申报受理时间：即日起至{}止。",
    "系统开放至{}。",
    "受理时间：自通知发布之日起至{}，逾期不再受理。",
)
