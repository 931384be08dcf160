"""After downtime: reading back page by page to what is known; and what is too much to be news."""

from datetime import date, datetime, timedelta

import pytest

from notices.intake.catching_up import goes_on
from notices.intake.flood import is_flood
from notices.intake.held_items import dismiss, held, release
from notices.intake.kept_pages import excerpt
from notices.intake.listing import ListItem
from notices.intake.polling import poll
from notices.models import Incident, Item, Notice, Source
from tests.intake.conftest import Reply, Web, detail_html

HOUR = timedelta(hours=1)
TODAY = date(2019, 10, 21)


def line(number: int, pinned: bool = False) -> ListItem:
    return ListItem(f"关于第 {number} 批项目的通知", f"http://a.gov.cn/{number}.html", pinned=pinned)


@pytest.mark.parametrize(
    ("shown", "known", "pages", "on"),
    [
        ((9, 8, 7), {7}, 1, False),
        ((9, 8, 7), set(), 1, True),
        ((9, 8, 7, 6, 3, 2), {3, 2}, 2, True),
        ((9, 8, 7, 3, 2, 1), {3, 2, 1}, 2, False),
        ((9, 3, 8, 2, 7, 1), {3, 2, 1}, 2, True),
        ((9, 8, 7), set(), 10, False),
    ],
)
def test_list_is_read_back_to_three_known_lines(
    shown: tuple[int, ...], known: set[int], pages: int, on: bool
) -> None:
    lines = [line(number) for number in shown]
    unknown = {one for number, one in zip(shown, lines, strict=True) if number not in known}
    assert goes_on(lines, unknown, pages) is on


def test_pinned_line_does_not_count_as_known() -> None:
    pinned, fresh = line(1, pinned=True), line(9)
    assert goes_on([pinned, fresh], {fresh}, 1)


@pytest.mark.parametrize(
    ("new", "lines", "flood"), [(16, 100, True), (15, 100, False), (4, 6, True), (3, 6, False), (5, 5, False)]
)
def test_flood_is_many_or_most(new: int, lines: int, flood: bool) -> None:
    assert is_flood(new, lines) is flood


def put_list(web: Web, newest: int, per_page: int = 20) -> None:
    """A TRS list of items 1 to `newest`, in pages."""
    pages = -(-newest // per_page)
    for page in range(pages):
        numbers = range(newest - page * per_page, max(newest - (page + 1) * per_page, 0), -1)
        path = "/tzgg/index.html" if page == 0 else f"/tzgg/index_{page}.html"
        web[path] = _page(numbers, pages)


def _page(numbers: range, pages: int) -> str:
    days = {n: TODAY - timedelta(days=100 - n) for n in numbers}
    rows = "".join(
        f'<li><a href="/{n}.html">关于第 {n} 批项目的通知</a><span>{day}</span></li>'
        for n, day in days.items()
    )
    paging = f"<script>createPageHTML({pages}, 0, 'index', 'html');</script>"
    return f"<html><meta charset=utf-8><ul class='list'>{rows}</ul>{paging}</html>"


@pytest.fixture
def away(on_the_web: Web, source: Source, now: datetime) -> Web:
    """A source that was last polled 60 days ago, when it showed 40 items, the newest 20 on its first page."""
    put_list(on_the_web, 40)
    poll(now - timedelta(days=60))
    on_the_web.asked.clear()
    return on_the_web


@pytest.mark.django_db
def test_downtime_is_made_up_for_page_by_page(away: Web, now: datetime) -> None:
    put_list(away, 68)
    report = poll(now)
    assert report.items_new + report.items_held == 28
    assert [path for path in away.paths() if "index" in path] == [
        "/tzgg/index.html",
        "/tzgg/index_1.html",
    ]


@pytest.mark.django_db
def test_no_page_is_turned_while_the_first_shows_what_is_known(away: Web, now: datetime) -> None:
    put_list(away, 43)
    assert poll(now).items_new == 3
    assert "/tzgg/index_1.html" not in away.paths()


@pytest.mark.django_db
def test_page_that_fails_on_the_way_back_keeps_what_was_read(away: Web, now: datetime) -> None:
    put_list(away, 68)
    away["/tzgg/index_1.html"] = Reply(status=500)
    report = poll(now)
    assert report.items_held == 20
    assert "停机期间的条目没有全部补到" in report.troubles[0]
    assert Incident.objects.filter(kind="gap").exists()


@pytest.fixture
def flooded(away: Web, source: Source, now: datetime) -> Source:
    put_list(away, 56)
    poll(now)
    for number in range(41, 57):
        away[f"/{number}.html"] = detail_html(f"关于第 {number} 批项目的通知", "现将有关事项通知如下。")
    return source


def test_flood_is_held_and_staff_are_asked(flooded: Source, now: datetime) -> None:
    incident = Incident.objects.get(kind="flood")
    assert incident.detail == "20 条中有 16 条是新的"
    assert Item.objects.filter(held_at=now).count() == 16
    poll(now + HOUR)
    assert Notice.objects.count() == 0


@pytest.mark.django_db
def test_flood_shows_the_list_as_it_was_before(away: Web, source: Source, now: datetime) -> None:
    for newest, days in ((40, 2), (56, 0)):
        put_list(away, newest)
        poll(now - timedelta(days=days))
    incident = Incident.objects.get(kind="flood")
    shown = [excerpt(bytes(body or b""), "text/html", 3000) for body in (incident.before, incident.after)]
    assert ["第 56 批" in text for text in shown] == [False, True]


def test_released_flood_becomes_notices(flooded: Source, now: datetime) -> None:
    assert release(held(flooded), now + HOUR) == 16
    assert poll(now + HOUR).notices_new == 16
    assert Incident.objects.get(kind="flood").closed_at == now + HOUR


def test_dismissed_flood_is_known_and_never_news(flooded: Source, now: datetime) -> None:
    assert dismiss(held(flooded), now + HOUR) == 16
    report = poll(now + HOUR)
    assert (report.items_new, report.notices_new) == (0, 0)


@pytest.mark.django_db
def test_list_that_travels_back_in_time_is_no_news(away: Web, now: datetime) -> None:
    put_list(away, 25)
    report = poll(now)
    assert (report.items_new, report.items_held, Item.objects.filter(baseline=False).count()) == (0, 0, 0)
