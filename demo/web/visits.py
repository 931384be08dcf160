"""A request as the sites see it: who asks for what, of which site, at what moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from demo.web.sites import Notice, Site


@dataclass(frozen=True, slots=True)
class Request:
    """A GET as far as the sites care. `target` is path and query; header names in lower case."""

    scheme: str
    host: str
    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Visit:
    """A request to a site, with what the site shows at that moment, newest first."""

    site: Site
    request: Request
    visible: tuple[Notice, ...]
    now: datetime

    @property
    def path(self) -> str:
        """The path that is asked for."""
        return urlsplit(self.request.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query's values, the last of each name."""
        return dict(parse_qsl(urlsplit(self.request.target).query))

    def is_for(self, url: str) -> bool:
        """Whether that address is what is asked for, its scheme and query aside."""
        parts = urlsplit(url)
        return (self.request.host, self.path) == (parts.netloc, parts.path)

    def seeing(self, *visible: Notice) -> "Visit":
        """The same visit to a site that shows only these."""
        return replace(self, visible=visible)

    def plain(self) -> "Visit":
        """The same visit by a client that holds nothing and takes no gzip."""
        return replace(self, request=replace(self.request, headers={}))
