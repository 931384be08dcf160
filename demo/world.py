"""The loopback world that the demo plays in: government web, mail sink, WeChat, Redis, one worker."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from config import embedded_redis
from demo.sink import Sink
from demo.web.server import GovernmentWeb
from demo.wechat import Simulator


class WorldError(Exception):
    """The demo cannot go on; the words say what failed, where, and what to do."""


class World:
    """Everything outside the product, and the product's one worker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outbox = folder / "outbox"
        self.phone_log = folder / "wechat.jsonl"

    def __enter__(self) -> "World":
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.web = GovernmentWeb(self.folder / "web")
            self.sink = Sink(self.outbox)
            self.wechat = Simulator(self.phone_log, followers={}, now=lambda: self.web.now)
            self.redis = None if os.environ.get("REDIS_URL") else embedded_redis.start(self.folder / "redis")
            for part in (self.web, self.sink, self.wechat):
                part.start()
        except (OSError, embedded_redis.NoRedisError) as error:
            raise WorldError(f"演示环境起不来：{error}。请先处理，再运行 make demo") from error
        os.environ.update(self.environment())
        self.worker: subprocess.Popen[bytes] | None = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop_worker()
        for part in (self.web, self.sink, self.wechat):
            part.stop()
        if self.redis is not None:
            self.redis.stop()

    def environment(self) -> dict[str, str]:
        """The settings under which the product meets this world; all of them are documented ones."""
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "KUAIXUN_VAR": str(self.folder),
            "REDIS_URL": self.redis.url if self.redis is not None else os.environ["REDIS_URL"],
            "SMTP_URL": os.environ.get("SMTP_URL", f"smtp://127.0.0.1:{self.sink.port}"),
            "MAIL_FROM": "快讯 <kuaixun@demo.example>",
            "WECHAT_APPID": self.wechat.appid,
            "WECHAT_SECRET": self.wechat.secret,
            "WECHAT_API_BASE": self.wechat.base_url,
            "INTAKE_ALLOW_NETS": "127.0.0.0/8",
            "INTAKE_HOST_GAP": "0",
            "PACE": "",
            "INTAKE_CONNECT_TO": ",".join(self.web.connect_to),
            "INTAKE_CA_FILE": str(self.web.ca_file),
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
        }

    def start_worker(self) -> None:
        """One real Celery worker for all queues; its words go to worker.log."""
        log = (self.folder / "worker.log").open("ab")
        queues = "poll,read,attach,compose,deliver,repair"
        command = [sys.executable, "-m", "celery", "-A", "tasks", "worker", "-Q", queues, "-c", "2"]
        self.worker = subprocess.Popen(
            [*command, "--without-gossip", "--without-mingle", "--loglevel", "WARNING"],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()

    def keep_worker_alive(self) -> None:
        """Starts the worker again if it died, and says so."""
        if self.worker is None or self.worker.poll() is None:
            return
        print(f"工作进程退出（{self.worker.returncode}），重新启动；未完成的从库里接着做。", file=sys.stderr)
        self.start_worker()

    def stop_worker(self) -> None:
        """Asks the worker to finish, then insists."""
        if self.worker is None or self.worker.poll() is not None:
            return
        self.worker.send_signal(signal.SIGTERM)
        try:
            self.worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()
