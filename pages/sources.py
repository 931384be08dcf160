"""The public list of sources: where each is from, and how it does."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from alerts.chinese_dates import local_day
from config.clock import business_now
from notices.intake.health import Mood, Pulse, State, age_words, rhythm, rhythm_words, state
from notices.intake.source_health import pulses
from notices.lexicon import regions
from notices.models import Source
from pages.access import public


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
    rows = list(Source.objects.filter(enabled=True).order_by("region", "name"))
    known = pulses(rows, local_day(now))
    lines = [_line(source, known[source.pk], now) for source in rows]
    return sorted(lines, key=lambda line: line.state.mood)


def _line(source: Source, pulse: Pulse, now: datetime) -> Line:
    return Line(
        name=source.name,
        url=source.url if source.url.startswith("http") else "",
        region=regions.full_name(source.region),
        last_success=source.last_success_at,
        success_age=age_words(now - source.last_success_at) if source.last_success_at else "",
        newest=max(pulse.days, default=None),
        usual=rhythm_words(rhythm(pulse.days)),
        state=state(pulse, now),
    )
