"""Finding a server's program, or asking Debian for it."""

import os
import shutil
import subprocess
from functools import cache


class NotHere(RuntimeError):
    """A program that the tests need is neither here nor to be installed; the message says what to do."""


def may_install() -> bool:
    """True for root on a machine with apt-get, where the tests may install what they lack."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


@cache
def install(*packages: str) -> bool:
    """Installs Debian packages, once a run; False where that is not ours to do or did not work."""
    if not may_install():
        return False
    print(f"installing {' '.join(packages)} (apt-get) …", flush=True)
    return _refreshed() and _apt_get("install", "-y", "--no-install-recommends", *packages)


@cache
def _refreshed() -> bool:
    return _apt_get("update")


def _apt_get(*words: str) -> bool:
    # In runlevel 1 no package starts its server: the tests start their own.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    command = ["apt-get", "-qq", *words]
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
