"""Tencent's addresses: which call asks for what, and the checks that stand before every call."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from demo.wechat.account import Account, error


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it came in."""

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes


class Api:
    """Answers calls under /cgi-bin for one account."""

    def __init__(self, account: Account, appid: str, secret: str) -> None:
        self._account, self._appid, self._secret = account, appid, secret
        self._open: dict[str, Callable[[Request], dict[str, Any]]] = {
            "/cgi-bin/stable_token": self._stable_token,
            "/cgi-bin/token": self._classic_token,
        }
        self._closed: dict[str, Callable[[Request], dict[str, Any]]] = {
            "/cgi-bin/message/template/send": self._send,
            "/cgi-bin/template/get_all_private_template": lambda _: account.private_templates(),
            "/cgi-bin/user/info": lambda request: account.user_info(request.query.get("openid", "")),
        }

    def answer(self, request: Request) -> dict[str, Any] | None:
        """The JSON reply; None for an address that does not exist."""
        if request.path in self._open:
            return self._open[request.path](request)
        if request.path not in self._closed:
            return None
        refused = self._account.token_fault(request.query.get("access_token", ""))
        return refused or self._closed[request.path](request)

    def _stable_token(self, request: Request) -> dict[str, Any]:
        if request.method != "POST":
            return error(43002, "require POST method")
        asked = _parsed(request.body)
        if asked is None:
            return error(47001, "data format error")
        return self._stranger(asked) or self._account.stable_token(asked.get("force_refresh") is True)

    def _classic_token(self, request: Request) -> dict[str, Any]:
        return self._stranger(request.query) or self._account.classic_token()

    def _stranger(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """Who asks for a token must name the account and know its secret."""
        if asked.get("grant_type") != "client_credential":
            return error(40002, "invalid grant_type")
        if asked.get("appid") != self._appid:
            return error(40013, "invalid appid")
        return None if asked.get("secret") == self._secret else error(40125, "invalid appsecret")

    def _send(self, request: Request) -> dict[str, Any]:
        """The body must be raw UTF-8 JSON: Tencent takes escapes for illegal characters."""
        if request.method != "POST":
            return error(43002, "require POST method")
        if not request.body:
            return error(44002, "empty post data")
        if b"\\u" in request.body:
            return error(
                40033, "invalid charset. please check your request, if include \\uxxxx will create fail!"
            )
        asked = _parsed(request.body)
        return error(47001, "data format error") if asked is None else self._account.send(asked)


def _parsed(body: bytes) -> dict[str, Any] | None:
    """The body as a JSON object, None when it is not one."""
    try:
        parsed = json.loads(body.decode("utf-8"))
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None
