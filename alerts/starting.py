"""以最近一周开头: a subscription that begins with the last week's notices (issue 5, point 4).

Its filter may be newer than they are, so they never met it: found in the rows, and matched now. Whoever else
uses the filter began later than those notices, and is told nothing older than their own beginning.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Min
from django.db.models.functions import Coalesce

from alerts import looks
from alerts.looking_back import met_since
from alerts.matching import holds, notice_text
from alerts.models import Match, NoticeTopic
from notices.lexicon.region_keys import ANY, filter_keys
from notices.lexicon.topics import ANY_TOPIC
from notices.models import Notice
from subscribers.filters import FilterSpec
from subscribers.models import Filter, Subscription, Word


def start_all(now: datetime) -> int:
    """Matches what subscriptions that began with the last week still lack; the matches made."""
    return sum(_start(filter_id, since, now) for filter_id, since in waiting())


def waiting() -> list[tuple[int, datetime]]:
    """Filters that have not met all that a subscription counts from, and since when they should have."""
    rows = Subscription.objects.filter(with_last_week=True, ended_at=None).annotate(
        matched_from=Coalesce("filter__matched_from", "filter__created_at")
    )
    late = rows.filter(since__lt=F("matched_from")).order_by("filter")
    return list(late.values_list("filter").annotate(Min("since")))


@transaction.atomic
def _start(filter_id: int, since: datetime, now: datetime) -> int:
    row = Filter.objects.select_for_update().get(pk=filter_id)
    spec = FilterSpec.from_json(row.spec)
    met = met_since(spec, since)
    known = set(Match.objects.filter(filter=row, notice__in=met).values_list("notice_id", flat=True))
    found = [pk for pk in met if pk not in known]
    notices = Notice.objects.select_related("reading__revision", "reading__notice").filter(pk__in=found)
    made = [match for notice in notices if (match := _match(row, spec, notice, now))]
    Match.objects.bulk_create(made, ignore_conflicts=True)
    looks.arrived(now, now)
    Filter.objects.filter(pk=row.pk).update(matched_from=since)
    return len(made)


def _match(row: Filter, spec: FilterSpec, notice: Notice, now: datetime) -> Match | None:
    """The match with a key and a topic that brought them together; a new word is indexed on the way."""
    if notice.reading is None or not holds(spec, text := notice_text(notice.reading)):
        return None
    own = [word.topic for word in Word.objects.filter(text__in=spec.words) if word.text in text.words]
    NoticeTopic.objects.bulk_create(
        [NoticeTopic(topic=topic, notice=notice) for topic in own], ignore_conflicts=True
    )
    keys = set(notice.keys.values_list("region_key", flat=True))
    asked = filter_keys(spec.regions, spec.below, spec.above) if spec.regions else {ANY}
    topics = {*own, *(text.topics & set(spec.topics))}
    return Match(
        notice=notice,
        filter=row,
        region_key=max(keys & set(asked), default=ANY),
        topic=max(topics, default=ANY_TOPIC),
        matched_at=now,
    )
