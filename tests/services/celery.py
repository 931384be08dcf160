"""A real Celery worker on the test database and the test Redis, to be killed and started again."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from config.processes import die_with_parent, kill_group

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class Worker:
    """One `celery -A tasks worker` with two pool processes, on every queue."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = {**os.environ, **environment}
        self.log = log
        self.start()

    def start(self) -> None:
        """Starts the worker and waits until it takes tasks."""
        already = len(self.said())
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "celery",
                    "-A",
                    "tasks",
                    "worker",
                    "--concurrency=2",
                    "--loglevel=INFO",
                ],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - the test run's main thread starts it
            )
        self._wait_until_ready(already)

    def kill(self) -> None:
        """SIGKILL to the worker and its pool: no goodbye."""
        kill_group(self._process.pid)
        self._process.wait()

    def stop(self) -> None:
        """A warm shutdown, then SIGKILL for what is left."""
        if self._process.poll() is None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
        self.kill()

    def restart(self) -> None:
        """Kills what runs and starts again."""
        self.kill()
        self.start()

    def said(self) -> str:
        """All that the worker has logged so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _wait_until_ready(self, already: int) -> None:
        last_moment = time.monotonic() + PATIENCE
        while " ready." not in self.said()[already:]:
            if self._process.poll() is not None or time.monotonic() > last_moment:
                raise RuntimeError(f"the Celery worker did not get ready:\n{self.said()[already:]}")
            time.sleep(0.05)
