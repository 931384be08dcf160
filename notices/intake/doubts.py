"""What is odd about a list that could be read all the same, and the Chinese words staff read about it."""

from enum import StrEnum


class Doubt(StrEnum):
    """The first three are seen on the page against what is usual; the others in what a poll brought."""

    UNDATED = "undated"
    COUNT_JUMP = "count_jump"
    FOREIGN_HOST = "foreign_host"

    MOVED = "moved"
    FLOOD = "flood"
    GAP = "gap"


WORDS: dict[Doubt, str] = {
    Doubt.UNDATED: "列表里许多条目读不出日期",
    Doubt.COUNT_JUMP: "列表的条数与往常相差很大",
    Doubt.FOREIGN_HOST: "列表的链接大多指向从前没有的域名",
    Doubt.MOVED: "网站说这个列表已永久搬到新地址",
    Doubt.FLOOD: "一次出现的新条目太多，已扣下，等人核对",
    Doubt.GAP: "停机期间的条目没有全部补到",
}

NAMES: dict[Doubt, str] = {
    Doubt.UNDATED: "读不出日期",
    Doubt.COUNT_JUMP: "条数突变",
    Doubt.FOREIGN_HOST: "链接换了域名",
    Doubt.MOVED: "已换地址",
    Doubt.FLOOD: "新条目过多",
    Doubt.GAP: "补读不全",
}
"""Each in a few characters, for tables."""
