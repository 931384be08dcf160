"""The paper that a page gives whole below a headline and words of its own."""

import re

from notices.lexicon.kinds import Kind
from notices.lexicon.normal import HAN
from notices.reading.asked_by_body import BY_BODY
from notices.reading.page import Page
from notices.reading.title_rules import first_rule, without_office
from notices.reading.values import Found

WHOLE = re.compile(  # where a story is followed by the paper that it tells of
    r"(?:附:?)?(?:通知|公告|通告|公示|文件)?(?:原文|全文)(?:如下)?:?\n|(?:详情|详细内容|具体内容|内容)如下:\n?|以下(?:为|是)(?:通知|公告|文件|公示)?(?:正文|原文|全文):?\n?"
)
ITS_TITLE = re.compile(
    r"(?P<title>[^。;:]{4,120}?的(?:预?通知|公告|通告|公示|函))(?:\n|$|(?=[^。;:\n]{0,14}[〔\[(]20\d\d[〕\])]\d))"
)
SET_OUT = re.compile(  # 七条措施!… above the paper itself: its title a line of its own, what it is made for
    r"\n(?P<title>关于[^。;:,\n]{4,60}(?:措施|办法|意见|方案|规定|细则|计划|政策)(?:\([^()\n]{1,12}\))?)\n"
    r"[^\n]{0,200}(?:制定|提出|出台)(?:以下|如下|本)"
)
LETTER = re.compile(  # below a headline and a lead: the paper's title, and whom it is for
    r"\n[^。;:\n]{0,60}?(?P<title>关于[^。;:\n]{4,100}的(?:预?通知|公告|通告|函))\n(?:[^。\n]{2,24}号\n)?"
    r"(?:各|有关|相关)[^。\n]{2,100}:\n"
)
OFFICES = re.compile(  # 全市划定禁燃区! above a line 深圳市生态环境局关于公开征求…意见的通告
    rf"(?:^|\n)(?P<title>[{HAN}]{{2,24}}(?:局|厅|委员会|委|部|政府|办公室|管委会)"
    r"关于[^。;:,\n]{4,100}的(?:预?通知|公告|通告|公示))"
    r"(?:\([^()\n]{1,12}\))?\n(?=[^\n]{20})"
)
TOP = 260  # characters in which the title of a paper stands below a headline
HEAD = 500  # characters in which a page begins


def paper_below(body: Page) -> Found[Kind] | None:
    """The kind, by its title, of the paper that the page gives; None where it gives none."""
    marked = WHOLE.search(body.clean)
    named = ITS_TITLE.match(body.clean, marked.end()) if marked else None
    given = _of_paper(named, body) if named else None
    set_out = SET_OUT.search(body.clean, 0, HEAD) or LETTER.search(body.clean)
    set_out = set_out or OFFICES.search(body.clean, 0, TOP)
    return given or (_of_paper(set_out, body) if set_out else None)


def _of_paper(named: re.Match[str], body: Page) -> Found[Kind] | None:
    """The kind by the title of a paper in the text."""
    title = without_office(named["title"].replace("\n", ""))
    fits = first_rule(title, "document", len(body.clean))
    proof = body.evidence(*named.span("title"))
    return Found(fits[0].kind, proof, BY_BODY) if fits and not fits[0].soft else None
