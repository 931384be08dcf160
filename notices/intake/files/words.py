"""What staff read about a file that was not, or not wholly, read."""

from collections.abc import Iterable

from notices.intake.files.papers import Flaw

WORDS: dict[Flaw, str] = {
    Flaw.SCAN: "扫描件，没有文字层，请人工看",
    Flaw.GARBLED: "字体没有编码表，文字读出来是乱码，请人工看",
    Flaw.ENCRYPTED: "加了密码，打不开",
    Flaw.BROKEN: "文件损坏或不完整",
    Flaw.UNSUPPORTED: "这种格式不能读出文字",
    Flaw.EMPTY: "文件里没有文字",
    Flaw.WEB_PAGE: "得到的是网页，不是文件",
    Flaw.CUT: "内容过多，只读了前面一部分",
    Flaw.MACROS: "带有宏，没有运行",
    Flaw.NESTED: "压缩包里还有压缩包，没有再展开",
    Flaw.BAD_NAME: "压缩包里有指向包外的路径，只列出文件名",
    Flaw.LINK: "压缩包里有指向别处的链接，没有打开",
    Flaw.BOMB: "展开后大得异常（疑似压缩炸弹），没有读完",
    Flaw.PACKED: "压缩包里有这台机器不能展开的压缩方式，只列出文件名",
    Flaw.TOO_SLOW: "在限定时间内没有读完，已中止",
    Flaw.TOO_HUNGRY: "读取所需内存超过限定，已中止",
    Flaw.CRASHED: "读取时出错或超出限定的内存，已中止，请人工看",
}


def explain(flaws: Iterable[Flaw]) -> str:
    """All of it, in one Chinese line; empty where nothing is amiss."""
    return "；".join(WORDS[flaw] for flaw in flaws)
