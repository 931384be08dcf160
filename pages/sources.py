"""The public list of sources: where each is from, and how it does."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Window
from django.db.models.functions import DenseRank
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from alerts.chinese_dates import local_day
from config.clock import business_now
from notices.intake.health import Mood, Pulse, State, rhythm, state
from notices.lexicon import regions
from notices.models import Incident, Item, Source
from pages.access import public

LATEST_DAYS = 13  # with items, of each source: twelve gaps tell its rhythm
AHEAD = timedelta(days=2)  # a day further in the future is a slip of the site


@dataclass(frozen=True, slots=True)
class Line:
    """A source as the page shows it."""

    name: str
    url: str
    region: str
    last_success: datetime | None
    success_age: str
    newest: date | None
    usual: str
    state: State


@public
@require_safe
@cache_control(public=True, max_age=60)
def sources(request: HttpRequest) -> HttpResponse:
    """All sources that are switched on, those in trouble first."""
    now = business_now()
    lines = lines_of_sources(now)
    well = sum(line.state.mood is Mood.WELL for line in lines)
    shown = {"lines": lines, "well": well, "today": local_day(now)}
    return render(request, "pages/sources.html", shown)


def lines_of_sources(now: datetime) -> list[Line]:
    """The lines of the page, in its order; three queries however many sources there are."""
    days, incidents = _days(local_day(now)), _incidents()
    lines = [
        _line(source, days[source.pk], incidents[source.pk], now)
        for source in Source.objects.filter(enabled=True).order_by("region", "name")
    ]
    return sorted(lines, key=lambda line: line.state.mood)


def _line(source: Source, days: list[date], incidents: set[str], now: datetime) -> Line:
    pulse = Pulse(source.last_success_at, days, incidents, source.failures)
    return Line(
        name=source.name,
        url=source.url if source.url.startswith("http") else "",
        region=regions.full_name(source.region),
        last_success=source.last_success_at,
        success_age=_age(now - source.last_success_at) if source.last_success_at else "",
        newest=max(days, default=None),
        usual=_usual(rhythm(days)),
        state=state(pulse, now),
    )


def _age(age: timedelta) -> str:
    """How long ago, in the largest unit of which there is one."""
    minutes = max(int(age.total_seconds() // 60), 0)
    if minutes < 1:
        return "刚才"
    if minutes < 60:
        return f"{minutes} 分钟前"
    return f"{minutes // 60} 小时前" if minutes < 48 * 60 else f"{minutes // (24 * 60)} 天前"


def _usual(gap: float | None) -> str:
    return "" if gap is None else f"通常隔 {gap:g} 天"


def _days(today: date) -> dict[int, list[date]]:
    """Source → the latest days on which its list shows items."""
    place = Window(DenseRank(), partition_by="source_id", order_by=F("published_on").desc())
    dated = Item.objects.filter(source__enabled=True, published_on__lte=today + AHEAD)
    latest = dated.annotate(place=place).filter(place__lte=LATEST_DAYS)
    found: dict[int, list[date]] = defaultdict(list)
    for source, day in latest.values_list("source_id", "published_on").distinct():
        found[source] += [day] if day else []
    return found


def _incidents() -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for source, kind in Incident.objects.filter(closed_at=None).values_list("source_id", "kind"):
        found[source].add(kind)
    return found
