"""What libarchive unpacks for us, in memory: packed members of RAR, and 7z.

It is the machine's own library (Debian: libarchive13) and no wheel's. Without it such members are listed or
not read at all, and the doctor says so. Asked for here once, before the child limits its memory.
"""

import os
from collections.abc import Iterator
from errno import ENOMEM
from types import ModuleType
from typing import Any

from notices.intake.files.papers import Flaw, Unreadable

LIBRARY = "libarchive.so.13"
PIECE = 1 << 16
RAR, RAR5, SEVEN_ZIP = "rar", "rar5", "7zip"
"""Formats as libarchive names them."""
LIBARCHIVE_FATAL = -30
RAR5_MARK = b"Rar!\x1a\x07\x01\x00"


def _loaded() -> ModuleType | None:
    os.environ.setdefault("LIBARCHIVE", LIBRARY)  # else a compiler is looked for, to ask it
    try:
        import libarchive  # noqa: PLC0415 - loads the library, which may not be there
    except (OSError, AttributeError):
        return None
    return libarchive  # type: ignore[no-any-return]


LIBARCHIVE = _loaded()


def can_unpack() -> bool:
    """Whether this machine has libarchive."""
    return LIBARCHIVE is not None


def rar_form(body: bytes) -> str:
    """Which of the two kinds of RAR it is."""
    return RAR5 if body.startswith(RAR5_MARK) else RAR


class Unpacking:
    """The files of an archive, folders left out, one after the other: a solid one unpacks no other way."""

    def __init__(self, body: bytes, form: str) -> None:
        self.files = enumerate(_files(body, form))
        self.ended = Flaw.BROKEN if can_unpack() else Flaw.PACKED  # why there is no more

    def fetch(self, number: int, most: int) -> bytes:
        """The `number`th file, asked for in order; Unreadable where there is none or more than `most`."""
        try:
            for place, entry in self.files:
                if place == number:
                    return _whole(entry, most)
        except _error_class() as error:
            self._note(error)
            raise Unreadable(flaw_of(error)) from error
        raise Unreadable(self.ended)

    def _note(self, error: Any) -> None:  # libarchive.ArchiveError
        """After some errors no more is unpacked; the next files are not there for the same reason."""
        if error.retcode == LIBARCHIVE_FATAL:
            self.ended, self.files = flaw_of(error), enumerate(())


def files_in(body: bytes, form: str) -> list[tuple[str, int, bool]]:
    """Name, size and whether it is a file and no link, of each but the folders. Unpacks nothing."""
    try:
        return [(entry.pathname or "", entry.size or 0, entry.isreg) for entry in _files(body, form)]
    except _error_class() as error:
        raise Unreadable(flaw_of(error)) from error


def flaw_of(error: Any) -> Flaw:  # libarchive.ArchiveError
    """Why libarchive gave up; it has numbers for few reasons, and words for the rest."""
    words = str(error.msg).lower()
    if "encrypt" in words or "passphrase" in words:
        return Flaw.ENCRYPTED
    if error.errno == ENOMEM or "memory" in words:
        return Flaw.TOO_HUNGRY
    return Flaw.PACKED if "support" in words else Flaw.BROKEN


def _error_class() -> type[Exception]:
    return LIBARCHIVE.ArchiveError if LIBARCHIVE else OSError


def _files(body: bytes, form: str) -> Iterator[Any]:
    if LIBARCHIVE is None:
        raise Unreadable(Flaw.PACKED)
    with LIBARCHIVE.memory_reader(body, format_name=form, filter_name="none") as archive:
        for entry in archive:
            if not entry.isdir:
                yield entry


def _whole(entry: Any, most: int) -> bytes:
    out = bytearray()
    for piece in entry.get_blocks(PIECE):
        out += piece
        if len(out) > most:
            raise Unreadable(Flaw.BOMB)
    return bytes(out)
