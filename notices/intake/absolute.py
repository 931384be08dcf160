"""Relative addresses made whole. As urllib's urljoin, but quick for the forms that lists use."""

from functools import lru_cache
from urllib.parse import urljoin

WEB = ("http://", "https://")


def absolute(base: str, href: str) -> str:
    """The web address that `href` means on the page `base`, without its fragment; empty if it is none."""
    try:
        address = _joined(base, href)
    except ValueError:
        return ""
    return address.partition("#")[0] if address.startswith(WEB) else ""


def _joined(base: str, href: str) -> str:
    if "/." in href.removeprefix("."):
        return urljoin(base, href)  # dots to be resolved
    if href.startswith(WEB):
        return href
    if href.startswith("./"):
        return _place(base, "./") + href[2:]
    if href.startswith("/") and not href.startswith("//"):
        return _place(base, "/") + href[1:]
    return urljoin(base, href)


@lru_cache(maxsize=1024)
def _place(base: str, which: str) -> str:
    """The folder of a page, or the root of its site."""
    return urljoin(base, which)
