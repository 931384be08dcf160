"""One tree of processes: its parent starts them, restarts what dies, and stops them all.

The decisions (when to restart, what to say) are functions of numbers; `Tree` only carries them out.
"""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

BACK_OFF = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
# A program that lived this long was well: its next death counts as its first.
STEADY = 60.0
# Longer than the worker's soft shutdown (celeryconfig), so that a task in hand is put back and not cut off.
GRACE = 30.0
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Program:
    """A command line to keep alive.

    `stage` orders start and stop: 0 is the ground that others stand on (Redis, the mail sink); it is
    started first and stopped last.
    """

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    stage: int = 1


# ── decisions ─────────────────────────────────────────────────────────────────────────────


def deaths_in_a_row(before: int, lived: float) -> int:
    """How many times running a program has died, after it died once more having lived `lived` seconds."""
    return 1 if lived >= STEADY else before + 1


def restart_after(deaths: int) -> float:
    """Seconds to wait before the next start, after `deaths` deaths in a row (1, 2, …)."""
    return BACK_OFF[min(deaths, len(BACK_OFF)) - 1]


def cause(returncode: int) -> str:
    """What ended a process, in a reader's words; `returncode` as subprocess gives it."""
    if returncode < 0:
        return f"被信号 {signal.Signals(-returncode).name} 结束"
    return f"退出码 {returncode}"


def obituary(name: str, returncode: int, wait: float) -> str:
    """The line that says what died and what happens next."""
    return f"{name} 停了（{cause(returncode)}），{wait:g} 秒后重启"


# ── doing ─────────────────────────────────────────────────────────────────────────────────


def die_with_parent() -> None:
    """For `preexec_fn` on Linux: SIGTERM for this process when the one that started it dies, however it dies.

    SIGTERM and not SIGKILL, since gunicorn and Celery take their own children with them only then.
    Elsewhere nothing: a parent that is killed with -9 leaves its children.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def spawn(program: Program) -> "subprocess.Popen[bytes]":
    """Starts the program in a process group of its own, to die with this process."""
    return subprocess.Popen(
        program.argv,
        env={**os.environ, **program.environment},
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - no threads are running when a tree is started
    )


def kill_group(pid: int) -> None:
    """Kills what is left of the process group that `pid` led."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


@dataclass(slots=True)
class _Child:
    program: Program
    process: "subprocess.Popen[bytes]"
    started: float
    deaths: int = 0
    restart_at: float | None = None


class Tree:
    """Keeps programs alive until told to stop.

    `say` is called with each line meant for the person at the terminal.
    """

    def __init__(self, say: Callable[[str], None] = print, grace: float = GRACE) -> None:
        self._say = say
        self._grace = grace
        self._children: list[_Child] = []
        self._asked_to_stop = False

    def start(self, programs: Iterable[Program]) -> None:
        """Starts each program, by stage."""
        for program in sorted(programs, key=lambda each: each.stage):
            self._children.append(_Child(program, spawn(program), time.monotonic()))

    def pids(self) -> dict[str, int]:
        """The running programs' process ids by name."""
        return {child.program.name: child.process.pid for child in self._children if child.restart_at is None}

    def keep(self) -> None:
        """Restarts what dies, until SIGINT or SIGTERM; then stops all and returns."""
        with _signals(self._ask_to_stop) as signals:
            while not self._asked_to_stop:
                self._look_after(time.monotonic())
                signals.wait(self._until_next_start(time.monotonic()))
            self._say("正在停止……")
            self.stop()

    def stop(self) -> None:
        """Stops every program, later stages first: SIGTERM to each, SIGKILL to its group after the grace."""
        for stage in sorted({child.program.stage for child in self._children}, reverse=True):
            self._stop_stage([child for child in self._children if child.program.stage == stage])
        self._children.clear()

    def _ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _look_after(self, now: float) -> None:
        for child in self._children:
            if child.restart_at is None and child.process.poll() is not None:
                self._bury(child, now)
            elif child.restart_at is not None and child.restart_at <= now:
                child.process, child.started, child.restart_at = spawn(child.program), now, None

    def _bury(self, child: _Child, now: float) -> None:
        kill_group(child.process.pid)
        child.deaths = deaths_in_a_row(child.deaths, now - child.started)
        wait = restart_after(child.deaths)
        child.restart_at = now + wait
        self._say(obituary(child.program.name, child.process.returncode, wait))

    def _until_next_start(self, now: float) -> float | None:
        waits = [child.restart_at - now for child in self._children if child.restart_at is not None]
        return max(0.0, min(waits)) if waits else None

    def _stop_stage(self, children: Sequence[_Child]) -> None:
        for child in children:
            if child.process.poll() is None:
                child.process.terminate()
        last_moment = time.monotonic() + self._grace
        for child in children:
            try:
                child.process.wait(max(0.0, last_moment - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"{child.program.name} 在 {self._grace:g} 秒内没有停下，强行结束")
            kill_group(child.process.pid)
            child.process.wait()


class _Signals:
    """Waits until a signal arrives or the time is over; a signal between two waits is not missed."""

    def __init__(self, readable: int) -> None:
        self._readable = readable
        self._selector = selectors.DefaultSelector()
        self._selector.register(readable, selectors.EVENT_READ)

    def wait(self, timeout: float | None) -> None:
        if self._selector.select(timeout):
            os.read(self._readable, 512)

    def close(self) -> None:
        self._selector.close()


@contextmanager
def _signals(ask_to_stop: Callable[[int, FrameType | None], None]) -> Iterator[_Signals]:
    readable, writable = os.pipe()
    os.set_blocking(writable, False)
    handlers = {signal.SIGINT: ask_to_stop, signal.SIGTERM: ask_to_stop, signal.SIGCHLD: _just_wake}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    wakeup_before = signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
    signals = _Signals(readable)
    try:
        yield signals
    finally:
        signal.set_wakeup_fd(wakeup_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        signals.close()
        os.close(readable)
        os.close(writable)


def _just_wake(_signal: int, _frame: FrameType | None) -> None:
    """SIGCHLD must have a handler to interrupt the wait."""
