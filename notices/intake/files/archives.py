"""ZIP, RAR, 7z: all names, and what few small members say (facts/feeds.md C3). Nothing is written to disk."""

import io
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import rarfile

from notices.intake.files import unpacking, zips
from notices.intake.files.papers import MEMBER, Flaw, Full, Gathered, Kind, Paper, Unreadable

MOST_OPENED = 20  # members
MOST_UNPACKED = 50 << 20  # bytes, of all members together
LARGEST = 8 << 20  # bytes of one member, which is held while it is read
MOST_LISTED = 200  # names
UNPACKED_SINCE = 29  # libarchive reads what RAR 2.9 and later pack; older ones are of the last century
UTF8_NAME = 0x800
NOT_OURS = re.compile(r"^__MACOSX/|(?:^|/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$", re.IGNORECASE)
OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")
ARCHIVE = re.compile(r"\.(?:zip|rar|7z|gz|tar)$", re.IGNORECASE)
# rarfile tries UTF-16 too, and any GBK name of even length is some UTF-16.
rarfile.TRY_ENCODINGS = ("utf8", "gb18030")
# An archive's comment, often an advertisement, is packed too, and rarfile would start a program to read it.
rarfile.rar3_decompress = lambda *_packed, **_more: b""
Opener = Callable[[str, bytes], Paper]


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as people packed it, its size, and how to get its bytes."""

    name: str
    size: int
    fetch: Callable[[], bytes]
    is_link: bool = False


def read_zip(body: bytes, open_file: Opener) -> Paper:
    """The members of a ZIP, each opened by `open_file`."""
    archive = zips.opened(body)
    return _read(
        Kind.ZIP, [_zipped(archive, info) for info in archive.filelist if not info.is_dir()], open_file
    )


def read_rar(body: bytes, open_file: Opener) -> Paper:
    """The members of a RAR. Names and what is stored are read by us, what is packed by libarchive."""
    try:
        archive = rarfile.RarFile(io.BytesIO(body), charset="gb18030")
        if archive.needs_password() and not archive.namelist():
            raise Unreadable(Flaw.ENCRYPTED)
        listed = [info for info in archive.infolist() if not info.is_dir()]
    except (rarfile.Error, OSError, ValueError, IndexError) as error:
        raise Unreadable(Flaw.BROKEN) from error
    packed = unpacking.Unpacking(body, unpacking.rar_form(body))
    members = [
        Member(info.filename, info.file_size, partial(_of_rar, archive, info, packed, number), _is_link(info))
        for number, info in enumerate(listed)
    ]
    return _read(Kind.RAR, members, open_file)


def read_7z(body: bytes, open_file: Opener) -> Paper:
    """The members of a 7z, by libarchive."""
    packed = unpacking.Unpacking(body, unpacking.SEVEN_ZIP)
    members = [
        Member(name, size, partial(packed.fetch, number, LARGEST), not is_file)
        for number, (name, size, is_file) in enumerate(unpacking.files_in(body, unpacking.SEVEN_ZIP))
    ]
    return _read(Kind.SEVEN_ZIP, members, open_file)


def zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the UTF-8 flag it is the packer's code page, in China GBK.

    `zipfile` decodes such names as cp437, which loses no byte. Windows packers part folders by a backslash.
    """
    if info.flag_bits & UTF8_NAME:
        return info.filename
    raw = info.orig_filename.encode("cp437", "replace")
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return Member(zip_name(info), info.file_size, partial(zips.whole, archive, info, LARGEST), is_link)


def _is_link(info: rarfile.RarInfo) -> bool:
    """Whether a member of a RAR leads to another file, or is another's content again."""
    return bool(info.is_symlink() or getattr(info, "file_redir", None))


def _of_rar(
    archive: rarfile.RarFile, info: rarfile.RarInfo, packed: unpacking.Unpacking, number: int
) -> bytes:
    if info.needs_password():
        raise Unreadable(Flaw.ENCRYPTED)
    if info.compress_type == rarfile.RAR_M0:
        return _stored(archive, info)
    if info.extract_version < UNPACKED_SINCE:
        raise Unreadable(Flaw.PACKED)
    body = packed.fetch(number, LARGEST)
    if len(body) != info.file_size or info.CRC not in {None, zlib.crc32(body)}:
        raise Unreadable(Flaw.BROKEN)
    return body


def _stored(archive: rarfile.RarFile, info: rarfile.RarInfo) -> bytes:
    try:
        with archive.open(info) as member:
            return bytes(member.read(LARGEST))
    except (rarfile.Error, OSError, ValueError, EOFError) as error:
        raise Unreadable(Flaw.BROKEN) from error


def _read(kind: Kind, members: list[Member], open_file: Opener) -> Paper:
    found = Gathered()
    ours = [member for member in members if not NOT_OURS.search(member.name)]
    if any(OUTSIDE.search(member.name) for member in ours):
        found.flag(Flaw.BAD_NAME)
    if len(ours) > min(MOST_OPENED, MOST_LISTED):
        found.flag(Flaw.CUT)
    with suppress(Full):
        for member in _affordable(ours, found):
            _add(member, found, open_file)
    names = tuple(_safe(member.name) for member in ours[:MOST_LISTED])
    return found.paper(kind, names)


def _affordable(members: list[Member], found: Gathered) -> Iterator[Member]:
    """The first members that are small enough, no archives and no links."""
    left = MOST_UNPACKED
    for member in members[:MOST_OPENED]:
        if member.is_link:
            found.flag(Flaw.LINK)
        elif ARCHIVE.search(member.name):
            found.flag(Flaw.NESTED)
        elif member.size > min(LARGEST, left):
            found.flag(Flaw.CUT)
        else:
            left -= member.size
            yield member


def _add(member: Member, found: Gathered, open_file: Opener) -> None:
    """What a member says, under its name; one that cannot be read leaves its flaw, and the next is read."""
    name = _safe(member.name)
    try:
        paper = open_file(name, member.fetch())
    except Unreadable as unread:
        return found.flag(unread.flaw)
    for flaw in paper.flaws:
        found.flag(flaw)
    inside = MEMBER.format(posixpath.basename(name))
    for part in paper.parts:
        found.add("，".join(filter(None, [inside, part.where])), part.text)
    return None


def _safe(name: str) -> str:
    """A name to show: never a path out of the archive, nothing unprintable."""
    steps = [step for step in name.replace("\\", "/").split("/") if step not in {"", ".", ".."}]
    return "".join(char for char in "/".join(steps) if char.isprintable())[:200]
