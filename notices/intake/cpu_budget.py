"""How long a page may keep our processor busy: a hostile or broken one must not stop the poll of the others.

Counted in the process's own time, so that a busy machine condemns nobody. Works in a process's main thread,
where Celery runs tasks; elsewhere (a probe in the web server) nothing is limited. It ends Python and regular
expressions, not a call of libxml2, which has limits of its own and what `tree.parse_html` takes out first.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 0.5  # seconds
PER_PAGE = 5.0  # seconds; 60,000 lines take two, a page of 30 takes a millisecond


class TooSlow(Exception):
    """The budget is used up."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block once it has used so many seconds of processor time."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    # Again and again: an exception that is raised within a finaliser is lost.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow
