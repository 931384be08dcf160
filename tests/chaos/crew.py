"""Workers and beats as processes of their own: killed, and started again by us as by a supervisor."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config import embedded
from config.processes import die_with_parent, kill_group

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = ("--concurrency=2", "--loglevel=WARNING", "--without-gossip", "--without-mingle")
WORKER = (sys.executable, "-m", "tests.chaos.worker", *OPTIONS)
NURSERY = (sys.executable, "-m", "tests.chaos.worker", "--nursery", *OPTIONS)


@dataclass
class Hand:
    """One process, with what it is started with when it died."""

    argv: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    deaths: list[str] = field(default_factory=list)  # of its next lives, one each
    process: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """In a process group of its own."""
        trap = {"CHAOS_DEATH": self.deaths.pop(0)} if self.deaths else {}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.argv,
                cwd=ROOT,
                env={**os.environ, **self.environment, **trap},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - started by the main thread, as tests.services do
            )

    def kill(self) -> None:
        """SIGKILL to it and its children."""
        kill_group(self.process.pid)
        self.process.wait()

    def freeze(self) -> None:
        """SIGSTOP to it and its children: connections stay, nothing moves."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """They go on as if nothing had been."""
        os.killpg(self.process.pid, signal.SIGCONT)


class Crew:
    """All that works: `keep()` starts again what died, a second after, as its supervisor does."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self.environment, self.folder = dict(environment), folder
        self.hands: list[Hand] = []
        self.died = folder / "died"

    def worker(self, *deaths: str) -> Hand:
        """A worker with two pool processes; `deaths` as in `after claim@3`, for a life each."""
        return self._hired(WORKER, deaths)

    def beat(self) -> Hand:
        """The product's own beat."""
        return self._hired(embedded.beat(self.folder / f"beat-{len(self.hands)}"))

    def _hired(self, argv: tuple[str, ...], deaths: Sequence[str] = ()) -> Hand:
        log = self.folder / f"hand-{len(self.hands)}.log"
        hand = Hand(argv, {**self.environment, "CHAOS_DIED": str(self.died)}, log, list(deaths))
        self.hands.append(hand)
        return hand

    def keep(self) -> None:
        """Starts again whoever is dead."""
        for hand in self.hands:
            if hand.process.poll() is not None:
                hand.kill()
                time.sleep(1)
                hand.start()

    def deaths(self) -> list[float]:
        """When each trap closed."""
        return [float(line) for line in self.died.read_text().split()] if self.died.exists() else []

    def dismiss(self) -> None:
        """Kills all."""
        for hand in list(self.hands):
            self.let_go(hand)

    def let_go(self, hand: Hand) -> None:
        """Kills one, who is not started again."""
        hand.kill()
        self.hands.remove(hand)

    def said(self) -> str:
        """The end of every log, for a run that went wrong."""
        return "\n".join(f"── {hand.log.name}\n{_end_of(hand.log)}" for hand in self.hands)


class Nursery:
    """Workers forked from one process that has loaded all: as real as others, and up in a moment."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self.died, self.log = folder / "died", folder / "workers.log"
        self._born: list[int] = []
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                NURSERY, cwd=ROOT, env={**os.environ, **environment, "CHAOS_DIED": str(self.died)},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                start_new_session=True, preexec_fn=die_with_parent,  # noqa: PLW1509 - as above
            )  # fmt: skip

    def worker(self, death: str = "") -> int:
        """The process group of a new worker, which dies as in `after claim@3`."""
        asked, answered = self._process.stdin, self._process.stdout
        if asked is None or answered is None:
            raise RuntimeError("the nursery has no pipes")
        if self.died.exists():
            self._born.clear()  # a dead group's number may be given to another
            self.died.unlink()
        print(death, file=asked, flush=True)
        self._born.append(int(answered.readline()))
        return self._born[-1]

    def said(self) -> str:
        """The end of what they logged."""
        return _end_of(self.log)

    def close(self) -> None:
        """Kills all, and what forked them."""
        for group in self._born:
            kill_group(group)
        kill_group(self._process.pid)
        self._process.communicate()


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-3000:] if log.exists() else ""
