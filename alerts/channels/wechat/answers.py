"""What WeChat can answer, and what each answer means for a message; the codes are data in errcodes.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from alerts.outcomes import Outcome, Refused, TryLater
from config.clock import SHANGHAI, machine_now

CODES_FILE = Path(__file__).with_name("errcodes.toml")
STALE_TOKEN = frozenset({40001, 40014, 42001})
NOT_FOLLOWING = 43004


@dataclass(frozen=True, slots=True)
class Said:
    """A reply that we can read and that names no error."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A refusal by number. `asked` is the call that got it: the token call uses some numbers otherwise."""

    code: int
    errmsg: str
    asked: Literal["send", "token"] = "send"


@dataclass(frozen=True, slots=True)
class Unclear:
    """No answer, or none that we can read: the call may or may not have been carried out."""

    what: str
    after: float = 30.0


Answer = Said | ErrorCode | Unclear


def outcome(answer: ErrorCode | Unclear) -> Outcome:
    """What a message's sender does about an answer that is not a plain yes; unknown codes wait."""
    if isinstance(answer, Unclear):
        return TryLater(answer.what, answer.after)
    entry = _entry(answer)
    said = _words(entry, answer)
    if "refuse" in entry:
        return Refused(said, entry["refuse"])
    if "wait_until" in entry:
        after = _seconds_until(time.fromisoformat(entry["wait_until"]), machine_now())
    else:
        after = float(entry["wait"])
    return TryLater(said, after, result=entry.get("result", "unknown"))


@cache
def codes() -> Mapping[str, Any]:
    """The table of errcodes.toml: {"send": {"40003": entry}, "token": {…}, "unknown": entry}."""
    return tomllib.loads(CODES_FILE.read_text(encoding="utf-8"))


def _entry(answer: ErrorCode) -> Mapping[str, Any]:
    table, code = codes(), str(answer.code)
    found: Mapping[str, Any] = {**table["send"], **table[answer.asked]}.get(code, table["unknown"])
    return found


def _words(entry: Mapping[str, Any], answer: ErrorCode) -> str:
    """40164 服务器 IP 203.0.113.9 不在白名单里：请到…（原文：invalid ip …）."""
    ip = re.search(r"\d{1,3}(?:\.\d{1,3}){3}", answer.errmsg)
    field = re.search(r"data\.(\w+)", answer.errmsg)
    words = f"{answer.code} {entry['means']}：{entry['todo']}（原文：{{errmsg}}）"
    return words.format(
        ip=ip[0] if ip else "（见原文）", field=field[1] if field else "（见原文）", errmsg=answer.errmsg
    )


def _seconds_until(moment: time, machine: float) -> float:
    """Seconds from `machine` (epoch) to the next such moment of the day in Asia/Shanghai."""
    now = datetime.fromtimestamp(machine, SHANGHAI)
    then = datetime.combine(now.date(), moment, SHANGHAI)
    return ((then if then > now else then + timedelta(days=1)) - now).total_seconds()
