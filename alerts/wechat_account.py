"""The one WeChat account of this installation: its gateway, and how its templates are filled."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import redis
from django.conf import settings

from alerts.channels.wechat import Gateway, RedisTokenStore
from alerts.phone import dev_mapping


@lru_cache(maxsize=1)
def gateway() -> Gateway:
    """One per process, made at first use: a session must not be shared over a fork."""
    # A Redis that does not answer must cost a send less than its lease.
    shelf = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=3)
    store = RedisTokenStore(shelf, settings.WECHAT_APPID)
    return Gateway(settings.WECHAT_APPID, settings.WECHAT_SECRET, settings.WECHAT_API_BASE, store)


@lru_cache(maxsize=1)
def template_mapping() -> dict[str, Any]:
    """Which approved template stands for which kind, and which slot fills which field."""
    if not settings.WECHAT_TEMPLATES:
        return dev_mapping()
    return dict(json.loads(Path(settings.WECHAT_TEMPLATES).read_text(encoding="utf-8")))
