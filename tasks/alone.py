"""Work on many rows of which one must not hold up the others."""

import logging
from collections.abc import Callable, Iterable

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)


def each_alone(step: str, ids: Iterable[int], work: Callable[[int], object]) -> int:
    """Does a step's work for each notice, in a transaction of its own; how many failed.

    What fails is logged and left as it is: the sweep tries it again, and the proof raises an alarm. A
    database that is away fails for all alike, and is raised.
    """
    failed = 0
    for pk in ids:
        try:
            work(pk)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("%s: notice %s is passed by", step, pk)
            failed += 1
    return failed
