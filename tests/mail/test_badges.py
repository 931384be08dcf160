from datetime import date, datetime, time

import pytest

from alerts.badges import Tone, change_badge, deadline_badge, is_over

NOW = datetime.fromisoformat("2019-10-25T09:00:00+08:00")


@pytest.mark.parametrize(
    ("deadline", "words", "tone"),
    [
        (date(2019, 10, 24), "已截止", Tone.LATER),
        (date(2019, 10, 25), "今日截止", Tone.TODAY),
        (date(2019, 10, 26), "明日截止", Tone.SOON),
        (date(2019, 10, 28), "剩 3 天 · 工作日 1", Tone.SOON),
        (date(2019, 10, 29), "剩 4 天 · 工作日 2", Tone.NEAR),
        (date(2019, 11, 1), "剩 7 天 · 工作日 5", Tone.NEAR),
        (date(2019, 11, 2), "剩 8 天 · 工作日 5", Tone.LATER14),
        (date(2019, 11, 8), "剩 14 天 · 工作日 10", Tone.LATER14),
        (date(2019, 11, 9), "剩 15 天 · 工作日 10", Tone.LATER),
    ],
)
def test_deadline_badge_says_the_days_left(deadline: date, words: str, tone: Tone) -> None:
    badge = deadline_badge(deadline, None, NOW)

    assert badge is not None
    assert (badge.words, badge.tone) == (words, tone)


@pytest.mark.parametrize(
    ("at", "words"),
    [(time(17, 0), "今日 17:00 截止"), (time(9, 0), "今日 09:00 截止"), (time(8, 59), "已截止")],
)
def test_deadline_badge_keeps_to_the_hour_on_the_day_itself(at: time, words: str) -> None:
    badge = deadline_badge(NOW.date(), at, NOW)

    assert badge is not None
    assert badge.words == words


def test_deadline_badge_counts_days_in_china_whatever_zone_now_is_in() -> None:
    badge = deadline_badge(date(2019, 10, 26), None, datetime.fromisoformat("2019-10-24T16:30:00+00:00"))

    assert badge is not None
    assert badge.words == "明日截止"


@pytest.mark.parametrize(
    ("rolling", "unsure", "words"),
    [(True, True, "全年受理"), (False, True, "截止待核"), (False, False, None)],
)
def test_deadline_badge_without_a_day(rolling: bool, unsure: bool, words: str | None) -> None:
    badge = deadline_badge(None, None, NOW, rolling=rolling, unsure=unsure)

    assert (badge and badge.words) == words


@pytest.mark.parametrize(
    ("was", "words"),
    [
        (date(2019, 10, 29), "已延期 · 剩 11 天 · 工作日 7"),
        (date(2019, 11, 30), "已改期 · 剩 11 天 · 工作日 7"),
        (date(2019, 11, 5), "剩 11 天 · 工作日 7"),
    ],
)
def test_deadline_badge_says_that_it_was_moved(was: date, words: str) -> None:
    badge = deadline_badge(date(2019, 11, 5), None, NOW, was=was)

    assert badge is not None
    assert badge.words == words


def test_a_deadline_that_was_moved_and_passed_is_closed() -> None:
    badge = deadline_badge(date(2019, 10, 24), None, NOW, was=date(2019, 10, 20))

    assert badge is not None
    assert badge.words == "已截止"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("withdraws", "已撤回"),
        ("results", "已公布结果"),
        ("corrects", "有更正"),
        ("new", None),
        ("remind", None),
    ],
)
def test_change_badge(change: str, words: str | None) -> None:
    badge = change_badge(change)

    assert (badge and badge.words) == words


def test_a_deadline_without_an_hour_holds_all_day() -> None:
    assert not is_over(NOW.date(), None, NOW.replace(hour=23, minute=59))
