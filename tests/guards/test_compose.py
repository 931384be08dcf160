"""docker-compose.yml, checked as far as a machine without a Docker daemon allows."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from celery.bin.celery import celery as celery_command

from celeryconfig import task_queues
from tests.guards import compose
from tests.guards.house import ROOT

SERVICES: dict[str, Any] = compose.document()["services"]
COMMANDS = compose.product_commands()
BIN = Path(sys.executable).parent


def option(words: list[str], name: str) -> str:
    return next(word.partition("=")[2] for word in words if word.startswith(f"{name}="))


def test_compose_file_obeys_the_specification() -> None:
    jsonschema.validate(compose.document(), compose.specification())


def test_every_queue_has_a_worker_and_every_worker_a_queue() -> None:
    consumed = [option(words, "--queues") for words in COMMANDS.values() if "worker" in words]
    assert sorted(consumed) == sorted(queue.name for queue in task_queues)


def test_there_is_one_beat() -> None:
    assert [name for name, words in COMMANDS.items() if "beat" in words] == ["beat"]
    assert "deploy" not in SERVICES["beat"]


@pytest.mark.parametrize("name", [name for name in COMMANDS if COMMANDS[name][0] == "celery"])
def test_celery_service_s_command_line_is_one_that_celery_takes(name: str) -> None:
    _, *words = COMMANDS[name]
    with celery_command.make_context("celery", words[:2], resilient_parsing=True) as top:
        subcommand = celery_command.get_command(top, words[2])
        assert subcommand is not None
        with subcommand.make_context(words[2], words[3:], parent=top, resilient_parsing=True) as context:
            assert context.args == []


def test_web_service_s_command_line_is_one_that_gunicorn_takes(tmp_path: Path) -> None:
    program, *words = COMMANDS["web"]
    check = [str(BIN / program), "--check-config", f"--worker-tmp-dir={tmp_path}", *words]
    result = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_migrate_service_s_command_line_is_one_that_django_takes() -> None:
    program, *words = COMMANDS["migrate"]
    assert program == "python"
    help_shown = subprocess.run(
        [sys.executable, *words, "--help"], cwd=ROOT, capture_output=True, check=False
    )
    assert help_shown.returncode == 0


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_service_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", list(COMMANDS))
def test_service_is_given_longer_to_stop_than_a_worker_needs(name: str) -> None:
    from celeryconfig import worker_soft_shutdown_timeout

    assert int(SERVICES[name]["stop_grace_period"].rstrip("s")) > worker_soft_shutdown_timeout


def test_redis_keeps_its_queue() -> None:
    assert SERVICES["redis"]["command"].split()[1:] == [
        "--appendonly",
        "yes",
        "--maxmemory-policy",
        "noeviction",
    ]


def test_secrets_come_from_the_environment_file() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert {name for name in compose.variables(text) if f"{name}=" not in example} == set()


def test_only_loopback_ports_are_published() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert [port for port in published if not port.startswith("127.0.0.1:")] == []
