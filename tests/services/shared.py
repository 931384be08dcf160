"""The folder of facts and corpora that may lie beside the repository: ../shared, or KUAIXUN_SHARED."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ABSENT = "KUAIXUN_SHARED: ../shared is absent"


def folder() -> Path:
    """Where it is, or would be."""
    given = os.environ.get("KUAIXUN_SHARED")
    return Path(given) if given else ROOT.parent / "shared"
