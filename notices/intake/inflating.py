"""Reading a body that may be compressed, never holding more than allowed.

A 398 KiB gzip answer cost the common clients 835 MB (facts/feeds.md B), so every piece is inflated here as it
comes, under a limit.
"""

import zlib
from dataclasses import dataclass, field
from typing import Protocol

GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
RATIO_FLOOR = 1 << 20  # an honest page of repeated rows may pack 30:1; below 1 MiB the ratio says nothing


class TooBig(Exception):
    """The body passes the size limit."""


class Bomb(Exception):
    """The body unpacks to far more than was sent."""


class CutShort(Exception):
    """The compressed body ends in the middle, or is not what its encoding says."""


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


@dataclass(slots=True)
class Plain:
    """Collects an uncompressed body up to `limit` bytes."""

    limit: int
    parts: list[bytes] = field(default_factory=list)
    size: int = 0

    def feed(self, chunk: bytes) -> None:
        """Take a chunk; TooBig once the limit is passed."""
        self.size += len(chunk)
        if self.size > self.limit:
            raise TooBig
        self.parts.append(chunk)

    def whole(self) -> bytes:
        """All that was collected."""
        return b"".join(self.parts)


@dataclass(slots=True)
class Packed:
    """Collects a gzip or zlib body up to `limit` bytes unpacked and `ratio` times what was sent."""

    limit: int
    ratio: float
    out: Plain = field(init=False)
    sent: int = 0
    member: _Inflater = field(default_factory=lambda: zlib.decompressobj(GZIP_OR_ZLIB))

    def __post_init__(self) -> None:
        self.out = Plain(self.limit)

    def feed(self, chunk: bytes) -> None:
        """Take a compressed chunk; TooBig, Bomb or CutShort when it cannot be honest."""
        self.sent += len(chunk)
        while chunk:
            if self.member.eof:  # gzip allows several members in a row (RFC 1952 section 2.2)
                self.member = zlib.decompressobj(GZIP_OR_ZLIB)
            try:
                self.out.feed(self.member.decompress(chunk, 1 << 16))
            except zlib.error as error:
                raise CutShort from error
            if self.out.size > max(RATIO_FLOOR, self.ratio * self.sent):
                raise Bomb
            chunk = self.member.unconsumed_tail or self.member.unused_data

    def whole(self) -> bytes:
        """All that was collected; CutShort when the stream had not ended."""
        if self.sent and not self.member.eof:
            raise CutShort
        return self.out.whole()


def collector(encoding: str, limit: int, ratio: float) -> Plain | Packed:
    """What collects a body of this Content-Encoding; CutShort for an encoding that was not asked for."""
    match encoding.strip().lower():
        case "" | "identity":
            return Plain(limit)
        case "gzip" | "x-gzip" | "deflate":
            return Packed(limit, ratio)
        case _:
            raise CutShort
