"""ZIP archives, opened with mistrust: a member is unpacked in pieces, under a cap, and never to disk."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from notices.intake.files.papers import Flaw, Unreadable

PIECE = 1 << 16
MOST_ENTRIES = 10_000
MOST_STREAMED = 64 << 20  # bytes of one member that is listened to and not held
RATIO = 100
RATIO_FLOOR = 4 << 20  # an honest sheet of equal rows packs 200:1; below this the ratio says nothing
ENCRYPTED = 0x1


def opened(body: bytes) -> zipfile.ZipFile:
    """The archive; Unreadable where it is broken or has more entries than anything honest."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable(Flaw.BROKEN) from error
    if len(archive.filelist) > MOST_ENTRIES:
        raise Unreadable(Flaw.BOMB)
    return archive


def pieces(
    archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, most: int = MOST_STREAMED
) -> Iterator[bytes]:
    """A member's bytes piece by piece; Unreadable once they are more than `most` or than is honest."""
    try:
        info = archive.getinfo(name) if isinstance(name, str) else name
        if info.flag_bits & ENCRYPTED:
            raise Unreadable(Flaw.ENCRYPTED)
        allowed = min(most, max(RATIO_FLOOR, RATIO * info.compress_size))
        with archive.open(info) as member:
            size = 0
            while piece := member.read(PIECE):
                size += len(piece)
                if size > allowed:
                    raise Unreadable(Flaw.BOMB)
                yield piece
    except (
        KeyError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        OSError,
        ValueError,
        EOFError,
    ) as error:
        raise Unreadable(Flaw.BROKEN) from error


def whole(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, most: int) -> bytes:
    """A member's bytes; Unreadable as for `pieces`."""
    return b"".join(pieces(archive, name, most))
