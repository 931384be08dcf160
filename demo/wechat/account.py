"""The simulated service account: who follows it, what it has sent, and Tencent's answers to each call.

Answers are (HTTP body as a dict); the transport with its faults is `demo.wechat.server`.
"""

import json
import secrets
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from demo.wechat.callbacks import Caller
from demo.wechat.rules import Template, broken_field
from demo.wechat.tokens import TokenDesk

FIRST_MSGID = 3_487_542_469_355_618_313  # beyond 2^53, as Tencent's are
SAME_CONTENT = 60
SAME_ID = 600
URL_LIMIT = 512
MALFORMED_ID = 20  # a template id shorter than this is not one at all


def error(code: int, text: str) -> dict[str, Any]:
    """An error reply with its rid, as Tencent words it."""
    rid = "-".join(secrets.token_hex(4) for _ in range(3))
    return {"errcode": code, "errmsg": f"{text} rid: {rid}"}


class Account:
    """One account's state; every public method may be called by many threads.

    `clock` (seconds) paces tokens and repeats; `now` (aware datetime) dates the messages in the log.
    """

    def __init__(
        self,
        log: Path,
        followers: Mapping[str, str],
        templates: Sequence[Template],
        clock: Callable[[], float],
        now: Callable[[], datetime],
        daily_limit: int = 100_000,
        caller: Caller | None = None,
    ) -> None:
        self.log = log
        self.followers = dict(followers)
        self.templates = {template.template_id: template for template in templates}
        self.tokens = TokenDesk(clock)
        self.muted: set[tuple[str, str]] = set()
        self.left: set[str] = set()
        self.blocked: set[str] = set()
        self.messages: list[dict[str, Any]] = _read(log)
        self.daily_limit = daily_limit
        # What becomes of messages that were accepted, by openid; success unless ordered otherwise.
        self.ends: dict[str, str] = {}
        self.caller = caller
        self._clock, self._now = clock, now
        self._lock = threading.RLock()
        self._by_id: dict[tuple[str, str], tuple[float, int]] = {}
        self._by_content: dict[str, float] = {}
        self._sends: deque[float] = deque()

    def token_fault(self, token: str) -> dict[str, Any] | None:
        """The refusal of a call whose token is missing, unknown or expired."""
        with self._lock:
            found = self.tokens.fault(token)
        return error(*found) if found else None

    def stable_token(self, force: bool) -> dict[str, Any]:
        """The stable token, forced or not."""
        with self._lock:
            return _token_reply(self.tokens.stable(force))

    def classic_token(self) -> dict[str, Any]:
        """A token of the old kind."""
        with self._lock:
            return _token_reply(self.tokens.classic())

    def send(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """message/template/send: repeat an earlier answer, refuse, or write the message down."""
        with self._lock:
            return self._repeated(asked) or self._refusal(asked) or self._accept(asked)

    def user_info(self, openid: str) -> dict[str, Any]:
        """user/info: only `subscribe` carries news these days."""
        if openid not in self.followers:
            return error(40003, "invalid openid")
        return {"subscribe": 0 if openid in self.left else 1, "openid": openid, "language": "zh_CN"}

    def private_templates(self) -> dict[str, Any]:
        """template/get_all_private_template."""
        listed = [
            {"template_id": each.template_id, "title": each.title, "content": each.content, "example": ""}
            for each in self.templates.values()
        ]
        return {"template_list": listed}

    def _repeated(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """The same client_msg_id within 600 s gets the first answer again, and sends nothing."""
        at, msgid = self._by_id.get(_name(asked), (0.0, 0))
        return _accepted(msgid) if msgid and self._clock() - at < SAME_ID else None

    def _refusal(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        found = self._recipient_fault(asked) or self._content_fault(asked) or self._pace_fault(asked)
        return error(*found) if found else None

    def _recipient_fault(self, asked: Mapping[str, Any]) -> tuple[int, str] | None:
        openid = asked.get("touser")
        if openid not in self.followers:
            return 40003, "invalid openid"
        if openid in self.blocked:
            return 43019, "require remove blacklist"
        if openid in self.left:
            return 43004, "require subscribe"
        if (openid, asked.get("template_id")) in self.muted:
            return 43101, "user refuse to accept the msg"
        return None

    def _content_fault(self, asked: Mapping[str, Any]) -> tuple[int, str] | None:
        template_id = str(asked.get("template_id", ""))
        if len(template_id) < MALFORMED_ID:
            return 40036, "invalid template_id size"
        template = self.templates.get(template_id)
        if template is None:
            return 40037, "invalid template_id"
        if len(str(asked.get("url", ""))) > URL_LIMIT:
            return 40039, "invalid url size"
        return broken_field(template, asked.get("data"))

    def _pace_fault(self, asked: Mapping[str, Any]) -> tuple[int, str] | None:
        now = self._clock()
        while self._sends and now - self._sends[0] >= 86400:
            self._sends.popleft()
        if len(self._sends) >= self.daily_limit:
            return 45009, "reach max api daily quota limit"
        if now - self._by_content.get(_content(asked), -SAME_CONTENT) < SAME_CONTENT:
            return 40241, "duplicate message within 60 seconds"
        return None

    def _accept(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """On disk before the reply leaves: the file is what the demo and the tests count."""
        now, msgid = self._clock(), FIRST_MSGID + len(self.messages)
        line = {
            "openid": asked["touser"],
            "template_id": asked["template_id"],
            "data": {field: each["value"] for field, each in asked["data"].items()},
            "url": asked.get("url", ""),
            "client_msg_id": asked.get("client_msg_id", ""),
            "msgid": str(msgid),
            "at": self._now().isoformat(timespec="seconds"),
        }
        with self.log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.messages.append(line)
        self._sends.append(now)
        self._by_content[_content(asked)] = now
        if asked.get("client_msg_id"):
            self._by_id[_name(asked)] = (now, msgid)
        if self.caller:
            status = self.ends.get(asked["touser"], "success")
            self.caller.finish(asked["touser"], msgid, status, int(now))
        return _accepted(msgid)

    def leave(self, openid: str) -> None:
        """A follower goes."""
        self.left.add(openid)
        if self.caller:
            self.caller.unsubscribe(openid, int(self._clock()))


def _accepted(msgid: int) -> dict[str, Any]:
    return {"errcode": 0, "errmsg": "ok", "msgid": msgid}


def _token_reply(given: tuple[str, int] | None) -> dict[str, Any]:
    if given is None:
        return error(45009, "reach max api daily quota limit")
    return {"access_token": given[0], "expires_in": given[1]}


def _name(asked: Mapping[str, Any]) -> tuple[str, str]:
    return str(asked.get("touser")), str(asked.get("client_msg_id", ""))


def _content(asked: Mapping[str, Any]) -> str:
    kept = {key: asked.get(key) for key in ("touser", "template_id", "data")}
    return json.dumps(kept, sort_keys=True)


def _read(log: Path) -> list[dict[str, Any]]:
    """The messages of earlier runs; the numbering goes on after them."""
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line]
