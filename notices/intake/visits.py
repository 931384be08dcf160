"""One visit to an address, hop by hop: what to ask, and what the answer or the error means. No sockets."""

import re
import ssl
from functools import lru_cache
from urllib.parse import urlencode

from yarl import URL

from notices.intake import tls
from notices.intake.addresses import AddressRefused
from notices.intake.answers import Answer, Failed, Fetched, NotModified, Throttled
from notices.intake.challenges import is_challenge
from notices.intake.exchanges import Line, Unreachable
from notices.intake.hosts import is_host, is_numeric, registered_host
from notices.intake.inflating import Bomb, TooBig
from notices.intake.manners import LEGACY, Manners, Request
from notices.intake.redirects import PERMANENT, REDIRECTS, next_hop
from notices.intake.response import Response
from notices.intake.retry_after import seconds_to_wait
from notices.intake.troubles import Why

BREAK = re.compile(r"[\r\n\0]")
PARSED = 2048  # addresses of lists, which are asked again and again

parsed = lru_cache(maxsize=PARSED)(URL)


class Visit:
    """Where a visit stands: the address to ask next, the seconds left for it, the way that it came.

    `number`: of its request among those asked for together.
    """

    def __init__(self, number: int, request: Request, manners: Manners) -> None:
        self.number, self.request, self.manners = number, request, manners
        self.left = manners.total
        self.hops = 0
        self.for_good = True
        self.pinned: tls.PinnedContext | None = None
        self.house = ""
        self.wrong: Answer | None = None
        try:
            self.turn_to(parsed(request.url))
        except ValueError as error:
            self.wrong = Failed(Why.BAD_URL, str(error))

    def turn_to(self, target: URL) -> None:
        """Go on to this address; `wrong` then says why it is none that can be asked, if so."""
        self.target, self.url = target, str(target)
        host = (target.raw_host or "").rstrip(".")
        if target.scheme not in {"http", "https"} or not is_host(host) or is_numeric(host):
            self.wrong = Failed(Why.BAD_URL, self.url)
            return
        if not self.manners.may_use(target.port):
            self.wrong = Failed(Why.BAD_PORT, str(target.port))
        self.host = host
        self.house = registered_host(self.host)

    @property
    def line(self) -> Line:
        """What the connection must be. The legacy profile is the pinned server's, and nobody else's."""
        target = self.target
        if target.scheme == "http":
            return Line(self.host, target.port or 80, None)
        request = self.request
        if request.tls == LEGACY and self.house == registered_host(parsed(request.url).raw_host or ""):
            self.pinned = self.pinned or tls.legacy(request.pin)
            return Line(self.host, target.port or 443, self.pinned)
        return Line(self.host, target.port or 443, tls.strict(self.manners.ca_file))

    def message(self) -> bytes:
        """The request as it goes over the wire; ValueError where a header would break it."""
        target, request = self.target, self.request
        form = urlencode(request.form).encode() if request.form else b""
        headers = request.headers
        if any(map(BREAK.search, headers.values())):
            raise ValueError("line break in a header")
        own = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        if form:
            own += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
        head = (
            f"{'POST' if form else 'GET'} {target.raw_path_qs} HTTP/1.1\r\n"
            f"Host: {target.host_port_subcomponent}\r\n{self.manners.greeting}{own}\r\n"
        )
        return head.encode("utf-8", "surrogateescape") + form

    def meaning(self, response: Response) -> Answer | URL:
        """What a whole response means: an answer, or the address it redirects to."""
        status, headers = response.status, response.headers
        if status in REDIRECTS:
            self.for_good = self.for_good and status in PERMANENT
            self.hops += 1
            if self.hops > self.manners.max_redirects:
                return Failed(Why.TOO_MANY_REDIRECTS, self.url)
            return next_hop(status, self.target, headers, stay=self.request.stay)
        if status == 304:
            return NotModified(self.url, headers, self.fingerprint)
        wait = seconds_to_wait(status, headers)
        if wait is not None:
            return Throttled(wait, status)
        moved = self.url if self.for_good and self.url != self.request.url else ""
        return judge(Fetched(self.url, status, headers, response.body, self.fingerprint, moved))

    @property
    def fingerprint(self) -> str:
        """Of the certificate that was seen, where the legacy profile looked for one."""
        return self.pinned.pin if self.pinned else ""


def judge(answer: Fetched) -> Answer:
    """The answer itself if it is a page, else why it is none."""
    status = f"HTTP {answer.status}"
    if is_challenge(answer.status, answer.headers, answer.body):
        return Failed(Why.CHALLENGE, status, answer)
    if answer.status in {404, 410}:
        return Failed(Why.GONE, status, answer)
    if 400 <= answer.status < 500:
        return Failed(Why.REFUSED, status, answer)
    if not 200 <= answer.status < 300:
        return Failed(Why.STATUS, status, answer)
    return answer


def failure(error: Exception, *, is_connected: bool) -> Failed:
    """Why an exchange broke: while it was connecting, or afterwards."""
    match error:
        case AddressRefused():
            return Failed(Why.REFUSED_ADDRESS, str(error))
        case tls.ChangedCertificate():
            return Failed(Why.CHANGED_CERTIFICATE, error.seen)
        case ssl.SSLError():
            return Failed(Why.TLS, str(getattr(error, "verify_message", "") or error.reason or ""))
        case TooBig():
            return Failed(Why.TOO_BIG)
        case Bomb():
            return Failed(Why.BOMB)
        case Unreachable():
            return Failed(Why.UNREACHABLE, error.strerror or "")
        case OSError() if not is_connected:
            return Failed(Why.UNREACHABLE, error.strerror or "")
        case _:
            return Failed(Why.BROKEN_ANSWER, type(error).__name__)
