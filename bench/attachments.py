"""Attached files: text, speed and harm, beside pdfplumber, python-docx and openpyxl on the same files."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from bench.attachment_peers import PEERS
from bench.figures import Figure, at_least, at_most, median_seconds, no_less, told
from notices.intake.files.opening import open_file
from notices.intake.files.papers import Flaw
from notices.intake.files.reader import Child, ChildEnded, FileReader
from tests.attachments import ole_files, pdf_files, zip_files
from tests.attachments.agreement import f1
from tests.attachments.shelf import body_of, expected
from tests.attachments.test_hostile_files import HOSTILE, made, resident
from tests.attachments.texts import GUIDE, ROWS, SECOND_PAGE

LEAST_F1, MS_A_PAGE, MOST_MB, MOST_SECONDS = 0.98, 3.0, 64.0, 10.0
PAGES = 40
RUNS = 7
PEER_FAILS = 0.0


def run() -> list[Figure]:
    """All figures."""
    return [*_text(expected()), *_pdf_pages(), *_office(), *_child(), *_harm()]


def _text(shelf: dict[str, dict[str, Any]]) -> Iterator[Figure]:
    """The agreement of all files of the corpus that have text, and of the peers on those that they read."""
    true = {name: one["text"] for name, one in shelf.items() if "text" in one}
    with FileReader() as reader:
        ours = {name: f1(reader.read(name, body_of(name)).text, text) for name, text in true.items()}
    yield told("files of the corpus", len(shelf), "files")
    yield no_less(LEAST_F1, f"text F1, mean of {len(ours)} files", mean(ours.values()), "F1", "the text", 1.0)
    yield no_less(LEAST_F1, "text F1, the worst file", min(ours.values()), "F1", "the text", 1.0)
    for suffix, (peer, read) in PEERS.items():
        names = [name for name in true if name.endswith(suffix)]
        theirs = mean(_tried(read, name, true[name]) for name in names)
        mine = mean(ours[name] for name in names)
        yield no_less(1, f"text F1, {len(names)} {suffix} files", mine, "F1", peer, theirs)


def _tried(read: Callable[[bytes], str], name: str, text: str) -> float:
    """A peer's F1; nothing where it breaks on the file."""
    try:
        return f1(read(body_of(name)), text)
    except Exception as error:  # noqa: BLE001 - whatever a peer breaks with is its result
        print(f"{name}: {type(error).__name__}")
        return PEER_FAILS


def _pdf_pages() -> Iterator[Figure]:
    """Milliseconds a page, for the three encodings of 公文."""
    pages = [pdf_files.set_lines(GUIDE), pdf_files.set_lines(SECOND_PAGE)] * (PAGES // 2)
    old = [[(x, y, text.encode("gbk", "ignore").decode("gbk")) for x, y, text in page] for page in pages]
    bodies = {
        "UniGB-UCS2-H": (pdf_files.cid_pdf(pages, "UniGB-UCS2-H", "utf-16-be"), PAGES),
        "GBK-EUC-H": (pdf_files.cid_pdf(old, "GBK-EUC-H", "gbk"), PAGES),
        "embedded subset": (body_of("公文-嵌入子集.pdf"), 1),
    }
    for name, (body, count) in bodies.items():
        ours = _ms(lambda body=body: open_file("a.pdf", body)) / count  # type: ignore[misc]
        theirs = _ms(lambda body=body: PEERS[".pdf"][1](body), 3) / count  # type: ignore[misc]
        yield at_most(1, f"PDF page, {name}", ours, "ms", "the limit", MS_A_PAGE)
        yield at_least(5, f"PDF page, {name}", ours, "ms", "pdfplumber", theirs)


def _office() -> Iterator[Figure]:
    """A table of 200 rows in Word, and sheets of 2000 rows."""
    word = zip_files.docx(zip_files.word_table(ROWS * 40))
    book = zip_files.xlsx({"汇总": ROWS * 400})
    old_word, old_book = ole_files.doc([GUIDE.replace("\n", "\r") * 40]), ole_files.xls(ROWS * 400)
    yield at_least(5, "DOCX, table of 200 rows", _ms(lambda: open_file("a.docx", word)), "ms",
                   "python-docx", _ms(lambda: PEERS[".docx"][1](word), 3))  # fmt: skip
    yield at_least(3, "XLSX, 2000 rows", _ms(lambda: open_file("a.xlsx", book)), "ms",
                   "openpyxl", _ms(lambda: PEERS[".xlsx"][1](book), 3))  # fmt: skip
    yield told("XLS, 2000 rows", _ms(lambda: open_file("a.xls", old_book)), "ms")
    yield told("DOC, 15,000 characters", _ms(lambda: open_file("a.doc", old_word)), "ms")


def _child() -> Iterator[Figure]:
    """What the child process costs: to start, and for a file that is read in no time."""
    body = b"x"
    with FileReader() as reader:
        yield told("child started, first file", 1000 * _seconds(lambda: reader.read("a.txt", body)), "ms")
        yield told("warm child, each file", _ms(lambda: reader.read("a.txt", body), 50), "ms")


def _harm() -> Iterator[Figure]:
    """The most that a hostile file adds, and whether the next file is read all the same."""
    harms = [_one_harm(*made(name)) for name in HOSTILE]
    survived = 0
    with FileReader() as reader:
        for name in HOSTILE:
            reader.read(*made(name))
            survived += reader.read("next.txt", b"next").text == "next"
    yield at_most(
        1, "hostile file, most memory added", max(mb for mb, _ in harms), "MB", "the limit", MOST_MB
    )
    yield at_most(1, "hostile file, longest", max(took for _, took in harms), "s", "the limit", MOST_SECONDS)
    yield no_less(1, "files read after a hostile one", survived, "files", "all", len(HOSTILE))


def _one_harm(name: str, body: bytes) -> tuple[float, float]:
    """MB and seconds that a file added to a child; one that the kernel ended had reached its limit."""
    child = Child()
    before = resident(child.process.pid)
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(body)
        began = time.perf_counter()
        try:
            child.ask({"name": name, "path": file.name})
            added = resident(child.process.pid) - before
        except ChildEnded as ended:
            added = _limit() if ended.flaw is not Flaw.TOO_SLOW else 0
        took = time.perf_counter() - began
        child.end()
    return added / (1 << 20), took


def _limit() -> int:
    from notices.intake.files import child  # noqa: PLC0415 - the module of the process, for its number alone

    return child.MEMORY


def _seconds(action: Callable[[], object]) -> float:
    return median_seconds(1, action)


def _ms(action: Callable[[], object], runs: int = RUNS) -> float:
    """The quickest of several runs: what else the machine does is not the file's doing."""
    return 1000 * min(_seconds(action) for _ in range(runs))
