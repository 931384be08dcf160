"""OLE compound files by hand: DOC by its piece table, XLS as BIFF8; streams are padded to whole sectors."""

import struct
from collections.abc import Mapping, Sequence

SECTOR, SMALL = 512, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes], storages: Sequence[str] = ()) -> bytes:
    """A compound file ([MS-CFB], version 3) with these streams and empty storages in its root."""
    bodies = {name: body.ljust(SMALL, b"\0") for name, body in streams.items()}
    sectors: list[bytes] = []
    chains: list[int] = []
    starts: dict[str, int] = {}
    for name, body in bodies.items():
        count = -(-len(body) // SECTOR)
        starts[name] = len(sectors)
        sectors += [body[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(body), SECTOR)]
        chains += [*range(starts[name] + 1, starts[name] + count), END]
    entries = _entries(bodies, starts, storages)
    first_entry = len(sectors)
    sectors += [entries[at : at + SECTOR] for at in range(0, len(entries), SECTOR)]
    chains += [*range(first_entry + 1, len(sectors)), END]
    fats = 1
    while (len(chains) + fats) * 4 > fats * SECTOR:
        fats += 1
    table = [*chains, *[FAT] * fats]
    table += [FREE] * (fats * SECTOR // 4 - len(table))
    packed = struct.pack(f"<{len(table)}I", *table)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, fats, first_entry, 0, SMALL, END, 0, END, 0)
    places = [len(sectors) + number for number in range(fats)] + [FREE] * (109 - fats)
    return head + struct.pack("<109I", *places) + b"".join(sectors) + packed


def _entries(bodies: Mapping[str, bytes], starts: Mapping[str, int], storages: Sequence[str]) -> bytes:
    """The directory: the root, and all others as a chain of right siblings, sorted as the format asks."""
    names = sorted([*bodies, *storages], key=lambda name: (len(name), name.upper()))
    rows = [_entry("Root Entry", 5, FREE, 1, END, 0)]
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else FREE
        if name in bodies:
            rows.append(_entry(name, 2, right, FREE, starts[name], len(bodies[name])))
        else:
            rows.append(_entry(name, 1, right, FREE, 0, 0))
    rows += [bytes(64) + struct.pack("<BBIII", 0, 0, FREE, FREE, FREE) + bytes(50)] * (-len(rows) % 4)
    return b"".join(rows)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def doc(
    pieces: Sequence[str], *, bits: int = 0, changes: bool = False, storages: Sequence[str] = ()
) -> bytes:
    """A Word 97 file whose text lies in these pieces; one that is Latin takes a byte a character.

    `changes`: property changes stand before the piece table, as fast saving leaves them.
    """
    text, places, ends = bytearray(), [], [0]
    for piece in pieces:
        at = 0x800 + len(text)
        if piece.isascii():
            places.append(at * 2 | 1 << 30)
            text += piece.encode("cp1252")
        else:
            places.append(at)
            text += piece.encode("utf-16-le")
        text += bytes(len(text) % 2)
        ends.append(ends[-1] + len(piece))
    plc = struct.pack(f"<{len(ends)}I", *ends) + b"".join(struct.pack("<HIH", 0, at, 0) for at in places)
    clx = (b"\x01\x05\x00hello" if changes else b"") + b"\x02" + struct.pack("<I", len(plc)) + plc
    fib = bytearray(0x800)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", fib, 10, 0x0200 | bits)
    struct.pack_into("<I", fib, 0x4C, ends[-1])
    struct.pack_into("<II", fib, 0x1A2, 16, len(clx))
    return compound({"WordDocument": bytes(fib + text), "1Table": bytes(16) + clx}, storages)


def doc_95(text: str) -> bytes:
    """A Word 95 file: one stretch of bytes in GBK."""
    raw = text.encode("gb18030")
    fib = bytearray(0x300)
    struct.pack_into("<HHHH", fib, 0, 0xA5DC, 0x68, 0, 0x0804)
    struct.pack_into("<II", fib, 0x18, 0x300, 0x300 + len(raw))
    return compound({"WordDocument": bytes(fib) + raw})


def xls(rows: Sequence[Sequence[str]], name: str = "汇总表") -> bytes:
    """A BIFF8 workbook with one sheet; numbers are numbers."""
    label = name.encode("utf-16-le")
    opening = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6))
    opening += _record(0x42, struct.pack("<H", 1200))
    bound = struct.pack("<IHBB", len(opening) + 4 + 8 + len(label) + 4, 0, len(name), 1) + label
    globals_ = opening + _record(0x85, bound) + _record(0x0A, b"")
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    sheet += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet += _cell(row, column, cell)
    return compound({"Workbook": globals_ + sheet + _record(0x0A, b"")})


def _cell(row: int, column: int, cell: str) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if cell.replace(".", "", 1).isdigit():
        return _record(0x203, place + struct.pack("<d", float(cell)))
    return _record(0x204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def locked_package() -> bytes:
    """What Office makes of a DOCX or XLSX with a password."""
    return compound({"EncryptedPackage": bytes(64), "EncryptionInfo": b"\x04\0\x04\0" + bytes(60)})
