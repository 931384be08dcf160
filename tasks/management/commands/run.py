"""`make run`: the embedded way, all in one process tree."""

import os
import secrets
import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connections

from config import embedded
from config.embedded_redis import NoRedisError, free_port
from config.processes import Tree
from notices.intake.shipped import read_table, ship

STAFF = "staff"


class Command(BaseCommand):
    help = "启动网站、任务与节拍：一条命令，一棵进程树；谁停了就重启谁，Ctrl-C 全部停下。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", help="网站端口（默认 KUAIXUN_PORT，再默认 8000）")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["port"]:
            os.environ["KUAIXUN_PORT"] = options["port"]
        chosen = embedded.plan(os.environ, settings.VAR_DIR, open_port)
        refuse_taken(chosen.web)
        prepare(chosen.var)
        os.environ.update(embedded.settings(chosen, os.environ))
        tree = Tree(say=self.say)
        try:
            tree.start(embedded.programs(chosen))
        except NoRedisError as error:
            raise CommandError(str(error)) from error
        self.say("\n".join([*embedded.addresses(chosen), staff_login(chosen.var), "按 Ctrl-C 停止。"]))
        connections.close_all()
        tree.keep()
        self.say("已全部停止。")

    def say(self, line: str) -> None:
        """At once, even where the output is a file."""
        self.stdout.write(line)
        self.stdout.flush()


def open_port(preferred: int) -> int:
    """The preferred port, or a free one where it is 0 or taken."""
    return preferred if preferred and not is_taken(preferred) else free_port()


def is_taken(port: int) -> bool:
    """True when something listens on that port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def refuse_taken(port: int) -> None:
    """The address that people know is not moved silently."""
    if is_taken(port):
        raise CommandError(
            f"端口 {port} 已被占用。请先停下占用它的程序，或另选一个：KUAIXUN_PORT=8001 make run"
        )


def prepare(var: Path) -> None:
    """Makes the folder, brings the database up to date, and lays in the shipped sources, all off."""
    try:
        for folder in (var / "redis", settings.STATIC_ROOT):
            folder.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        ship(read_table())
    except (OSError, OperationalError) as error:
        raise CommandError(f"数据库没有准备好（{var}）：{error}。请看磁盘空间与目录权限。") from error


def staff_login(var: Path) -> str:
    """Makes this machine's staff login once, and says where it is; its password is not shown again."""
    file = var / "staff-login.txt"
    user, made = get_user_model().objects.get_or_create(
        username=STAFF, defaults={"is_staff": True, "is_superuser": True}
    )
    if not made:
        where = f"口令在 {file}" if file.exists() else f"忘了口令可用 manage.py changepassword {STAFF}"
        return f"登录    {STAFF}（{where}）"
    password = secrets.token_urlsafe(12)
    file.touch(mode=0o600)
    file.write_text(f"{STAFF}\n{password}\n", encoding="utf-8")
    user.set_password(password)
    user.save()
    return f"登录    {STAFF} / {password}（只显示这一次，存于 {file}）"
