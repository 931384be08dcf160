"""Work on one row of many, which must not hold up the others."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)
T = TypeVar("T")


def alone(said: str, work: Callable[[], T]) -> T | None:
    """What the work gives; None where it fails, which is logged under `said` with its trace.

    A database that is away fails for all rows alike, and is raised. The work has a transaction of its own.
    """
    try:
        return work()
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # whatever it is, the other rows have their turn
        logger.exception("passed by: %s", said)
        return None
