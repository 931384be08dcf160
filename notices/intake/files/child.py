"""The process in which files are opened: `python -m notices.intake.files.child`.

It takes one line of JSON for each file on standard input, {name, path}, and answers with one on standard
output. Before the first it limits itself: a file that would take more memory, time or disk ends this process
and nothing else.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from notices.intake.files.opening import open_file
from notices.intake.files.papers import Flaw, Unreadable

MEMORY = 48 << 20  # bytes more than the process has when it starts to read
SECONDS = 8  # of the processor, for one file; the parent watches the clock on the wall
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
PAGE_SIZE = resource.getpagesize()


def main() -> None:
    """Answers until standard input ends, or a file ends us."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    _limit()
    _answer(answers, {"ready": True})
    for line in sys.stdin:
        job = json.loads(line)
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS, resource.RLIM_INFINITY))
        _answer(answers, _read(job["name"], Path(job["path"])) | {"resident": _pages(1)})


def _limit() -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    most = _pages(0) + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _pages(which: int) -> int:
    """Bytes of address space (0) or of memory (1) that this process has."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[which]) * PAGE_SIZE


def _read(name: str, path: Path) -> dict[str, Any]:
    try:
        paper = open_file(name, path.read_bytes())
    except Unreadable as unread:
        return {"flaws": [unread.flaw]}
    except MemoryError:
        return {"flaws": [Flaw.TOO_HUNGRY]}
    except Exception:  # noqa: BLE001 - the parent takes the flaw, its log the trace
        traceback.print_exc()
        return {"flaws": [Flaw.CRASHED]}
    parts = [[part.where, part.text] for part in paper.parts]
    return {"kind": paper.kind, "parts": parts, "flaws": paper.flaws, "members": paper.members}


def _answer(answers: Any, said: dict[str, Any]) -> None:  # a text stream
    print(json.dumps(said, ensure_ascii=False), file=answers, flush=True)


if __name__ == "__main__":
    main()
