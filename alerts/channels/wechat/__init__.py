"""WeChat template messages of a certified service account: the channel's public face."""

from alerts.channels.wechat.gateway import Gateway
from alerts.channels.wechat.messages import WeChatMessage
from alerts.channels.wechat.tokens import MemoryTokenStore, RedisTokenStore, TokenStore

__all__ = [
    "Gateway",
    "MemoryTokenStore",
    "RedisTokenStore",
    "TokenStore",
    "WeChatMessage",
]
