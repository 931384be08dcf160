"""The last guess at a place: the one that a text names alone, and whose telephones or counter it gives."""

import re

from notices.lexicon.area_codes import place_of_phones
from notices.lexicon.normal import HAN
from notices.lexicon.places import leading_place
from notices.reading.layout import Layout
from notices.reading.own_words import OUR_OWN, PARTS
from notices.reading.spoken_places import only_place
from notices.reading.values import Evidence, Placed

COUNTER = re.compile(  # 向深圳市行政服务大厅提交: where a place's offices take papers
    rf"[向到至在往](?P<name>[{HAN}]{{2,10}}?[市区县州盟旗])"
    r"(?:行政|政务|政府|市民|企业|公共|便民|综合){1,2}(?:审批)?服务(?:中心|大厅)"
)


def agreed_place(layout: Layout) -> Placed | None:
    """Such a place, or one below it: where the text calls a place its own or addresses the parts of one.

    An association names its city and gives its telephone too, but speaks for no place.
    """
    spoken = only_place(layout)
    proof = _speaks_for_place(layout) if spoken is not None else None
    if spoken is None or proof is None or place_of_phones(layout.page.clean) != spoken:
        return None
    return spoken, proof, "地区由正文所述之地与电话区号推知，或在其下"


def _speaks_for_place(layout: Layout) -> Evidence | None:
    """我市, or 各县区工信局 in the salutation."""
    ours, line = OUR_OWN.search(layout.page.clean), layout.salutation
    if ours:
        return layout.page.evidence(*ours.span())
    return layout.page.evidence(line.start, line.end) if line and PARTS.search(line.text) else None


def counter_place(layout: Layout) -> Placed | None:
    """The one place that a text names, where its offices' counter takes the papers."""
    counter = COUNTER.search(layout.page.clean)
    place = leading_place(counter["name"]) if counter else None
    if counter is None or place is None or place.end < len(counter["name"]):
        return None
    proof = layout.page.evidence(*counter.span("name"))
    agreed = only_place(layout) == place.region
    return (place.region, proof, "地区由收件窗口推知") if agreed else None
