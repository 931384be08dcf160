"""The only module that touches wechatpy 1.8.18: one call, one answer, one shared stable token.

Why not wechatpy as it comes (facts/wechat.md section 9): its token address is fixed and of the old kind,
it fetches without a lock or a timeout, repeats an expired token without end, hands back HTML as a
success, and its errors carry the AppSecret. Only plain values leave this module.
"""

import logging
import re
from collections.abc import Mapping
from typing import Any, Literal

import requests
from redis.exceptions import RedisError
from wechatpy.client import WeChatClient
from wechatpy.exceptions import WeChatClientException

from alerts.channels.wechat.answers import STALE_TOKEN, Answer, ErrorCode, Said, Unclear
from alerts.channels.wechat.tokens import TokenStore

RENEW_EARLY = 120  # seconds; Tencent renews 300 s early and keeps both tokens good for that long
TOKEN_LIFE = 7200
UNREADABLE = Unclear("微信接口的回复读不懂（不是完整的 JSON），稍后以同一编号重试")

_SECRETS_IN_URLS = re.compile(r"(access_token|secret)=[^&\s\"']+")


class StableTokenClient(WeChatClient):  # type: ignore[misc]
    """A WeChat account's API, with its token on a shelf that all processes share."""

    def __init__(
        self, appid: str, secret: str, api_base: str, tokens: TokenStore, timeout: tuple[float, float]
    ) -> None:
        super().__init__(appid, secret, timeout=timeout, auto_retry=False)
        self.API_BASE_URL = f"{api_base.rstrip('/')}/cgi-bin/"
        self._tokens = tokens
        self._http.trust_env = False
        _keep_tokens_out_of_logs()

    def ask(self, path: str, body: Mapping[str, Any] | None = None, **query: str) -> Answer:
        """One API call (POST with a body, GET without); a stale token is renewed and tried once more."""
        try:
            token = self._tokens.get() or self._renew("")
            answer = self._once(path, body, query, token)
            if isinstance(answer, ErrorCode) and answer.code in STALE_TOKEN:
                answer = self._once(path, body, query, self._renew(token))
        except _NoToken as refusal:
            return refusal.answer
        except RedisError as error:
            return Unclear(f"连不上存放 access_token 的 Redis（{type(error).__name__}），稍后自动重试")
        return answer

    @property
    def access_token(self) -> str:
        """The shared token, for wechatpy's own methods; raises where there is none to be had."""
        return self._tokens.get() or self._renew("")

    def fetch_access_token(self) -> None:
        """The hook of wechatpy for a new token; the classic call behind it is never used."""
        self._renew(self._tokens.get() or "")

    def _renew(self, stale: str) -> str:
        """A token other than `stale`: another process's if one has been faster, else Tencent's."""
        with self._tokens.lock():
            stored = self._tokens.get()
            if stored and stored != stale:
                return stored
            token = self._fetch(force=False)
            if token == stale and self._tokens.may_force():
                token = self._fetch(force=True)
            return token

    def _fetch(self, force: bool) -> str:
        """POST /cgi-bin/stable_token: the secret travels in the body and never in an address."""
        body = {
            "grant_type": "client_credential",
            "appid": self.appid,
            "secret": self.secret,
            "force_refresh": force,
        }
        answer = self._once("stable_token", body, {}, token="", asked="token")
        if not isinstance(answer, Said):
            raise _NoToken(answer)
        token = answer.values.get("access_token")
        if not isinstance(token, str) or not token:
            raise _NoToken(Unclear("微信的 token 回复里没有 access_token，稍后自动重试"))
        life = float(answer.values.get("expires_in", TOKEN_LIFE))
        self._tokens.put(token, max(life - RENEW_EARLY, 1.0))
        return token

    def _once(
        self,
        path: str,
        body: Mapping[str, Any] | None,
        query: Mapping[str, str],
        token: str,
        asked: Literal["send", "token"] = "send",
    ) -> Answer:
        """One request. Naming an access_token keeps wechatpy from fetching one; None sends none."""
        call = self.get if body is None else self.post
        extra = {} if body is None else {"data": dict(body)}
        params = {**query, "access_token": token or None}
        try:
            reply = call(path, params=params, allow_redirects=False, **extra)
        except WeChatClientException as error:
            return self._refusal(error, token, asked)
        except requests.RequestException as error:
            # Only the kind of error: its text holds the address with the token.
            return Unclear(f"微信接口没有应答（{type(error).__name__}），稍后以同一编号重试")
        except (TypeError, ValueError):
            return UNREADABLE  # wechatpy makes an int of whatever stands under errcode
        return Said(reply) if isinstance(reply, dict) else UNREADABLE

    def _refusal(
        self, error: WeChatClientException, token: str, asked: Literal["send", "token"]
    ) -> ErrorCode | Unclear:
        if error.errcode is None:
            return Unclear(f"微信接口返回 HTTP {error.response.status_code}，稍后以同一编号重试")
        errmsg = str(error.errmsg)
        for hidden in filter(None, (token, self.secret)):
            errmsg = errmsg.replace(hidden, "•••")
        return ErrorCode(int(error.errcode), errmsg, asked)


class _NoToken(Exception):
    """No token to be had; carries the answer that said so."""

    def __init__(self, answer: ErrorCode | Unclear) -> None:
        super().__init__(type(answer).__name__)
        self.answer = answer


class _HideTokens(logging.Filter):
    """urllib3 writes each address it calls into its debug log; Tencent wants the token in the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRETS_IN_URLS.sub(r"\1=•••", record.getMessage())
        record.args = ()
        return True


_HIDE_TOKENS = _HideTokens()


def _keep_tokens_out_of_logs() -> None:
    """Adding a filter that is there already does nothing."""
    logging.getLogger("urllib3.connectionpool").addFilter(_HIDE_TOKENS)
