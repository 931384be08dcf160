"""The day from which a page counts that passes on what an office showed before: 6月21日,省厅官网公示…名单."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from notices.reading.sentences import Sentence, dates_in

FIRST_WORDS = 4  # sentences in which a page tells what it passes on
SHOWN_SO_LONG = timedelta(days=30)
BEGINS = re.compile(r"(?:^|[,:)讯电])$")
OFFICE_SHOWED = re.compile(
    r",?[^,。;]{0,24}(?:厅|局|部|委|委员会|办|办公室|中心|政府|管委会)(?:在)?(?:其)?"
    r"(?:官方网站|官网|门户网站|网站|微信公众号)?上?(?:发布|公示|公布|公告)(?!会|之日|期|后)"
)


def shown_on(told: Sequence[Sentence], published: date | None) -> date | None:
    """The day on which an office showed the paper that the page passes on; None where none is told."""
    for sentence in told[:FIRST_WORDS]:
        for dated in dates_in(sentence):
            day = dated.mention.near(published) if published and dated.mention.part == "day" else None
            told_so = BEGINS.search(dated.before) and OFFICE_SHOWED.match(dated.after)
            if day and published and told_so and timedelta(0) <= published - day <= SHOWN_SO_LONG:
                return day
    return None
