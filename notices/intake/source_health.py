"""How sources do, from their rows: the same for the public list and for the staff's page of one source."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F, Window
from django.db.models.functions import DenseRank

from notices.intake.health import Pulse
from notices.models import Incident, Item, Source

LATEST_DAYS = 13  # with items, of each source: twelve gaps tell its rhythm
AHEAD = timedelta(days=2)  # a day further in the future is a slip of the site


def pulses(sources: Sequence[Source], today: date) -> dict[int, Pulse]:
    """Source → what is known of it; two queries however many sources there are."""
    ids = [source.pk for source in sources]
    days, incidents = _days(ids, today), _incidents(ids)
    return {
        source.pk: Pulse(source.last_success_at, days[source.pk], incidents[source.pk], source.failures)
        for source in sources
    }


def _days(sources: Sequence[int], today: date) -> dict[int, list[date]]:
    """Source → the latest days on which its list shows items."""
    place = Window(DenseRank(), partition_by="source_id", order_by=F("published_on").desc())
    dated = Item.objects.filter(source__in=sources, published_on__lte=today + AHEAD)
    latest = dated.annotate(place=place).filter(place__lte=LATEST_DAYS)
    found: dict[int, list[date]] = defaultdict(list)
    for source, day in latest.values_list("source_id", "published_on").distinct():
        found[source] += [day] if day else []
    return found


def _incidents(sources: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    open_ones = Incident.objects.filter(source__in=sources, closed_at=None)
    for source, kind in open_ones.values_list("source_id", "kind"):
        found[source].add(kind)
    return found
