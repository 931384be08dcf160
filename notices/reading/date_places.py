"""What the place of a date on its page says of it: in a list of conditions, alone at the head."""

import re

from notices.reading.sentences import ITEM, DateInSentence

CONDITIONS = re.compile(  # a part whose items say what must be so, not what to do
    r"^(?!.*(?:时间|程序|方式|流程|材料|步骤)).*(?:条件|资格)(?:\([^()]*\))?:?$"
)
REQUEST = re.compile(r"(?:请|欢迎|敬请|望|您)[^。;]{0,40}$")
BULLET = re.compile(r"[·•*|\- ]{0,3}")
HEAD = 240  # characters at the head of a page in which a portal shows a call's days


def is_condition(dated: DateInSentence) -> bool:
    """Whether the date stands in an item of a list of conditions, which asks for nothing."""
    sentence = dated.sentence
    listed = CONDITIONS.match(sentence.part) and ITEM.match(sentence.text)
    return bool(listed) and not REQUEST.search(dated.before)


def heads_page(dated: DateInSentence) -> bool:
    """Whether a span stands alone in a line at the head of a page, as portals show when a call is open."""
    whole = dated.mention.year and dated.since and dated.since.year
    alone = BULLET.fullmatch(dated.before) and not dated.after.strip()
    return bool(whole and alone and dated.sentence.start < HEAD)
