"""What copies do to dates, for the property tests: signs are lost, or blanks stand in their places."""

import re
from collections.abc import Callable
from datetime import date

Damage = Callable[[date], str]

# Of a day whose year is written.
OF_WHOLE_DATES: dict[str, Damage] = {
    "month's sign": lambda d: f"{d.year}年{d.month}{d.day}日",
    "year's and month's": lambda d: f"{d.year}{d.month}{d.day}日",
    "all": lambda d: f"{d.year}{d.month}{d.day}",
    "year's": lambda d: f"{d.year}{d.month}月{d.day}日",
    "day's": lambda d: f"{d.year}年{d.month}月{d.day}",
    "month's and day's": lambda d: f"{d.year}年{d.month}{d.day}",
    "blanks": lambda d: f"{d.year} {d.month} {d.day}日",
    "only blanks": lambda d: f"{d.year} {d.month} {d.day} ",
}
# Of a day whose year is not.
OF_BARE_DATES: dict[str, Damage] = {
    "bare month's sign": lambda d: f"{d.month}{d.day}日",
    "bare both": lambda d: f"{d.month}{d.day}",
    "bare day's": lambda d: f"{d.month}月{d.day}",
    "bare blank": lambda d: f"{d.month} {d.day}日",
    "bare blanks": lambda d: f"{d.month} {d.day} ",
}
DAMAGES = OF_WHOLE_DATES | OF_BARE_DATES

_SOME_DAY = re.compile(r"(?:[12]\d|3[01])(?:日|$)")  # 3月1日 that became 31日 is a day of any month


def damaged(damage: str, day: date) -> str | None:
    """The day as such a copy has it; None where it became another way to write a day."""
    written = DAMAGES[damage](day)
    return None if _SOME_DAY.fullmatch(written) else written


# Numbers that look like damaged dates and are none.
NUMBERS = (
    "桂工信园区〔{0.year}{1}",
    "{0.year}{1}号文件",
    "根据〔{0.year}{0.month}{0.day}号文",
    "联系电话：{0.year}{0.month}{0.day}",
    "联系电话：{0.year}{0.month}{0.day}-{1}",
    "传真：{0.month}{0.day}{0.year}",
    "补助{0.month}{0.day}元",
    "共{0.month}{0.day}家企业",
    "投资{0.year}{0.month}{0.day}万元",
    "办公室{0.month}{0.day}室",
    "高新大道{0.year}{0.month}{0.day}号",
    "邮编{0.year}{0.month}",
    "用时{1}日",
    "执行标准GB/T {0.year}{0.month}-{0.year}",
)
