"""The faults, each acted on a stage where alerts, digests and reminders are going out.

An act returns the moment at which the trouble began to be over: from there on the healing is measured.
`may_repeat` is what DESIGN 6.3 allows: one message per open connection of a killed sender.
"""

import os
import signal
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
CRASHES = 3
# Longer than a lease.
FROZEN = 70.0


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, on which database."""

    name: str
    act: Callable[[Stage], float]
    database: str = "postgresql"
    deaths: tuple[str, ...] = ()
    may_repeat: int = 0
    before_morning: bool = False

    @property
    def title(self) -> str:
        """Its name in the report."""
        return f"{self.name} ({self.database})"


def _deaths(*deaths: str) -> Callable[[Stage], float]:
    """The traps are in the worker's lives to come; the run goes on when the last has closed."""

    def act(stage: Stage) -> float:
        if not stage.wait_for(lambda: len(stage.crew.deaths()) == len(deaths)):
            closed = len(stage.crew.deaths())
            raise RuntimeError(f"no worker came to {deaths[closed]}\n{stage.crew.said()}")
        return stage.crew.deaths()[-1]

    return act


def _under_way(stage: Stage, share: float = 0.3) -> None:
    """Some messages are out and most are not."""
    if not stage.wait_for(lambda: stage.arrived() >= stage.messages * share):
        raise RuntimeError(f"nothing is sent\n{stage.crew.said()}")


def _redis(stage: Stage) -> float:
    _under_way(stage)
    stage.restart_redis(away=5)
    return machine_now()


def _redis_full(stage: Stage) -> float:
    """It answers, and takes nothing more: neither nudges nor tokens nor acknowledgements."""
    from redis import Redis

    _under_way(stage)
    server = Redis.from_url(stage.redis.url)
    server.config_set("maxmemory", 1)
    time.sleep(20)
    server.config_set("maxmemory", 0)
    server.close()
    return machine_now()


def _redis_frozen(stage: Stage) -> float:
    """Connections stay, and nothing is answered."""
    _under_way(stage)
    stage.redis.process.send_signal(signal.SIGSTOP)
    time.sleep(30)
    stage.redis.process.send_signal(signal.SIGCONT)
    return machine_now()


def _postgres(crashes: int) -> Callable[[Stage], float]:
    def act(stage: Stage) -> float:
        _under_way(stage)
        for _ in range(crashes):
            if stage.postgres:
                stage.postgres.crash(away=3)
            time.sleep(3 if crashes > 1 else 0)
        return machine_now()

    return act


def _postgres_while_composing(stage: Stage) -> float:
    """The first messages are out as soon as the reminders stand; the digests are being composed."""
    if not stage.wait_for(lambda: stage.arrived() > 0):
        raise RuntimeError(f"nothing is sent\n{stage.crew.said()}")
    if stage.postgres:
        stage.postgres.crash(away=3)
    return machine_now()


def _beat_away(stage: Stage) -> float:
    """Beat is killed a second before the morning's slots, and back forty minutes after them."""
    from tests.chaos.crowd import BEFORE_SLOTS, LATE

    beat = stage.crew.hands[-1]
    stage.clocks.set_business(BEFORE_SLOTS)
    stage.crew.let_go(beat)
    time.sleep(3)
    stage.clocks.set_business(LATE)
    stage.crew.beat()
    return machine_now()


def _frozen(stage: Stage) -> float:
    """A worker is stopped in mid-batch; another takes over, and then the first goes on with what it had."""
    frozen = stage.crew.hands[0]
    _under_way(stage)
    frozen.freeze()
    stage.crew.worker()
    time.sleep(FROZEN)
    frozen.thaw()
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


# In the order in which a message goes; WeChat comes first of the channels, having the fewest.
STEPS = (
    "while matching@2", "after match@3", "while composing@1", "after composing@2", "after WeChat said yes@5",
    "after claim@1", "after render@1", "after SMTP 250@3", "before settle@4", "after settle@5",
)  # fmt: skip


def _killed(deaths: tuple[str, ...], name: str, database: str) -> Fault:
    return Fault(f"worker killed {name}", _deaths(*deaths), database, deaths, CONNECTIONS * len(deaths))


FAULTS = (
    _killed(STEPS, "at every step in turn", "postgresql"),
    _killed(STEPS, "at every step in turn", "sqlite"),
    # A sender that loses its broker goes on (celeryconfig): nobody is killed, so nothing may be repeated.
    Fault("Redis killed and flushed", _redis),
    Fault("Redis killed and flushed", _redis, "sqlite"),
    Fault("Redis full", _redis_full),
    Fault("Redis frozen", _redis_frozen),
    Fault("PostgreSQL crashed and restarted", _postgres(1), may_repeat=CONNECTIONS),
    Fault(
        "PostgreSQL crashed three times while settling", _postgres(CRASHES), may_repeat=CONNECTIONS * CRASHES
    ),
    Fault("PostgreSQL crashed while composing", _postgres_while_composing, may_repeat=CONNECTIONS),
    Fault("beat away from 08:29:59 to 09:10", _beat_away, before_morning=True),
    Fault("beat away from 08:29:59 to 09:10", _beat_away, "sqlite", before_morning=True),
    Fault("worker frozen beyond its lease", _frozen, may_repeat=CONNECTIONS),
    Fault("worker frozen beyond its lease", _frozen, "sqlite", may_repeat=CONNECTIONS),
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

# Not in `make chaos` unless asked for: each step in a run of its own.
ONE_BY_ONE = tuple(
    _killed((step,), step.partition("@")[0], database)
    for database in ("postgresql", "sqlite")
    for step in STEPS
)


def full(stage: Stage) -> bool:
    """Whether the stage's disk still has its small size mounted."""
    return os.path.ismount(stage.folder / "database")
