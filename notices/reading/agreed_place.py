"""The last guess at a place: the one that a text names alone and that its telephones are of."""

from notices.lexicon.area_codes import place_of_phones
from notices.reading.layout import Layout
from notices.reading.own_words import OUR_OWN, PARTS, Placed
from notices.reading.spoken_places import only_place
from notices.reading.values import Evidence


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
