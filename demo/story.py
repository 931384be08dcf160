"""The demo told from beginning to end: set up, replay, report. Imported once the world stands."""

import sys
from typing import Any

import django
from django.core.management import call_command
from django.db import Error as DatabaseError
from kombu.exceptions import OperationalError

django.setup()

from config.clock import SHANGHAI  # noqa: E402  # Django must be set up before models can be imported
from demo import people, report  # noqa: E402
from demo.places import place  # noqa: E402
from demo.replay import Moment, StuckError, moments, play  # noqa: E402
from demo.sources import SOURCES  # noqa: E402
from demo.table import print_days, print_table  # noqa: E402
from demo.world import World, WorldError  # noqa: E402
from notices.models import Source  # noqa: E402

EXPECTED_NOTICES = 10


def tell(world: World) -> None:
    """Replays the calendar and leaves the report; raises WorldError where it cannot be finished."""
    try:
        call_command("migrate", verbosity=0)
        calendar = list(moments())
        _settle(world, calendar[0])
        before = report.totals(world.outbox, world.phone_log)
        world.start_worker()
        _replay(world, calendar)
        after = report.totals(world.outbox, world.phone_log)
        report.write(world.folder / "report.json", before, after, polled=_polled(calendar[-2]))
    except (DatabaseError, OSError) as error:
        raise WorldError(f"存不下来：{error}。请看磁盘空间与 {world.folder} 的权限，再运行") from error
    print_table()
    print_days()
    _finish(after)


def _settle(world: World, first: Moment) -> None:
    """Sources and people, where they are not there yet."""
    for row in SOURCES:
        columns = {**row, "region": place(row["region"]), "enabled": True}
        Source.objects.get_or_create(slug=row["slug"], defaults=columns)
    people.settle_in(first.now)
    for openid, name in people.followers().items():
        world.wechat.control({"do": "follow", "openid": openid, "name": name})


def _replay(world: World, calendar: list[Moment]) -> None:
    shown = None
    for moment in calendar:
        world.web.now = moment.now
        if shown != moment.now.date():
            shown = moment.now.date()
            _progress(f"{shown:%m-%d}")
        try:
            play(moment, world.keep_worker_alive)
        except StuckError as stuck:
            said = str(stuck).rstrip("。")
            raise WorldError(f"{said}。{_troubles()}工作进程的话在 {world.folder}/worker.log") from stuck
        except OperationalError as error:
            raise WorldError(
                f"连不上 Redis（{error}）。请启动它，或不设 REDIS_URL 用自带的，再运行"
            ) from error
    _progress("")


def _progress(day: str) -> None:
    if sys.stderr.isatty():
        print(f"\r2019-{day} " if day else "\r           \r", end="", file=sys.stderr, flush=True)


def _troubles() -> str:
    said = [f"{source.name}：{source.trouble}" for source in Source.objects.exclude(trouble="")]
    return "；".join(said) + "。" if said else ""


def _polled(last_poll: Moment) -> int:
    return Source.objects.filter(enabled=True, last_polled_at=last_poll.now.astimezone(SHANGHAI)).count()


def _finish(after: dict[str, Any]) -> None:
    """The demo is only done when all of its notices came in, and nobody was told twice."""
    if after["notices_new"] < EXPECTED_NOTICES:
        found = after["notices_new"]
        raise WorldError(
            f"只进来 {found} 条通知，应有 {EXPECTED_NOTICES} 条。{_troubles()}来源恢复后再运行会补上"
        )
    if after["repeats"]:
        raise WorldError(f"有 {after['repeats']} 条消息重复，见 outbox 与 wechat.jsonl")
