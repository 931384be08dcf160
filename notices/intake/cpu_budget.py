"""How long a page may keep our processor busy: a hostile or broken one must not stop the poll of the others.

Counted in the process's own time, so that a busy machine condemns nobody. Works in a process's main thread,
where Celery runs tasks; elsewhere nothing is limited here, and `confined` is to be used. It ends Python and
regular expressions, not a call of libxml2, which has limits of its own and what `tree.parse_html` takes out
first.
"""

import contextlib
import inspect
import signal
import threading
import weakref
from collections.abc import Iterator
from functools import cache
from types import FrameType

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
    # Again and again: the first tick may meet a frame that is spared.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@cache  # once per process: nobody else here uses this signal, and asking again for each page is dear
def _be_told() -> None:
    signal.signal(signal.SIGVTALRM, _stop)


def _stop(_signal: int, frame: FrameType | None) -> None:
    outer = frame
    while outer is not None:
        if outer.f_code.co_name == "__del__" or outer.f_code.co_filename in FINALISERS:
            return
        outer = outer.f_back
    if frame is None or frame.f_code.co_filename not in OUR_WAY_OUT:
        raise TooSlow
