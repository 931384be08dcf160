"""The machine's libarchive, by which RAR and 7z are unpacked."""

import ctypes

from notices.intake.files.unpacking import LIBRARY
from tests.services.packages import NotHere, install

PACKAGE = "libarchive13"
NOT_FOUND = f"The tests of archives need libarchive: apt-get install {PACKAGE} (Debian, Ubuntu)."


def library() -> str:
    """Its name, once it can be loaded. Raises NotHere when there is none to be had."""
    if not (_loads() or (install(PACKAGE) and _loads())):
        raise NotHere(NOT_FOUND)
    return LIBRARY


def _loads() -> bool:
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        return False
    return True
