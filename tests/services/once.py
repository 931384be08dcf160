"""What is the same whichever database a run is on, and takes long, is done by the first of two runs alone."""

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = "KUAIXUN_TEST_BOTH"


def once(name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `make` gave, here or in the run beside this one; it must be JSON.

    The folder that both runs share is named by `python -m tests`; without it everything is made here. What
    failed is not kept, so the other run tries, and fails, by itself.
    """
    if FOLDER not in os.environ:
        return make()
    kept = Path(os.environ[FOLDER]) / f"{name}.json"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_text(json.dumps(make()), encoding="utf-8")
    return dict(json.loads(kept.read_text(encoding="utf-8")))
