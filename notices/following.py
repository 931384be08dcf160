"""Which earlier notice a follow-up changes: surely, or not at all (DESIGN 6.7)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from notices.lexicon import regions
from notices.lexicon.kinds import Kind
from notices.models import Notice, Reading
from notices.reading.follow_ups import How
from notices.reading.matters import how_titled, is_of, matter_of
from notices.reading.values import FollowUp

_NOT_WORD = re.compile(r"[\W_]+")
_OF_OFFICE = re.compile(r"(?<=[局厅委部])办公[厅室]$")
CALLS = (Kind.APPLICATION, Kind.CONSULTATION)
# How long after a call what changes it, or gives its results, may come; and how near both are close.
CHANGES = timedelta(0), timedelta(days=300)
RESULTS = timedelta(days=3), timedelta(days=540)
CLOSE = timedelta(days=120)
LOOKED_AT = 500  # of a place's newest notices


def earlier_notice(notice: Notice, row: Reading, follow_up: FollowUp | None) -> tuple[Notice, How] | None:
    """The one notice that 文号, quoted title or its own title names, and what becomes of it.

    Of a chain it is the first. A title counts only within the issuer's own source or region, since two
    cities may use the same one; a title of its own only for calls of the same offices.
    """
    known = Notice.objects.exclude(pk=notice.pk).filter(first_seen_at__lte=notice.first_seen_at)
    named = _named(notice, row, follow_up, known) if follow_up else []
    how = follow_up.how if follow_up else _how(notice.title, row.kind)
    if how is not None and not named:
        named = [*_of_matter(notice, row, how, follow_up.title if follow_up else "", known)]
    if how is None or len(named) != 1:
        return None
    return named[0].follows or named[0], how


def _named(notice: Notice, row: Reading, cited: FollowUp, known: QuerySet[Notice]) -> list[Notice]:
    """Those that bear the cited 文号, else the cited title, of the same place as the notice itself."""
    numbered = cited.doc_no and not cited.doc_no.startswith("〔")  # 〔2021〕1号 is of every office
    by_number = known.filter(reading__doc_no=cited.doc_no) if numbered else known.none()
    found = [one for one in by_number.select_related("reading")[:3] if _is_of_place(one, row)]
    return found or [one for one in _same_title(notice, cited.title, known) if _is_of_place(one, row)]


def _same_title(notice: Notice, title: str, known: QuerySet[Notice]) -> list[Notice]:
    wanted = plain_title(title)
    return [one for one in _nearby(notice, known) if wanted and plain_title(one.title) == wanted]


def _nearby(notice: Notice, known: QuerySet[Notice]) -> QuerySet[Notice]:
    near = known.filter(Q(source=notice.source) | Q(source__region=notice.source.region))
    return near.select_related("reading").order_by("-first_seen_at")[:LOOKED_AT]


def follows_as_before(notice: Notice, row: Reading) -> bool:
    """Whether a notice that cites none changes what it was found to change when it was read before."""
    link = earlier_notice(notice, row, None)
    return (link[0].pk if link else None) == notice.follows_id


def _how(title: str, kind: str) -> How | None:
    """What a notice that cites none does to an earlier one, by its title and kind."""
    if kind == Kind.RESULT:
        return "results"
    return None if kind in (Kind.NEWS, Kind.POLICY) else how_titled(title, calls=kind == Kind.APPLICATION)


def _of_matter(
    notice: Notice, row: Reading, how: How, cited: str, known: QuerySet[Notice]
) -> Iterator[Notice]:
    """The calls of the same offices, shortly before, that are of one matter with what is cited or titled."""
    places = _own_names(row)
    wanted = matter_of(cited or notice.title, how, places)
    soonest, latest = RESULTS if how == "results" else CHANGES
    calls = known.filter(reading__kind__in=CALLS)
    for call in _nearby(notice, calls):
        gap = _day(notice) - _day(call)
        if not soonest <= gap <= latest or not _is_of_offices(call, notice, row) or _changes(call, notice):
            continue
        close = how != "results" and gap <= CLOSE
        if is_of(wanted, matter_of(call.title, how, places), close=close):
            yield call


def _changes(call: Notice, notice: Notice) -> bool:
    """Whether what reads as a call is itself a change of one, or this notice on another page."""
    same = plain_title(call.title) == plain_title(notice.title)
    return same or how_titled(call.title, calls=True) is not None


def _is_of_place(earlier: Notice, row: Reading) -> bool:
    """Whether both are of one place: a city that carries out its province's call does not change it."""
    return earlier.reading is None or earlier.reading.regions == row.regions


def _is_of_offices(call: Notice, notice: Notice, row: Reading) -> bool:
    """Whether an office of the one is of the other; where neither names one, both are of one source."""
    if call.reading is None or not _is_of_place(call, row):
        return False
    ours, theirs = _offices(row), _offices(call.reading)
    return bool(ours & theirs) if ours or theirs else call.source_id == notice.source_id


def _offices(row: Reading) -> frozenset[str]:
    """The issuers, less the places of which they are: 经济和信息化局."""
    names = _own_names(row)
    return frozenset(_less(office, names) for office in row.issuer.split("、") if office)


def _less(office: str, names: tuple[str, ...]) -> str:
    for name in names:
        office = office.replace(name, "")
    return _OF_OFFICE.sub("", office)


def _own_names(row: Reading) -> tuple[str, ...]:
    """The names of the reading's places, the longest first, which a title of its office may leave out."""
    steps = (step for place in row.regions[:1] for step in regions.path(place))
    return tuple(sorted({name for step in steps for name in step.names}, key=len, reverse=True))


def _day(notice: Notice) -> date:
    return notice.published_on or timezone.localtime(notice.first_seen_at).date()


def plain_title(title: str) -> str:
    """A title without blanks and punctuation, for comparing."""
    return _NOT_WORD.sub("", title)
