"""What Tencent posts to an account's own server: the result of each message, signed, plain or encrypted.

Written apart from the product's reader, so that one can catch a mistake in the other; only the cipher is
wechatpy's.
"""

import hashlib
import http.client
import secrets
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from wechatpy.crypto import WeChatCrypto

TRIES = 3
PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Server:
    """服务器配置 of the account: the address, the token, and in 安全模式 the EncodingAESKey."""

    url: str
    token: str
    appid: str
    aes_key: str = ""


class Caller:
    """Posts events, in threads of its own; `answers` holds what it was told, in the order of the answers."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.answers: list[str] = []
        self._running: list[threading.Thread] = []

    def finish(self, openid: str, msgid: int, status: str, second: int) -> None:
        """TEMPLATESENDJOBFINISH, after the reply to the send, or before it: who knows."""
        self._start(_event(openid, second, "TEMPLATESENDJOBFINISH", MsgID=msgid, Status=status))

    def unsubscribe(self, openid: str, second: int) -> None:
        """The follower has gone."""
        self._start(_event(openid, second, "unsubscribe", EventKey=""))

    def wait(self) -> list[str]:
        """Waits until all is said; the answers."""
        for thread in self._running:
            thread.join()
        return self.answers

    def post(self, xml: str) -> str:
        """One event as Tencent sends it: up to three times, until the answer is `success`."""
        request = signed(self.server, xml)
        answer = ""
        for _ in range(TRIES):
            answer = _asked(request)
            if answer == "success":
                break
        self.answers.append(answer)
        return answer

    def _start(self, xml: str) -> None:
        thread = threading.Thread(target=self.post, args=(xml,), daemon=True)
        self._running.append(thread)
        thread.start()


def signed(server: Server, xml: str) -> urllib.request.Request:
    """The POST for an event, with its signature in the address."""
    stamp, nonce = "1571623200", secrets.token_hex(5)
    query = {"signature": _sha1(server.token, stamp, nonce), "timestamp": stamp, "nonce": nonce}
    if server.aes_key:
        sealed = WeChatCrypto(server.token, server.aes_key, server.appid).encrypt_message(xml, nonce, stamp)
        inner = sealed.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
        xml = f"<xml><ToUserName><![CDATA[gh_sim]]></ToUserName><Encrypt><![CDATA[{inner}]]></Encrypt></xml>"
        query |= {"encrypt_type": "aes", "msg_signature": _sha1(server.token, stamp, nonce, inner)}
    address = f"{server.url}?{urlencode(query)}"
    return urllib.request.Request(address, xml.encode(), {"Content-Type": "text/xml"})  # noqa: S310


def proof(server: Server, echostr: str) -> str:
    """The address of the GET by which Tencent makes sure of a server."""
    stamp, nonce = "1571623200", secrets.token_hex(5)
    query = {"signature": _sha1(server.token, stamp, nonce), "timestamp": stamp, "nonce": nonce}
    return f"{server.url}?{urlencode(query | {'echostr': echostr})}"


def _asked(request: urllib.request.Request) -> str:
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310
            return str(reply.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return f"HTTP {error.code}"
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__


def _sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def _event(openid: str, second: int, name: str, **more: object) -> str:
    fields: Mapping[str, object] = {
        "ToUserName": "gh_sim", "FromUserName": openid, "CreateTime": second, "MsgType": "event",
        "Event": name, **more,
    }  # fmt: skip
    return "<xml>" + "".join(f"<{tag}><![CDATA[{text}]]></{tag}>" for tag, text in fields.items()) + "</xml>"
