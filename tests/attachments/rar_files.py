"""RAR by hand: no free program packs one. Members are stored, or packed as literals alone, nine bits each."""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping

LITERALS = 256
CODES_3, CODES_5 = 299 + 60 + 17 + 28, 306 + 64 + 16 + 44
"""How many codes the tables of the two forms have; literals come first."""


def rar(members: Mapping[str, bytes], codec: str = "gb18030", *, is_packed: bool = False) -> bytes:
    """A RAR of the old form (3.x), names in the code page of its packer."""
    out = b"Rar!\x1a\x07\x00" + _head(0x73, 0, bytes(6))
    for name, body in members.items():
        raw, kept, method = (
            name.encode(codec),
            _packed_3(body) if is_packed else body,
            0x33 if is_packed else 0x30,
        )
        sizes = struct.pack(
            "<IIBIIBBHI", len(kept), len(body), 2, zlib.crc32(body), 0x56C14800, 29, method, len(raw), 0x20
        )
        out += _head(0x74, 0x8000, sizes + raw) + kept
    return out + _head(0x7B, 0x4000, b"")


def _head(kind: int, flags: int, rest: bytes) -> bytes:
    body = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body


def rar5(
    members: Mapping[str, bytes], *, is_packed: bool = False, dictionary: int = 0, says: int | None = None
) -> bytes:
    """A RAR of the present form (5); `dictionary` doubles 128 KiB so often, `says` is the size it claims."""
    out = b"Rar!\x1a\x07\x01\x00" + _head_5(_number(1) + _number(0) + _number(0))
    method = (3 << 7 | dictionary << 10) if is_packed else 0
    for name, body in members.items():
        raw, kept = name.encode(), _packed_5(body) if is_packed else body
        size = len(body) if says is None else says
        head = _number(2) + _number(2) + _number(len(kept)) + _number(4) + _number(size) + _number(0o644)
        head += struct.pack("<I", zlib.crc32(body)) + _number(method) + _number(1) + _number(len(raw)) + raw
        out += _head_5(head) + kept
    return out + _head_5(_number(5) + _number(0) + _number(0))


def rar5_link(name: str, target: str) -> bytes:
    """A RAR of the present form whose only member is a symbolic link."""
    raw, there = name.encode(), target.encode()
    redirects = _number(5) + _number(1) + _number(0) + _number(len(there)) + there
    extra = _number(len(redirects)) + redirects
    head = (
        _number(2) + _number(3) + _number(len(extra)) + _number(0) + _number(0) + _number(0) + _number(0o777)
    )
    head += _number(0) + _number(1) + _number(len(raw)) + raw + extra
    start = b"Rar!\x1a\x07\x01\x00" + _head_5(_number(1) + _number(0) + _number(0))
    return start + _head_5(head) + _head_5(_number(5) + _number(0) + _number(0))


def _head_5(rest: bytes) -> bytes:
    body = _number(len(rest)) + rest
    return struct.pack("<I", zlib.crc32(body)) + body


def _number(value: int) -> bytes:
    """RAR's variable-length integer: seven bits a byte, the lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _packed_3(body: bytes) -> bytes:
    """A block that is no text model's and keeps no older table; then the literals, and the end."""
    return (
        _bytes(["00", *_table(CODES_3), *_literals(body), "000"]) + b"\0\0"
    )  # libarchive looks so far ahead


def _packed_5(body: bytes) -> bytes:
    """One block, the last, with its table."""
    bits = [*_table(CODES_5), *_literals(body)]
    kept = _bytes(bits)
    flags = (sum(map(len, bits)) - 1) % 8 | 2 << 3 | 0x40 | 0x80
    size = len(kept).to_bytes(3, "little")
    return bytes([flags, 0x5A ^ flags ^ size[0] ^ size[1] ^ size[2]]) + size + kept


def _table(codes: int) -> Iterator[str]:
    """The lengths of all codes: nine bits for a literal, one for the end, none for anything else.

    They are coded themselves, in two bits: `00` is 1, `01` is 9, `10` repeats the last one, `11` is a run of
    zeros; both stand for 11 and what the next seven bits say.
    """
    yield from (f"{2 if symbol in {1, 9, 17, 19} else 0:04b}" for symbol in range(20))
    yield "01"
    yield from _runs("10", LITERALS - 1)
    yield "00"
    yield from _runs("11", codes - LITERALS - 1)


def _runs(mark: str, run: int) -> Iterator[str]:
    first = min(138, run - 11)
    return (f"{mark}{piece - 11:07b}" for piece in (first, run - first))


def _literals(body: bytes) -> Iterator[str]:
    """`0` is the end, so a literal is `1` and its byte."""
    return (f"1{byte:08b}" for byte in body)


def _bytes(bits: Iterable[str]) -> bytes:
    joined = "".join(bits)
    whole = joined + "0" * (-len(joined) % 8)
    return int(whole, 2).to_bytes(len(whole) // 8, "big")
