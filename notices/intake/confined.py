"""Reading a page within the budget of the processor, wherever we are.

In a process's main thread `cpu_budget` does. In a web server's threads no signal reaches us, so the page is
read in a process of its own, which takes the work pickled on standard input and is ended by its limit,
whatever it is busy with.
"""

import ctypes
import math
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar, cast

from notices.intake import cpu_budget
from notices.intake.cpu_budget import TooSlow

P = ParamSpec("P")
T = TypeVar("T")
HOME = Path(__file__).resolve().parents[2]  # where the `notices` package stands
CHILD = "from notices.intake.confined import main; main()"  # with -m, its classes would be those of __main__
WALL = 30.0  # seconds for the whole child
GRACE = 1  # seconds between the budget, which Python notices, and the end of a library that notices nothing
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Broken(NamedTuple):
    """What a child says that did not come to its end."""

    error: Exception


def confined(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work`, a function of a module, gives; TooSlow where that takes more than `PER_PAGE` seconds."""
    if threading.current_thread() is threading.main_thread():
        with cpu_budget.within(cpu_budget.PER_PAGE):
            return work(*args, **kwargs)
    value = _apart(pickle.dumps((cpu_budget.PER_PAGE, work, args, kwargs)))
    if isinstance(value, Broken):
        raise value.error
    return cast("T", value)


def _apart(job: bytes) -> object:
    """What the child brought: a value, or the error that it met."""
    command = [sys.executable, "-c", CHILD]
    try:
        child = subprocess.run(
            command, input=job, stdout=subprocess.PIPE, cwd=HOME, timeout=WALL, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise TooSlow from late
    if child.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise TooSlow
    if child.returncode:
        raise RuntimeError(f"the reader of pages ended with {child.returncode}")
    return pickle.loads(child.stdout)  # noqa: S301 - our own child's


def main() -> None:
    """Does one piece of work and says what came of it."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand in the answer
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    seconds, work, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent's
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds) + GRACE
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + GRACE))
    with answers:
        pickle.dump(_outcome(seconds, work, args, kwargs), answers)


def _outcome(
    seconds: float, work: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> object:
    try:
        with cpu_budget.within(seconds):
            return work(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        return Broken(error)
