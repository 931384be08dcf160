"""How we behave towards sites, and what a request may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from notices.intake.addresses import Network
from notices.intake.listing import Form

PRODUCT = "Kuaixun/0.1"
WEB_PORTS = frozenset({80, 443})
POLITE_GAP = 2.0  # seconds between two visits to a house
STRICT, LEGACY = "", "legacy"  # TLS profiles; the names are those of `notices.models.TlsProfile`


@dataclass(frozen=True, slots=True)
class Manners:
    """How we behave towards sites. Times in seconds, sizes in bytes.

    `allow_nets`: private networks that may be dialled. `allow_ports`: ports that may be asked beside those of
    the web; many sites of cities and counties live on 8080 and the like.
    `connect_to`: {port: (address, port)} to dial instead.
    `ca_file`: a further authority for HTTPS. Limits as in facts/feeds.md section B.
    """

    contact: str
    host_gap: float = POLITE_GAP
    allow_nets: tuple[Network, ...] = ()
    allow_ports: frozenset[int] = frozenset()
    connect_to: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    ca_file: str = ""
    total: float = 20.0
    connect: float = 5.0
    max_bytes: int = 8 << 20
    max_ratio: float = 20.0
    max_redirects: int = 5
    connections: int = 64

    @property
    def agent(self) -> str:
        """Who we are and where to complain."""
        return f"{PRODUCT} (+{self.contact})"

    @property
    def greeting(self) -> str:
        """The header lines that every request begins with."""
        return (
            f"User-Agent: {self.agent}\r\nAccept: */*\r\nAccept-Encoding: gzip\r\nAccept-Language: zh-CN\r\n"
        )

    def may_use(self, port: int | None) -> bool:
        """Whether a port may be asked: those of the web, and those that the operator allowed or rerouted."""
        return port in WEB_PORTS or port in self.allow_ports or port in self.connect_to


@dataclass(frozen=True, slots=True)
class Request:
    """An address to fetch, with the validators of the answer we already hold (RFC 9110 section 13).

    A `form` is posted. `tls` "legacy" with the certificate's `pin`: see `tls`; only a probe leaves the pin
    empty. `stay`: do not follow the site to another registered domain for good. `heeds_robots`: ask the
    robots.txt of whatever it is redirected to; staff may overrule that for a source.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    form: Form = ()
    referer: str = ""
    tls: str = STRICT
    pin: str = ""
    stay: bool = False
    heeds_robots: bool = True

    @property
    def headers(self) -> dict[str, str]:
        """The headers that are this request's own; the conditions ask for the body only if it changed."""
        asked = {
            "If-None-Match": self.etag,
            "If-Modified-Since": self.last_modified,
            "Referer": self.referer,
        }
        return {name: value for name, value in asked.items() if value}
