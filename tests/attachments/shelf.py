"""The corpus: files of our own making (`corpus`), and files that other programs wrote (`real`)."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FOLDERS = (HERE / "corpus", HERE / "real")


def expected() -> dict[str, dict[str, Any]]:
    """Every file's name, with what a person reads in it, its names, and what is wrong with it."""
    read = (json.loads((folder / "expected.json").read_text(encoding="utf-8")) for folder in FOLDERS)
    return {name: made for one in read for name, made in one.items()}


def body_of(name: str) -> bytes:
    """The file's bytes."""
    return next(folder / name for folder in FOLDERS if (folder / name).exists()).read_bytes()
