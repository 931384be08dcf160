"""Days and hours as people here write them: 10月29日 周二, 17:00."""

from datetime import date, datetime, time

from config.clock import SHANGHAI

WEEKDAYS = "一二三四五六日"


def local_day(moment: datetime) -> date:
    """The day that a moment falls on in China."""
    return moment.astimezone(SHANGHAI).date()


def weekday(day: date) -> str:
    """周二."""
    return f"周{WEEKDAYS[day.weekday()]}"


def short_day(day: date, today: date | None = None) -> str:
    """10月29日; with its year (2020年1月6日) when that is not the year of `today`."""
    year = "" if today is None or today.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def day_in_words(day: date, today: date | None = None) -> str:
    """10月29日 周二; with its year when that is not the year of `today`."""
    return f"{short_day(day, today)} {weekday(day)}"


def full_day(day: date) -> str:
    """2019年10月29日 周二."""
    return f"{day.year}年{day.month}月{day.day}日 {weekday(day)}"


def hour(at: time | None) -> str:
    """17:00; nothing for no time given."""
    return f"{at:%H:%M}" if at else ""


def moment_in_words(moment: datetime) -> str:
    """10月29日 08:30, in China."""
    local = moment.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
