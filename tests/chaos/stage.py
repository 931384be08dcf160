"""One run's own servers, crowd and crew; nothing is shared between two runs."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config import embedded_redis
from demo.sink import Sink
from demo.wechat import Simulator
from tests.chaos.clocks import ShiftedClocks
from tests.chaos.crew import Crew
from tests.services import postgres

# A slow machine is no fault: how long healing may take is judged apart.
PATIENCE = 600.0
LOOK = 0.2


class Stage:
    """Set up for `recipients` people on one database; faults are acted on it."""

    def __init__(self, folder: Path, database: str, recipients: int) -> None:
        self.folder, self.database, self.recipients = folder, database, recipients
        self.clocks = ShiftedClocks(folder / "clocks")
        self.redis = embedded_redis.start(folder / "redis")
        self.postgres = _durable() if database == "postgresql" else None
        self.sink = Sink(folder / "outbox")
        self.sink.start()
        self.phone = Simulator(folder / "wechat.jsonl", {}).start()
        self.crew = Crew(self._environment(), folder)

    def _environment(self) -> dict[str, str]:
        database = self.folder / "database"
        database.mkdir(exist_ok=True)
        return {
            "DATABASE_URL": self.postgres.url if self.postgres else f"sqlite:///{database}/kuaixun.sqlite3",
            "REDIS_URL": self.redis.url, "KUAIXUN_VAR": str(self.folder), "LOG_LEVEL": "WARNING",
            "SMTP_URL": self.sink.url, "CHAOS_CLOCK": str(self.clocks.path),
            "WECHAT_APPID": self.phone.appid, "WECHAT_SECRET": self.phone.secret,
            "WECHAT_API_BASE": self.phone.base_url, "DJANGO_SETTINGS_MODULE": "config.settings",
            "PACE": "",  # the receivers here are our own
        }  # fmt: skip

    def set_up(self) -> None:
        """Django on this run's database, with the crowd and the notices in it."""
        os.environ.update(self.crew.environment)
        import django

        django.setup()
        from django.core.management import call_command

        from tasks import app
        from tests.chaos import crowd

        app.conf.broker_url = self.redis.url  # celeryconfig was read before this Redis was there
        call_command("migrate", verbosity=0)
        people, news = crowd.people(self.recipients), crowd.news()
        crowd.settle_in(people)
        crowd.publish(news)
        self.phone.account.followers.update(crowd.openids(people))
        self.titles = [item.title for item in news]
        self.expected = crowd.expected(people, news)
        self.messages = len({(told.address, told.sort) for told in self.expected})
        self.clocks.set_business(crowd.MATCHED)

    def morning(self) -> None:
        """Alerts, digests and reminders are due now."""
        from tests.chaos import crowd

        self.clocks.set_business(crowd.DUE)

    def arrived(self) -> int:
        """Messages in the sinks' files, by their number alone."""
        mails = sum(1 for entry in os.scandir(self.sink.folder) if entry.name.endswith(".eml"))
        return mails + len(self.phone.account.messages)

    def wait_for(self, what: Callable[[], Any], patience: float = PATIENCE) -> bool:
        """Whether it came to be in time; whoever dies meanwhile is started again."""
        last_moment = time.monotonic() + patience
        while not what():
            if time.monotonic() > last_moment:
                return False
            self.crew.keep()
            time.sleep(LOOK)
        return True

    def restart_redis(self, away: float) -> None:
        """SIGKILL, and another with nothing in it on the same port."""
        self.redis.process.kill()
        self.redis.process.wait()
        time.sleep(away)
        port = int(self.redis.url.rpartition(":")[2].partition("/")[0])
        self.redis = embedded_redis.start(self.folder / "redis", port)

    def close_mail_server(self, away: float) -> None:
        """Nobody listens on its port for so long; then another, on the same files."""
        port = self.sink.port
        self.sink.stop()
        time.sleep(away)
        self.sink = Sink(self.folder / "outbox", port)
        self.sink.start()

    def tear_down(self) -> None:
        """Everything ends, nothing stays."""
        self.crew.dismiss()
        self.phone.stop()
        self.sink.stop()
        self.redis.stop()
        if self.postgres:
            self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class _Durable:
    """A cluster that keeps what it said was committed, and can be crashed."""

    def __init__(self, server: postgres.Postgres) -> None:
        self.url, self._server, self._process = server.url, server, server.process

    def crash(self, away: float) -> None:
        """SIGKILL to the server and all its backends, then recovery from its log."""
        import signal

        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()
        time.sleep(away)
        self._process = subprocess.Popen(
            self._process.args, cwd=self._server.folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **postgres._demoted(),
        )  # fmt: skip

    def stop(self) -> None:
        """Ends whichever runs now."""
        postgres.Postgres(self.url, self._process, self._server.folder).stop()


def _durable() -> _Durable:
    import psycopg

    server = postgres.start()
    with psycopg.connect(server.url, autocommit=True) as connection:
        # The tests' server forgets the last commits when it is killed; a real one does not.
        connection.execute("ALTER ROLE kuaixun SET synchronous_commit = on")
    return _Durable(server)
