"""Which earlier notice a follow-up changes: surely, or not at all (DESIGN 6.7)."""

import re

from django.db.models import Q, QuerySet

from notices.models import Notice
from notices.reading.values import FollowUp

_NOT_WORD = re.compile(r"[\W_]+")


def earlier_notice(notice: Notice, follow_up: FollowUp) -> Notice | None:
    """The one notice that 文号 or quoted title names; the first of its chain, if that too was a follow-up.

    A title counts only within the issuer's own source or region, since two cities may use the same one.
    """
    known = Notice.objects.exclude(pk=notice.pk).filter(first_seen_at__lte=notice.first_seen_at)
    by_number = known.filter(reading__doc_no=follow_up.doc_no) if follow_up.doc_no else known.none()
    named = list(by_number[:2]) or _same_title(notice, follow_up.title, known)
    if len(named) != 1:
        return None
    return named[0].follows or named[0]


def _same_title(notice: Notice, title: str, known: QuerySet[Notice]) -> list[Notice]:
    if not title:
        return []
    near = known.filter(Q(source=notice.source) | Q(source__region=notice.source.region))
    wanted = plain_title(title)
    return [
        earlier for earlier in near.order_by("-first_seen_at")[:500] if plain_title(earlier.title) == wanted
    ]


def plain_title(title: str) -> str:
    """A title without blanks and punctuation, for comparing."""
    return _NOT_WORD.sub("", title)
