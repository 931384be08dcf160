"""A Celery worker whose clocks the harness sets, and which dies at a named step.

The product knows nothing of it: the clocks and the step are put in place from outside, before Celery starts.
Death is SIGKILL to the whole process group, by the process that has come to the step, at that very moment.

With `--nursery` first, it stays and forks a worker in a group of its own for every death that it reads
from a line, so that the short form pays once for what every worker loads; it answers with the worker's id.
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.clock import machine_now
from config.processes import die_with_parent
from tests.chaos.clocks import ShiftedClocks

# Where a worker can be killed: module, what is called there, and whether death comes before or after it.
STEPS = {
    "while matching": ("alerts.taking_in", "record_change", "before"),
    "after match": ("alerts.taking_in", "take_in", "after"),
    "while composing": ("alerts.composition", "_give_items", "before"),
    "after composing": ("alerts.compose", "compose_part", "after"),
    "after WeChat said yes": ("alerts.channels.wechat.Gateway", "send", "after"),
    "after claim": ("alerts.delivering", "claim", "after"),
    "after render": ("alerts.delivering", "_made", "after"),
    "after SMTP 250": ("smtplib.SMTP", "data", "after"),
    "before settle": ("alerts.ledger", "settle", "before"),
    "after settle": ("alerts.ledger", "settle", "after"),
}


def main() -> None:
    """Sets the clocks, sets the trap, and is a worker from there on."""
    _set_clocks(ShiftedClocks(Path(os.environ["CHAOS_CLOCK"])))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    if sys.argv[1:2] == ["--nursery"]:
        _nurse(sys.argv[2:])
    else:
        _work(os.environ.get("CHAOS_DEATH", ""), sys.argv[1:])


def _work(death: str, options: list[str]) -> None:
    from tasks import app

    step, _, which = death.partition("@")
    if step:
        _set_trap(*STEPS[step], int(which), Path(os.environ["CHAOS_DIED"]))
    app.worker_main(["worker", *options])


def _nurse(options: list[str]) -> None:
    """Loads what a worker needs, touches neither database nor broker, and forks."""
    import celery.apps.worker
    import celery.concurrency.prefork  # noqa: F401
    import kombu.transport.redis  # noqa: F401

    from tasks import app

    app.loader.import_default_modules()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        child = os.fork()
        if not child:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            die_with_parent()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(2, 1)
            _work(line.strip(), options)
            os._exit(0)
        print(child, flush=True)


def _set_clocks(clocks: ShiftedClocks) -> None:
    from django.utils import timezone

    import config.clock

    setattr(timezone, "now", clocks.business_now)  # noqa: B010
    setattr(config.clock, "machine_now", clocks.machine_now)  # noqa: B010


def _set_trap(where: str, what: str, when: str, which: int, died: Path) -> None:
    """The `which`-th time that a process of this worker comes to the step, the worker is dead."""
    place = holder(where)
    call: Callable[..., Any] = getattr(place, what)
    passed = 0

    def trapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal passed
        passed += 1
        if when == "before" and passed == which:
            _die(died)
        result = call(*args, **kwargs)
        if when == "after" and passed == which:
            _die(died)
        return result

    setattr(place, what, trapped)


def holder(where: str) -> Any:
    """A module, or a class in one."""
    try:
        return importlib.import_module(where)
    except ModuleNotFoundError:
        module, _, name = where.rpartition(".")
        return getattr(importlib.import_module(module), name)


def _die(died: Path) -> None:
    with died.open("a", encoding="utf-8") as file:
        file.write(f"{machine_now()!r}\n")
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
