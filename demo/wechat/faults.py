"""Faults that can be ordered for the next calls: what networks and proxies do to a reply."""

import threading
from dataclasses import dataclass
from typing import Any

HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
KINDS = ("errcode", "http_502", "html_200", "empty_200", "truncated", "hang", "drop")


@dataclass(slots=True)
class Fault:
    """One ordered fault. `accept`: the call is carried out before its reply is spoilt."""

    kind: str
    times: int = 1
    path: str = "message/template/send"
    accept: bool = False
    errcode: int = 0
    errmsg: str = "system error"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"没有这种故障：{self.kind}；可用：{'、'.join(KINDS)}")


class FaultQueue:
    """The ordered faults, first come first served; may be used by many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ordered: list[Fault] = []

    def order(self, **fault: Any) -> None:
        """Order a fault; the fields are those of `Fault`."""
        with self._lock:
            self._ordered.append(Fault(**fault))

    def clear(self) -> None:
        """Take all orders back."""
        with self._lock:
            self._ordered.clear()

    def next_for(self, path: str) -> Fault | None:
        """The fault that this call is to suffer, counted down."""
        with self._lock:
            fault = next((each for each in self._ordered if path.endswith(each.path)), None)
            if fault is None:
                return None
            fault.times -= 1
            if fault.times <= 0:
                self._ordered.remove(fault)
            return fault


def spoilt(kind: str, body: bytes) -> tuple[int, str, bytes]:
    """(HTTP status, content type, body) of a reply that a fault has got hold of."""
    return {
        "http_502": (502, "text/html", HTML),
        "html_200": (200, "text/html", HTML),
        "empty_200": (200, "application/json", b""),
        "truncated": (200, "application/json", body[: len(body) // 2]),
    }[kind]
