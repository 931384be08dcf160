"""The peers of the reading bench: what each does with a text, or why it cannot be run."""

import contextlib
import io
import logging
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from types import ModuleType

BASE = time.mktime((2019, 10, 21, 0, 0, 0, 0, 0, 0))  # the day from which jionlp counts 本月 and the like


@dataclass(frozen=True, slots=True)
class Peer:
    """A library's work on one text; None, with the trouble, where it cannot be had.

    `wanted`: how many times as fast we are asked to be.
    """

    name: str
    work: Callable[[str], object] | None
    trouble: str = ""
    wanted: float | None = None


def jionlp_times() -> Peer:
    """Finding and parsing the times of a text; it knows no deadline, issuer, region or topic."""
    name = "jionlp's time extraction"
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import jionlp  # noqa: PLC0415  installed for `make bench` only
    except ImportError as missing:
        return Peer(name, None, str(missing))
    logging.getLogger().addHandler(logging.NullHandler())  # it logs what it could not parse, with a traceback
    return Peer(name, lambda text: jionlp.ner.extract_time(text, time_base=BASE), wanted=5)


def cpca_places() -> Peer:
    """Finding province, city and county of a text's first address."""
    sys.modules.setdefault("pkg_resources", _pkg_resources())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import cpca  # noqa: PLC0415  installed for `make bench` only
    except ImportError as missing:
        return Peer("cpca", None, str(missing))
    return Peer("cpca", lambda text: cpca.transform([text]))


def _pkg_resources() -> ModuleType:
    """The one function that cpca 0.5.5 takes from pkg_resources, which setuptools no longer brings."""
    module = ModuleType("pkg_resources")
    module.__dict__["resource_stream"] = lambda package, name: (files(package) / name).open("rb")
    return module
