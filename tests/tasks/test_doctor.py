"""`manage.py doctor`."""

import re
from collections import namedtuple
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from demo.sink import Sink
from notices.intake.files import unpacking
from notices.models import Found, Proving, Source
from tasks.management.commands import doctor
from tasks.management.commands.doctor import Finding
from tests.services import unpacker

Usage = namedtuple("Usage", "free")
NOBODY = "127.0.0.1:1"  # port 1: nothing listens there


@pytest.mark.django_db
def test_database_is_well_when_migrated() -> None:
    assert doctor.database().level == "正常"


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost", False),
        ("https://kuaixun.example.cn", True),
        ("http://10.0.0.8", True),
    ],
)
def test_is_public_knows_this_machine_s_own_address(url: str, public: bool) -> None:
    assert doctor.is_public(url) is public


def test_unpacker_that_is_there_is_well() -> None:
    unpacker.library()
    assert doctor.unpacker().level == "正常"


def test_unpacker_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LIBARCHIVE", None)
    assert "apt-get install libarchive13" in doctor.unpacker().words


def test_broker_that_answers_is_well(settings: Any, redis_url: str) -> None:
    settings.REDIS_URL = redis_url
    assert doctor.broker() == Finding("正常", "Redis：有应答")


def test_broker_that_is_silent_is_unwell(settings: Any) -> None:
    settings.REDIS_URL = f"redis://{NOBODY}/0"
    assert doctor.broker().level == "异常"


def test_broker_without_an_address_names_the_embedded_one() -> None:
    assert re.match("Redis：未设 REDIS_URL，make run 用 .*redis-server", doctor.broker().words)


def test_mail_server_that_greets_is_well(
    settings: Any, smtp_sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_URL", smtp_sink.url)
    settings.SMTP_URL = smtp_sink.url
    assert doctor.mail() == Finding("正常", "发信服务器：有应答")


@pytest.mark.parametrize("url", [f"smtp://{NOBODY}", "http://127.0.0.1"])
def test_mail_server_that_does_not_is_unwell(
    settings: Any, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("SMTP_URL", url)
    settings.SMTP_URL = url
    assert doctor.mail().level == "异常"


@pytest.mark.parametrize(
    ("url", "hosts", "level"),
    [
        ("http://127.0.0.1:8000", ["127.0.0.1"], "注意"),
        ("http://kuaixun.example.cn", ["kuaixun.example.cn"], "异常"),
        ("https://kuaixun.example.cn", ["127.0.0.1"], "异常"),
        ("https://kuaixun.example.cn", ["kuaixun.example.cn"], "正常"),
    ],
)
def test_address_must_be_encrypted_and_allowed(settings: Any, url: str, hosts: list[str], level: str) -> None:
    settings.BASE_URL, settings.ALLOWED_HOSTS = url, hosts
    assert doctor.address().level == level


def test_intake_that_may_reach_inside_is_a_warning(settings: Any) -> None:
    settings.INTAKE_ALLOW_NETS = ["127.0.0.0/8", "10.0.0.0/8"]
    assert doctor.intake().level == "注意"
    assert "127.0.0.0/8、10.0.0.0/8" in doctor.intake().words


def test_intake_says_which_ports_may_be_asked(settings: Any) -> None:
    settings.INTAKE_ALLOW_PORTS = ["8080"]
    assert doctor.intake() == Finding("正常", "抓取：不碰内网地址，端口 80、443、8080，同一网站隔 2 秒")


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({"INTAKE_ALLOW_PORTS": ["http"]}, "异常"),
        ({"INTAKE_ALLOW_PORTS": ["80800"]}, "异常"),
        ({"INTAKE_ALLOW_NETS": ["localnet"]}, "异常"),
        ({"INTAKE_HOST_GAP": 0.5}, "注意"),
    ],
)
def test_intake_that_cannot_be_read_or_hurries_is_told(
    settings: Any, changed: dict[str, Any], level: str
) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    assert doctor.intake().level == level


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, "正常"),
        ({"SECRET_KEY": "short"}, "异常"),
        ({"DEBUG": True}, "正常"),
        ({"DEBUG": True, "BASE_URL": "https://kuaixun.example.cn"}, "异常"),
    ],
)
def test_secrecy_looks_at_key_and_debugging(settings: Any, changed: dict[str, Any], level: str) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    assert doctor.secrecy().level == level


def test_secret_key_that_others_can_read_is_unwell(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    (tmp_path / "secret_key").touch(mode=0o644)
    assert doctor.secrecy().level == "异常"


@pytest.mark.parametrize(("megabytes", "level"), [(50, "异常"), (500, "注意"), (5000, "正常")])
def test_disk_is_judged_by_what_is_free(monkeypatch: pytest.MonkeyPatch, megabytes: int, level: str) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: Usage(megabytes * doctor.MEGABYTE))
    assert doctor.disk().level == level


@pytest.mark.parametrize(("level", "code"), [("正常", None), ("注意", None), ("异常", 1)])
def test_doctor_s_exit_code_says_whether_all_is_well(
    monkeypatch: pytest.MonkeyPatch, level: doctor.Level, code: int | None
) -> None:
    monkeypatch.setattr(doctor, "CHECKS", (lambda: Finding(level, "磁盘"),))
    said = StringIO()
    try:
        call_command("doctor", stdout=said)
        left_with = None
    except SystemExit as ended:
        left_with = ended.code
    assert (said.getvalue(), left_with) == (f"[{level}] 磁盘\n", code)


@pytest.mark.django_db
@pytest.mark.parametrize(("given", "level"), [([], "注意"), (["zhiban@kuaixun.example"], "正常")])
def test_somebody_should_hear_of_sources_in_trouble(settings: Any, given: list[str], level: str) -> None:
    settings.STAFF_MAIL = given
    assert doctor.staff_mail().level == level


@pytest.mark.django_db
def test_sources_asks_for_the_shipped_ones_to_be_tried() -> None:
    assert doctor.sources().words.startswith("来源：一个也没有启用")

    Source.objects.create(slug="a", name="甲", url="http://a.gov.cn/", region=1, enabled=True)
    assert "还没试完" in doctor.sources().words


@pytest.mark.django_db
def test_sources_is_well_when_all_were_tried() -> None:
    source = Source.objects.create(slug="a", name="甲", url="http://a.gov.cn/", region=1, enabled=True)
    Proving.objects.create(source=source, address="A", reading="A", found=Found.PROVEN)

    assert doctor.sources() == Finding("正常", "来源：启用了 1 个")
