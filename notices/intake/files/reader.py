"""Files are opened by a child that is kept warm, watched by the clock, and replaced when a file breaks it.

`subprocess` and not `multiprocessing`, since the processes of a Celery worker may have no such children.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from notices.intake.files.papers import Flaw, Kind, Paper, Part

CHILD = "notices.intake.files.child"
HOME = Path(__file__).resolve().parents[3]  # where the `notices` package stands
WALL = 9.0  # seconds for one file
START = 60.0  # seconds for the child to be ready, on a machine that is busy
GROWN = 16 << 20  # bytes; a child that kept so much of former files is replaced
FILES = 500  # after so many it is replaced anyway
LONGEST_ANSWER = 8 << 20  # bytes


class ChildEnded(Exception):
    """The child gave no answer; `flaw` says how it ended."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


class FileReader:
    """Used as `with FileReader() as reader: reader.read(name, body)`. Starts nothing before it must."""

    def __init__(self) -> None:
        self.child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, name: str, body: bytes) -> Paper:
        """What the file says; a paper with the flaw alone where it says nothing or broke the child."""
        with tempfile.NamedTemporaryFile(prefix="kuaixun-file-") as kept:
            kept.write(body)
            kept.flush()
            return self._read(name, kept.name)

    def _read(self, name: str, path: str) -> Paper:
        self.child = self.child or Child()
        try:
            said = self.child.ask({"name": name, "path": path})
        except ChildEnded as ended:
            self._end()
            return Paper(Kind.UNKNOWN, flaws=(ended.flaw,))
        if self.child.is_worn(said["resident"]) or Flaw.TOO_HUNGRY in said["flaws"]:
            self._end()
        return _paper(said)

    def _end(self) -> None:
        if self.child is not None:
            self.child.end()
            self.child = None


class Child:
    """One child process. It gets no environment: the secrets of ours are none of a stranger's file."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # what a dead child did not take is not written again on closing
            cwd=HOME,
            env={"PATH": os.defpath, "PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "1"},
            start_new_session=True,
        )
        self.files = 0
        self.first_resident = 0
        self._answer(START)

    def ask(self, job: dict[str, str]) -> dict[str, Any]:
        """The child's answer; ChildEnded when none came in time."""
        assert self.process.stdin is not None  # noqa: S101 - it was asked for above
        self.files += 1
        try:
            self.process.stdin.write(json.dumps(job).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise ChildEnded(Flaw.CRASHED) from error
        return self._answer(WALL)

    def is_worn(self, resident: int) -> bool:
        """Whether it has grown, or worked long enough."""
        self.first_resident = self.first_resident or resident
        return resident > self.first_resident + GROWN or self.files >= FILES

    def end(self) -> None:
        """Kill it, if it still lives, and give back what it held."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        self.process.wait()

    def _answer(self, seconds: float) -> dict[str, Any]:
        until = time.monotonic() + seconds
        said = b""
        with selectors.DefaultSelector() as selector:
            assert self.process.stdout is not None  # noqa: S101 - it was asked for above
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not said.endswith(b"\n"):
                if not selector.select(max(0.0, until - time.monotonic())):
                    raise ChildEnded(Flaw.TOO_SLOW)
                piece = os.read(self.process.stdout.fileno(), 1 << 20)
                if not piece or len(said) > LONGEST_ANSWER:
                    raise ChildEnded(self._how_it_ended())
                said += piece
        return dict(json.loads(said))

    def _how_it_ended(self) -> Flaw:
        """Its output closed, so it died or is about to; the kernel ends one whose time is up by SIGXCPU."""
        try:
            code = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return Flaw.CRASHED
        return Flaw.TOO_SLOW if code == -signal.SIGXCPU else Flaw.CRASHED


def _paper(said: dict[str, Any]) -> Paper:
    return Paper(
        Kind(said.get("kind", Kind.UNKNOWN)),
        tuple(Part(where, text) for where, text in said.get("parts", ())),
        tuple(map(Flaw, said["flaws"])),
        tuple(said.get("members", ())),
    )
