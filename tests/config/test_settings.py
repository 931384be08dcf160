"""Settings as a new machine meets them: each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PRINT = "import json, sys; from config import settings; print(json.dumps(getattr(settings, sys.argv[1])))"


def started(name: str, **environment: str) -> "subprocess.Popen[str]":
    kept = {"PATH": os.environ["PATH"]}
    return subprocess.Popen(
        [sys.executable, "-c", PRINT, name], env=kept | environment, stdout=subprocess.PIPE, text=True
    )


def test_secret_key_is_one_for_all_who_start_together(tmp_path: Path) -> None:
    processes = [started("SECRET_KEY", KUAIXUN_VAR=str(tmp_path)) for _ in range(4)]

    keys = {json.loads(process.communicate()[0]) for process in processes}

    assert len(keys) == 1
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("address", "trusted"),
    [("https://kx.example", ["HTTP_X_FORWARDED_PROTO", "https"]), ("http://127.0.0.1:8000", None)],
)
def test_proxy_header_is_trusted_behind_tls_alone(
    tmp_path: Path, address: str, trusted: list[str] | None
) -> None:
    process = started("SECURE_PROXY_SSL_HEADER", KUAIXUN_VAR=str(tmp_path), KUAIXUN_BASE_URL=address)

    assert json.loads(process.communicate()[0]) == trusted
