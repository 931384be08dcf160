"""The address of a source as staff write it: a web page, a feed, or a route of an RSSHub. Pure."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

RSSHUB = "rsshub:"


def check_list_address(url: str) -> None:
    """ValueError, in Chinese, where `url` is neither a whole http(s) address nor rsshub:/route."""
    if url.startswith(RSSHUB):
        if not url.startswith(f"{RSSHUB}/") or not url.isprintable() or " " in url:
            raise ValueError("RSSHub 路由要写成 rsshub:/gov/… 的样子")
        return
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 80) > 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        raise ValueError(
            "地址不能用：要以 http:// 或 https:// 开头，中间没有空格；RSSHub 路由写成 rsshub:/gov/…"
        )
    if parts.username or parts.password:
        raise ValueError("地址里不能带用户名和密码")


def list_url(url: str, recipe: Mapping[str, Any], rsshub_base: str = "") -> str:
    """The address to fetch for a source's list: its JSON interface where the recipe names one.

    A route rsshub:/gov/x is asked of `rsshub_base`; ValueError, in Chinese, when the operator has named none.
    """
    if url.startswith(RSSHUB):
        if not rsshub_base:
            raise ValueError("没有设置 RSSHub 服务地址（RSSHUB_BASE），这个路由无处可取")
        return rsshub_base.rstrip("/") + "/" + url.removeprefix(RSSHUB).lstrip("/")
    api = recipe.get("api")
    return urljoin(url, api) if isinstance(api, str) and api else url
