"""The faults, each acted on a stage where alerts, digests and reminders are going out.

An act returns the moment at which the trouble began to be over: from there on the healing is measured.
`may_repeat` is what DESIGN 6.3 allows: one message per open connection of a killed sender.
"""

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from config.clock import machine_now
from tests.chaos.stage import Stage

# Two pool processes, each with one connection to the mail server and one to WeChat at most.
CONNECTIONS = 2
JUMP = 3600.0
DROPS = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, on which database."""

    name: str
    act: Callable[[Stage], float]
    database: str = "postgresql"
    death: str = ""
    may_repeat: int = 0


def _death(stage: Stage) -> float:
    """The trap is in the worker; the run goes on when it has closed."""
    if not stage.wait_for(lambda: stage.crew.death() is not None):
        raise RuntimeError(f"the worker never came to its step\n{stage.crew.said()}")
    died = stage.crew.death()
    return died or machine_now()


def _under_way(stage: Stage, share: float = 0.1) -> None:
    """Some messages are out and most are not."""
    if not stage.wait_for(lambda: stage.arrived() >= stage.messages * share):
        raise RuntimeError(f"nothing is sent\n{stage.crew.said()}")


def _redis(stage: Stage) -> float:
    _under_way(stage)
    stage.restart_redis(away=5)
    return machine_now()


def _postgres(stage: Stage) -> float:
    _under_way(stage)
    if stage.postgres:
        stage.postgres.crash(away=3)
    return machine_now()


def _clock(seconds: float) -> Callable[[Stage], float]:
    def act(stage: Stage) -> float:
        _under_way(stage)
        stage.clocks.jump(seconds)
        return machine_now()

    return act


def _two_beats(stage: Stage) -> float:
    stage.crew.beat()
    stage.crew.worker()
    _under_way(stage)
    return machine_now()


def _four_senders(stage: Stage) -> float:
    from tasks.delivering import deliver_channel

    stage.crew.worker()
    for _ in range(12):
        deliver_channel.delay("email")
        deliver_channel.delay("wechat")
    _under_way(stage)
    return machine_now()


def _disk_full(stage: Stage) -> float:
    """A file system of its own that is full to the last block while messages go out."""
    _under_way(stage)
    disk = stage.folder / "database"
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        try:
            while True:
                file.write(b"\0" * 65536)
                file.flush()
        except OSError:
            pass
    time.sleep(15)
    ballast.unlink()
    return machine_now()


def small_disk(stage: Stage) -> None:
    """Must be there before the database is; raises CalledProcessError where we may not mount."""
    disk = stage.folder / "database"
    disk.mkdir(exist_ok=True)
    size = f"size={40 + stage.recipients // 50}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], check=True)


def _mail_hangs(stage: Stage) -> float:
    _under_way(stage)
    stage.sink.faults.hang = True
    time.sleep(30)
    stage.sink.faults.hang = False
    return machine_now()


def _mail_refuses(stage: Stage) -> float:
    """Content is put off, then nobody listens."""
    _under_way(stage)
    stage.sink.faults.answer = "421 4.3.2 Service shutting down"
    time.sleep(10)
    stage.sink.faults.answer = ""
    stage.close_mail_server(20)
    return machine_now()


def _mail_drops(stage: Stage) -> float:
    _under_way(stage)
    stage.sink.faults.drop_before_answer = DROPS
    if not stage.wait_for(lambda: stage.sink.faults.drop_before_answer == 0):
        raise RuntimeError(f"no connection was dropped\n{stage.crew.said()}")
    return machine_now()


def _phone(**fault: object) -> Callable[[Stage], float]:
    """From the first call on: a crowd's few template messages are out before half its mails are."""

    def act(stage: Stage) -> float:
        stage.phone.faults.order(**fault)
        if not stage.wait_for(lambda: any("template/send" in path for path in list(stage.phone.calls))):
            raise RuntimeError(f"nothing is sent by WeChat\n{stage.crew.said()}")
        time.sleep(20)
        stage.phone.faults.clear()
        return machine_now()

    return act


STEPS = {
    "while matching": 2, "after match": 3, "while composing": 1, "after composing": 2, "after claim": 2,
    "after render": 3, "after SMTP 250": 20, "before settle": 30, "after settle": 40,
    "after WeChat said yes": 5,
}  # fmt: skip

FAULTS = (
    *(
        Fault(f"worker killed {step}", _death, database, f"{step}@{which}", CONNECTIONS)
        for database in ("postgresql", "sqlite")
        for step, which in STEPS.items()
    ),
    # A sender that loses its broker goes on (celeryconfig): nobody is killed, so nothing may be repeated.
    Fault("Redis killed and flushed", _redis),
    Fault("Redis killed and flushed", _redis, "sqlite"),
    Fault("PostgreSQL crashed and restarted", _postgres, may_repeat=CONNECTIONS),
    Fault("clock jumped an hour ahead", _clock(JUMP), may_repeat=CONNECTIONS),
    Fault("clock jumped an hour back", _clock(-JUMP), may_repeat=CONNECTIONS),
    Fault("two beats, two workers", _two_beats),
    Fault("two beats, two workers", _two_beats, "sqlite"),
    Fault("four senders at once", _four_senders),
    Fault("four senders at once", _four_senders, "sqlite"),
    Fault("disk full", _disk_full, "sqlite", may_repeat=CONNECTIONS),
    Fault("SMTP hangs", _mail_hangs),
    Fault("SMTP refuses", _mail_refuses),
    # Three connections die with a message taken and no answer given: one each, as for a killed sender.
    Fault("SMTP drops before its 250", _mail_drops, may_repeat=DROPS),
    Fault("WeChat hangs", _phone(kind="hang", times=100, accept=True)),
    Fault("WeChat refuses", _phone(kind="errcode", errcode=-1, times=10_000)),
    Fault("WeChat drops after accepting", _phone(kind="drop", times=10, accept=True)),
)


def full(stage: Stage) -> bool:
    """Whether the stage's disk still has its small size mounted."""
    return os.path.ismount(stage.folder / "database")
