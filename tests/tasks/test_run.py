"""`make run`."""

import os
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError

from config.embedded_redis import free_port
from tasks.management.commands import run
from tests.guards.house import ROOT
from tests.services.listening import listening


@pytest.mark.django_db
def test_staff_login_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    said = run.staff_login(tmp_path)
    name, password = (tmp_path / "staff-login.txt").read_text().split()
    assert stat.S_IMODE((tmp_path / "staff-login.txt").stat().st_mode) == 0o600
    assert password in said
    user = authenticate(username=name, password=password)
    assert user is not None
    assert user.is_staff


@pytest.mark.django_db
def test_staff_login_is_not_shown_again(tmp_path: Path) -> None:
    run.staff_login(tmp_path)
    assert run.staff_login(tmp_path) == f"登录    staff（口令在 {tmp_path / 'staff-login.txt'}）"


def test_taken_port_is_refused_with_what_to_do() -> None:
    with listening() as port, pytest.raises(CommandError, match="KUAIXUN_PORT"):
        run.refuse_taken(port)


def test_open_port_gives_another_where_the_preferred_is_taken() -> None:
    with listening() as port:
        assert run.open_port(port) != port


def test_run_serves_and_stops_cleanly(tmp_path: Path) -> None:
    port = free_port()
    real = {"SMTP_URL": "smtp://127.0.0.1:1", "WECHAT_APPID": "wx1", "KUAIXUN_VAR": str(tmp_path)}
    environment = {**os.environ, **real, "KUAIXUN_PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", "run"]
    with (tmp_path / "log").open("wb") as log:
        tree = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    home = wait_for(f"http://127.0.0.1:{port}/healthz")
    tree.terminate()
    assert (home, tree.wait(60)) == (200, 0)
    assert "已全部停止。" in (tmp_path / "log").read_text()


def wait_for(url: str) -> int:
    """The status with which `url` answers, once it answers."""
    last_moment = time.monotonic() + 60
    while time.monotonic() < last_moment:
        try:
            with urllib.request.urlopen(url) as answer:
                return int(answer.status)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


@pytest.mark.django_db
def test_prepare_says_why_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="数据库没有准备好"):
        run.prepare(tmp_path / "file")
