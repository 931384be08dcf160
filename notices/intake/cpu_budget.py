"""How long a page may keep our processor busy: a hostile or broken one must not stop the poll of the others.

Counted in the process's own time, so that a busy machine condemns nobody. Works in a process's main thread,
where Celery runs tasks; elsewhere nothing is limited here, and `confined` is to be used. It ends Python and
regular expressions, not a call of libxml2, which has limits of its own and what `tree.parse_html` takes out
first.
"""

import contextlib
import gc
import inspect
import signal
import sys
import threading
import weakref
from collections.abc import Iterator
from functools import cache
from types import CodeType, FrameType

AGAIN = 0.05  # seconds
# Raised on our way out of the block, the timer would live on.
OUR_WAY_OUT = frozenset({__file__, contextlib.__file__})
# Run when an object goes; what is raised in them is lost. A WeakSet's lie in a file of their own.
FINALISERS = frozenset({weakref.__file__, inspect.getfile(weakref.WeakSet)})
PER_PAGE = 5.0  # seconds; 60,000 lines take two, a page of 30 takes a millisecond


class TooSlow(Exception):
    """The budget is used up."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block once it has used so many seconds of processor time."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _be_told()
    # Again and again: the first tick may meet a frame that is spared, or one whose exceptions are lost.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        with _lost_stops_are_no_news():
            yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@contextlib.contextmanager
def _lost_stops_are_no_news() -> Iterator[None]:
    """Say nothing of a stop that Python could not raise, as in a generator that is collected: the next tick
    raises it again. What else is lost is told as before.
    """
    told = sys.unraisablehook

    def hook(lost: "sys.UnraisableHookArgs") -> None:
        if lost.exc_type is not TooSlow:
            told(lost)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = told


@cache  # once per process: nobody else here uses this signal, and asking again for each page is dear
def _be_told() -> None:
    signal.signal(signal.SIGVTALRM, _stop)


def _stop(_signal: int, frame: FrameType | None) -> None:
    outer = frame
    while outer is not None:
        if _must_run_to_its_end(outer.f_code):
            return
        outer = outer.f_back
    if frame is None or frame.f_code.co_filename not in OUR_WAY_OUT:
        raise TooSlow


def _must_run_to_its_end(code: CodeType) -> bool:
    """Whether Python calls this by itself when an object goes or garbage is collected."""
    if code.co_name == "__del__" or code.co_filename in FINALISERS:
        return True
    return any(getattr(each, "__code__", None) is code for each in gc.callbacks)
