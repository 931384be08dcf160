"""Who follows the account, kept in a file where one is named, so that a restart forgets nobody."""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path

OPENID_LENGTH = 28  # as Tencent's are: an o and 27 more


def new_openid() -> str:
    """An openid that nobody has."""
    return "o" + secrets.token_urlsafe(OPENID_LENGTH)[: OPENID_LENGTH - 1]


def read(book: Path) -> dict[str, str]:
    """{openid: name}; nobody where the file is not there yet."""
    return dict(json.loads(book.read_text(encoding="utf-8"))) if book.exists() else {}


def write(book: Path, followers: Mapping[str, str]) -> None:
    """The whole file in one step, so that it is never half there."""
    book.parent.mkdir(parents=True, exist_ok=True)
    fresh = book.with_suffix(".new")
    fresh.write_text(json.dumps(dict(followers), ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(book)
