"""Typed readers of environment variables: loud when a value cannot be what it should be."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable's value, or the content of the file that NAME_FILE points to (for secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: 读不到 {file}（{error.strerror}）") from error
    return os.environ.get(name, default).strip()


def number(name: str, default: float) -> float:
    """A decimal number."""
    raw = text(name, str(default))
    try:
        return float(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} 应是一个数，现在是 {raw!r}") from error


def switch(name: str, default: bool) -> bool:
    """1/true/yes/on or 0/false/no/off, in any letter case."""
    raw = text(name, "on" if default else "off").lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} 应是 on 或 off，现在是 {raw!r}")


def words(name: str, default: str = "") -> list[str]:
    """Comma-separated values, blanks dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
