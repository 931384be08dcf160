"""7z by libarchive, which writes it too."""

from collections.abc import Iterable

MEGABYTE = bytes(1 << 20)


def inflating(size: int) -> bytes:
    """A 7z whose first member unpacks to `size` zeros, which stand before the second in one stream."""
    return _packed([("大.txt", size, [MEGABYTE] * (size >> 20)), ("小.txt", 1, [b"x"])])


def _packed(members: Iterable[tuple[str, int, Iterable[bytes]]]) -> bytes:
    import libarchive

    out = bytearray()
    with libarchive.custom_writer(lambda piece: _taken(out, piece), "7zip") as archive:
        for name, size, pieces in members:
            archive.add_file_from_memory(name, size, pieces)
    return bytes(out)


def _taken(out: bytearray, piece: bytes) -> int:
    out += bytes(piece)
    return len(piece)
