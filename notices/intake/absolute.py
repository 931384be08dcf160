"""Relative addresses made whole. As urllib's urljoin, but quick for the forms that lists use."""

import re
from functools import lru_cache
from urllib.parse import urljoin

WEB = ("http://", "https://")
BESIDE = re.compile(r"[A-Za-z0-9_-][\w./-]*", re.ASCII)  # a path from the page's folder, without a scheme


def absolute(base: str, href: str) -> str:
    """The web address that `href` means on the page `base`, without its fragment; empty if it is none."""
    if href.startswith(WEB) and "/." not in href:
        return href if "#" not in href else href.partition("#")[0]
    try:
        address = joined(base, href)
    except ValueError:
        return ""
    return address.partition("#")[0] if address.startswith(WEB) else ""


def joined(base: str, href: str) -> str:
    """As urljoin; ValueError where that raises it."""
    if "/." in href.removeprefix("."):
        return urljoin(base, href)  # dots to be resolved
    if href.startswith("./"):
        return _place(base, "./") + href[2:]
    if href.startswith("/") and not href.startswith("//"):
        return _place(base, "/") + href[1:]
    if "//" not in href and BESIDE.fullmatch(href):
        return _place(base, "./") + href
    return urljoin(base, href)


@lru_cache(maxsize=1024)
def _place(base: str, which: str) -> str:
    """The folder of a page, or the root of its site."""
    return urljoin(base, which)
