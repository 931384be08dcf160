"""What a site answered, as values: the caller decides what each of them means."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from notices.intake.troubles import Why


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole body, decompressed, and where it was found after redirects. Header names are lower case.

    `fingerprint`: of the certificate, where the site was asked with the legacy TLS profile. `moved_to`: the
    address that the site says is now the right one, when all redirects on the way were permanent.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    fingerprint: str = ""
    moved_to: str = ""

    @property
    def content_type(self) -> str:
        """The Content-Type as sent, lower case, or an empty string."""
        return self.headers.get("content-type", "").lower()


@dataclass(frozen=True, slots=True)
class NotModified:
    """304: nothing changed since the validators that were sent. Headers may renew them."""

    url: str
    headers: Mapping[str, str]
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Throttled:
    """The host asked us to come back later (429, or 503 with Retry-After); `after` in seconds."""

    after: float
    status: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing usable came; `detail` is a short addition for staff (a status, an address, an error).

    `page`: what came all the same, for staff to look at.
    """

    why: Why
    detail: str = ""
    page: Fetched | None = field(default=None, compare=False, repr=False)


Answer = Fetched | NotModified | Throttled | Failed
