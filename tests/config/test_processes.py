"""The process tree: what dies is restarted, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from config import processes
from config.processes import Program, cause, deaths_in_a_row, obituary, restart_after

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0

# A parent that keeps two programs: one writes its pid on each start, one will not listen to SIGTERM.
PARENT = """
import sys
from pathlib import Path
from config.processes import Program, Tree

folder = Path(sys.argv[1])
write = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\\\n'); time.sleep(600)"
deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + write
tree = Tree(say=lambda line: print(line, flush=True), grace=0.5)
tree.start(
    [
        Program("ground", (sys.executable, "-c", write, str(folder / "ground")), stage=0),
        Program("deaf", (sys.executable, "-c", deaf, str(folder / "deaf"))),
    ]
)
tree.keep()
"""


class Parent:
    """A process with a tree, and the pids that its programs wrote."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        command = [sys.executable, "-c", PARENT, str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.wait_until(lambda: bool(self.pids("ground") and self.pids("deaf")))

    def pids(self, name: str) -> list[int]:
        file = self._folder / name
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def wait_until(self, true: Callable[[], bool]) -> None:
        last_moment = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < last_moment, "waited in vain"
            time.sleep(0.02)

    def stop(self) -> str:
        self.process.terminate()
        said, _ = self.process.communicate(timeout=PATIENCE)
        return said


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[Parent]:
    parent = Parent(tmp_path)
    yield parent
    for pid in [parent.process.pid, *parent.pids("ground"), *parent.pids("deaf")]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    parent.process.communicate()


def is_alive(pid: int) -> bool:
    """False for a zombie, too: it waits for an init that a container may not have."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(("deaths", "seconds"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (99, 30)])
def test_restart_after_backs_off_to_half_a_minute(deaths: int, seconds: float) -> None:
    assert restart_after(deaths) == seconds


@pytest.mark.parametrize(("before", "lived", "deaths"), [(0, 0.1, 1), (3, 59.9, 4), (3, 60, 1), (0, 900, 1)])
def test_deaths_in_a_row_are_forgotten_after_a_steady_minute(before: int, lived: float, deaths: int) -> None:
    assert deaths_in_a_row(before, lived) == deaths


@pytest.mark.parametrize(("returncode", "words"), [(3, "退出码 3"), (-9, "被信号 SIGKILL 结束")])
def test_cause_names_the_signal_or_the_code(returncode: int, words: str) -> None:
    assert cause(returncode) == words


def test_obituary_says_what_died_and_what_happens_next() -> None:
    assert obituary("网站", -9, 4.0) == "网站 停了（被信号 SIGKILL 结束），4 秒后重启"


def test_tree_restarts_what_was_killed(parent: Parent) -> None:
    first = parent.pids("ground")[0]
    os.kill(first, signal.SIGKILL)
    parent.wait_until(lambda: len(parent.pids("ground")) == 2)
    assert is_alive(parent.pids("ground")[1])
    assert "ground 停了（被信号 SIGKILL 结束），1 秒后重启" in parent.stop()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_tree_stops_all_when_asked(parent: Parent, how: signal.Signals) -> None:
    parent.process.send_signal(how)
    said, _ = parent.process.communicate(timeout=PATIENCE)
    assert parent.process.returncode == 0
    assert "deaf 在 0.5 秒内没有停下，强行结束" in said
    assert not any(is_alive(pid) for pid in [*parent.pids("ground"), *parent.pids("deaf")])


def test_tree_dies_with_a_parent_that_was_killed(parent: Parent) -> None:
    parent.process.kill()
    parent.process.wait()
    parent.wait_until(lambda: not is_alive(parent.pids("ground")[0]))


def test_spawn_puts_a_program_in_a_group_of_its_own() -> None:
    process = processes.spawn(Program("sleeper", (sys.executable, "-c", "import time; time.sleep(600)")))
    assert os.getpgid(process.pid) == process.pid
    processes.kill_group(process.pid)
    assert process.wait() == -signal.SIGKILL
