"""The normalised words of recent notices in plain files, to look for a word that is in no index.

A part is a thousand ids or so. Its file bears in its name the sums of its rows' ids and checksums, so a file
that is found is true, and any process may write or delete one at any moment. Read end to end, 100,000 notices
take some 0.1 s; as rows of a table more than ten times that (docs/decisions/0012).
"""

import mmap
import os
import tempfile
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import ahocorasick_rs
from django.conf import settings
from django.db.models import Count, F, Sum

from alerts.models import RecentNotice
from config.clock import machine_now

PART = 1024
BETWEEN = "\0"  # Stands in no text and in no word.
UNFINISHED = "unfinished-"
GIVEN_UP = 3600.0
_HEAD = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of notices as the rows have them now: `number` is their ids divided by PART."""

    number: int
    count: int
    ids: int
    checksums: int

    @property
    def name(self) -> str:
        """The file's name: other rows, another name."""
        return f"{self.number}-{PART}-{self.count}-{self.ids}-{self.checksums}"


class Words:
    """The words of one part: asked which notices hold a word."""

    def __init__(self, ids: "array[int]", ends: "array[int]", text: memoryview) -> None:
        self._ids, self._ends, self._text = ids, ends, text

    def holding(self, word: str) -> set[int]:
        """The notices in whose words it stands. In UTF-8 no character begins within another."""
        hits = _finder(word).find_matches_as_indexes(self._text)
        return {self._ids[bisect_right(self._ends, start)] for _, start, _ in hits}


@lru_cache(maxsize=64)
def _finder(word: str) -> ahocorasick_rs.BytesAhoCorasick:
    return ahocorasick_rs.BytesAhoCorasick([word.encode()])


def parts(first: int) -> list[Part]:
    """The parts from the one that holds notice `first`, the newest first."""
    rows = RecentNotice.objects.filter(notice__gte=first // PART * PART)
    counted = rows.annotate(number=F("notice_id") / PART).values_list("number").order_by("-number")
    summed = counted.annotate(Count("pk"), Sum("notice_id"), Sum("checksum"))
    return [Part(number, count, int(ids), int(checksums)) for number, count, ids, checksums in summed]


def words_of(part: Part) -> Words:
    """Its words, from the file where there is one, else from the rows, and then there is one."""
    try:
        return _unpacked(_mapped(_folder() / part.name))
    except FileNotFoundError:
        return _unpacked(memoryview(_written(part.number)))


def checksum(notice_id: int, words: str) -> int:
    """What a row says of its words."""
    return crc32(f"{notice_id} {words}".encode())


def keep(first: int) -> int:
    """Writes what files are missing, and takes away those of what is older or has changed; those written."""
    known = {part.name: part for part in parts(first)}
    there = {path.name: path for path in _folder().iterdir()} if _folder().exists() else {}
    for name in there.keys() - known.keys():
        if not name.startswith(UNFINISHED) or there[name].stat().st_mtime < machine_now() - GIVEN_UP:
            there[name].unlink(missing_ok=True)
    missing = known.keys() - there.keys()
    for name in sorted(missing):
        _written(known[name].number)
    return len(missing)


def _written(number: int) -> bytes:
    """Named by what was read, and renamed into place when it is whole."""
    part, packed = _packed(number)
    _folder().mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(dir=_folder(), prefix=UNFINISHED)
    with os.fdopen(handle, "wb") as file:
        file.write(packed)
    Path(path).rename(_folder() / part.name)
    return packed


def _packed(number: int) -> tuple[Part, bytes]:
    """How many, their ids, where each ends, and their words one after the other."""
    rows = RecentNotice.objects.filter(notice__gte=number * PART, notice__lt=(number + 1) * PART)
    ids, ends, texts, end, checksums = array("q"), array("q"), [], 0, 0
    for notice_id, check, words in rows.order_by("notice_id").values_list("notice_id", "checksum", "words"):
        texts.append((words + BETWEEN).encode())
        end += len(texts[-1])
        checksums += check
        ids.append(notice_id)
        ends.append(end)
    packed = b"".join((len(ids).to_bytes(_HEAD, "little"), ids.tobytes(), ends.tobytes(), *texts))
    return Part(number, len(ids), sum(ids), checksums), packed


def _mapped(path: Path) -> memoryview:
    """Read where it lies: copied to fresh memory, it takes twice to four times as long."""
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _unpacked(packed: memoryview) -> Words:
    size = int.from_bytes(packed[:_HEAD], "little") * 8
    ids, ends = array("q"), array("q")
    ids.frombytes(packed[_HEAD : _HEAD + size])
    ends.frombytes(packed[_HEAD + size : _HEAD + 2 * size])
    return Words(ids, ends, packed[_HEAD + 2 * size :])


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "recent-words"
