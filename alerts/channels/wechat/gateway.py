"""The one way out to WeChat: a finished template message in, an outcome back."""

import os
from typing import TYPE_CHECKING

from alerts.channels.wechat.answers import NOT_FOLLOWING, Answer, ErrorCode, Said, Unclear, outcome
from alerts.channels.wechat.messages import WeChatMessage, body, complaints
from alerts.channels.wechat.tokens import TokenStore
from alerts.outcomes import Outcome, Refused, Sent, TryLater

if TYPE_CHECKING:
    from alerts.channels.wechat.client import StableTokenClient

# Connecting, then waiting for a reply, in seconds. A send takes 0.3 s as a rule; a lease is 45 s at least.
TIMEOUT = (3.05, 8.0)
FALSE_UNFOLLOW_WAIT = 1800.0  # 43004 is now and then said of people who do follow


class Gateway:
    """One account's template messages. Cheap to make: wechatpy is imported and connected at the first send.

    `api_base` is https://api.weixin.qq.com, one of its documented alternates, or the simulator.
    """

    def __init__(
        self,
        appid: str,
        secret: str,
        api_base: str,
        token_store: TokenStore,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self._account = (appid, secret, api_base, token_store, timeout)
        self._client: tuple[int, StableTokenClient] | None = None

    def send(self, message: WeChatMessage) -> Outcome:
        """Hand one message over. Never raises for what WeChat or the network does.

        `Sent.provider_id` is the msgid, a number beyond 2^53 kept as text; it means accepted, not yet seen.
        """
        found = complaints(message)
        if found:
            return Refused("；".join(found), "content")
        answer = self._client_of_this_process().ask("message/template/send", body(message))
        if isinstance(answer, Said):
            return _accepted(answer)
        if isinstance(answer, ErrorCode) and answer.code == NOT_FOLLOWING:
            return self._unfollowed(message.openid, answer)
        return outcome(answer)

    def _unfollowed(self, openid: str, said: ErrorCode) -> Outcome:
        """43004 is believed only when user/info agrees that the person does not follow."""
        answer: Answer = self._client_of_this_process().ask("user/info", openid=openid, lang="zh_CN")
        if isinstance(answer, Said) and answer.values.get("subscribe") == 0:
            return outcome(said)
        return TryLater("43004 说对方没有关注，但查询用户资料未能证实，半小时后重试", FALSE_UNFOLLOW_WAIT)

    def _client_of_this_process(self) -> "StableTokenClient":
        """Its connections may not be shared over a fork, so each process makes its own."""
        if self._client is None or self._client[0] != os.getpid():
            # Loaded by those who send, and not by every page.
            from alerts.channels.wechat.client import StableTokenClient  # noqa: PLC0415

            self._client = (os.getpid(), StableTokenClient(*self._account))
        return self._client[1]


def _accepted(answer: Said) -> Outcome:
    """Only a reply with a msgid is a yes; errcode 0 without one could be anybody's JSON."""
    msgid = answer.values.get("msgid")
    if msgid is None:
        return outcome(Unclear("微信接口的回复里没有 msgid，稍后以同一编号重试"))
    return Sent(provider_id=str(msgid))
