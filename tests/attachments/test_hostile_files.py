"""Files that mean harm: each ends in a flaw, in time, in little memory, and the next file is read."""

import os
import struct
import time
from functools import cache
from pathlib import Path

import pytest

from notices.intake.files import child as limits
from notices.intake.files.papers import Flaw, Kind
from notices.intake.files.reader import WALL, Child, ChildEnded, FileReader
from tests.attachments import ole_files, pdf_files, rar_files, seven_zip_files, zip_files
from tests.attachments.texts import GUIDE, ROWS

MOST = 64 << 20  # bytes that a file may add
SECONDS = 10.0


def lying_doc() -> bytes:
    """A DOC whose only piece says that it has two thousand million characters."""
    honest = struct.pack("<II", 0, len(GUIDE))
    return ole_files.doc([GUIDE]).replace(honest, struct.pack("<II", 0, 0x7FFFFFFF))


def lying_rar(says: int) -> bytes:
    """A RAR whose packed member is not as large as it says."""
    return rar_files.rar5({"a.txt": GUIDE.encode()}, is_packed=True, says=says)


def hungry_rar() -> bytes:
    """A RAR whose small member asks for a dictionary of 2 GiB."""
    return rar_files.rar5({"a.txt": b"x" * 100}, is_packed=True, dictionary=14)


HOSTILE = {
    "zip bomb in a docx": lambda: ("a.docx", zip_files.zip_bomb(1 << 30)),
    "pdf of 10,000 pages": lambda: ("a.pdf", pdf_files.many_pages(10_000)),
    "pdf page that inflates": lambda: ("a.pdf", pdf_files.inflating_pdf(1 << 28)),
    "one cell in the last corner": lambda: ("a.xlsx", zip_files.xlsx({"表": ROWS}, first="XFD1048576")),
    "sheet of a million rows": lambda: ("a.xlsx", zip_files.xlsx({"表": [("1", "2")] * 200_000})),
    "xml that nests": lambda: ("a.docx", zip_files.docx("<w:p>" * 300_000 + "</w:p>" * 300_000)),
    "rtf that nests": lambda: ("a.doc", b"{\\rtf1" + b"{" * 3_000_000),
    "html that nests": lambda: ("a.doc", b"<html>" + b"<div>" * 500_000),
    "zip of 20,000 names": lambda: ("a.zip", zip_files.packed({f"{n}.txt": "x" for n in range(20_000)})),
    "rar that says it is endless": lambda: ("a.rar", lying_rar(1 << 40)),
    "rar that says it is small": lambda: ("a.rar", lying_rar(1)),
    "rar with a huge dictionary": lambda: ("a.rar", hungry_rar()),
    "rar of 20,000 names": lambda: ("a.rar", rar_files.rar({f"{n}.txt": b"x" for n in range(20_000)})),
    "7z that inflates": lambda: ("a.7z", seven_zip_files.inflating(1 << 28)),
    "doc whose pieces lie": lambda: ("a.doc", lying_doc()),
}


def resident(pid: int) -> int:
    """The most memory that a process ever had, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))


@cache
def made(name: str) -> tuple[str, bytes]:
    return HOSTILE[name]()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_ends_in_time_and_the_next_is_read(name: str) -> None:
    called, body = made(name)
    with FileReader() as reader:
        reader.read("a.txt", b"first")
        began = time.monotonic()
        paper = reader.read(called, body)
        took = time.monotonic() - began
        after = reader.read("b.txt", b"next")

    assert paper.flaws, paper
    assert took < SECONDS
    assert after.text == "next"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_adds_little_memory(name: str, tmp_path: Path) -> None:
    called, body = made(name)
    (tmp_path / "file").write_bytes(body)
    child = Child()
    before = resident(child.process.pid)
    try:
        child.ask({"name": called, "path": str(tmp_path / "file")})
        grown = resident(child.process.pid) - before
    except ChildEnded:
        grown = 0  # the kernel refused it more than its limit, which is below ours
    finally:
        child.end()

    assert grown < MOST
    assert limits.MEMORY < MOST


def test_child_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("notices.intake.files.reader.WALL", 0.5)
    os.mkfifo(tmp_path / "file")
    child = Child()

    with pytest.raises(ChildEnded) as ended:
        child.ask({"name": "a.pdf", "path": str(tmp_path / "file")})
    child.end()

    assert ended.value.flaw is Flaw.TOO_SLOW
    assert child.process.returncode is not None


def test_child_that_spins_is_ended_by_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.SECONDS < WALL < SECONDS


def test_child_gets_no_secrets_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "sesame")
    child = Child()
    environment = Path(f"/proc/{child.process.pid}/environ").read_bytes()
    child.end()

    assert b"sesame" not in environment


def test_child_that_dies_is_replaced() -> None:
    with FileReader() as reader:
        reader.read("a.txt", b"first")
        assert reader.child is not None
        reader.child.process.kill()
        dead = reader.read("a.txt", b"second")
        after = reader.read("a.txt", b"third")

    assert (dead.kind, dead.flaws, after.text) == (Kind.UNKNOWN, (Flaw.CRASHED,), "third")


def test_child_is_kept_for_many_files() -> None:
    with FileReader() as reader:
        reader.read("a.txt", b"first")
        assert reader.child is not None
        first = reader.child.process.pid
        for _ in range(20):
            reader.read("a.txt", b"again")
        assert reader.child.process.pid == first


def test_reader_ends_its_child() -> None:
    with FileReader() as reader:
        reader.read("a.txt", b"first")
        assert reader.child is not None
        process = reader.child.process

    assert process.poll() is not None
