"""One visit to an address, hop by hop, within limits."""

import asyncio
import ssl
import time
from typing import Self

import aiohttp
from yarl import URL

from notices.intake import tls
from notices.intake.addresses import AddressBook, AddressRefused, guarded_sockets
from notices.intake.answers import Answer, Failed, Fetched, NotModified, Throttled
from notices.intake.challenges import is_challenge
from notices.intake.inflating import Bomb, CutShort, TooBig, collector
from notices.intake.manners import LEGACY, Manners, Request
from notices.intake.pacing import Pace
from notices.intake.redirects import PERMANENT, REDIRECTS, next_hop
from notices.intake.retry_after import seconds_to_wait
from notices.intake.troubles import Why


class Visits:
    """Visits to sites within one event loop."""

    def __init__(self, manners: Manners, session: aiohttp.ClientSession) -> None:
        self.manners = manners
        self.session = session
        self.pace = Pace(manners.host_gap, manners.connections)

    @classmethod
    async def begin(cls, manners: Manners) -> Self:
        """Open the session; must run inside the loop that will use it."""
        connector = aiohttp.TCPConnector(
            resolver=AddressBook(manners.connect_to),
            socket_factory=guarded_sockets(manners.allow_nets),
            ssl=tls.strict(manners.ca_file),
            limit=0,  # `Pace` counts, so that waiting for a turn does not eat a request's time
        )
        session = aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": manners.agent, "Accept-Encoding": "gzip", "Accept-Language": "zh-CN"},
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, connect=manners.connect),
        )
        return cls(manners, session)

    async def end(self) -> None:
        """Close all connections."""
        await self.session.close()

    async def fetch(self, request: Request) -> Answer:
        """Follow redirects hop by hop, each at its own host's pace, within one time budget for all."""
        hop = Hop(self, request)
        left = self.manners.total
        for _ in range(self.manners.max_redirects + 1):
            async with self.pace.visit(hop.url) as gate:
                if gate.closed_for():
                    return Throttled(gate.closed_for(), 429)
                begun = time.monotonic()
                step = await hop.ask(left)
                left -= time.monotonic() - begun
                if isinstance(step, Throttled):
                    gate.close(step.after)
            if not isinstance(step, URL):
                return step
            hop.url = str(step)
        return Failed(Why.TOO_MANY_REDIRECTS, hop.url)


class Hop:
    """Where a visit stands: the address to ask next, and whether the site moved there for good."""

    def __init__(self, visits: Visits, request: Request) -> None:
        self.manners, self.session = visits.manners, visits.session
        self.request = request
        self.url = request.url
        self.for_good = True
        self.tls = tls.legacy(request.pin) if request.tls == LEGACY else None

    async def ask(self, left: float) -> Answer | URL:
        """One request: an answer, or the address it redirects to."""
        try:
            target = URL(self.url)
            if target.scheme not in {"http", "https"} or not target.raw_host:
                return Failed(Why.BAD_URL, self.url)
            if not self.manners.may_use(target.port):
                return Failed(Why.BAD_PORT, str(target.port))
            async with asyncio.timeout(left):
                return await self._ask(target)
        except TimeoutError:
            return Failed(Why.TIMEOUT)
        except (TooBig, Bomb) as error:
            return Failed(Why.TOO_BIG if isinstance(error, TooBig) else Why.BOMB)
        except (CutShort, aiohttp.ClientError, OSError, ValueError) as error:
            return _failure(error)

    async def _ask(self, target: URL) -> Answer | URL:
        form = self.request.form
        async with self.session.request(
            "POST" if form else "GET",
            target,
            data=aiohttp.FormData(form) if form else None,
            headers=self.request.headers,
            allow_redirects=False,
            ssl=self.tls or True,
        ) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            if response.status in REDIRECTS:
                self.for_good = self.for_good and response.status in PERMANENT
                return next_hop(response.status, target, headers, stay=self.request.stay)
            if response.status == 304:
                return NotModified(str(target), headers, self.fingerprint)
            wait = seconds_to_wait(response.status, headers)
            if wait is not None:
                return Throttled(wait, response.status)
            body = await self._body(response)
        moved = str(target) if self.for_good and self.url != self.request.url else ""
        return judge(Fetched(str(target), response.status, headers, body, self.fingerprint, moved))

    @property
    def fingerprint(self) -> str:
        """Of the certificate that was seen, where the legacy profile looked for one."""
        return self.tls.pin if self.tls else ""

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        encoding = response.headers.get("Content-Encoding", "")
        body = collector(encoding, self.manners.max_bytes, self.manners.max_ratio)
        async for chunk in response.content.iter_any():
            body.feed(chunk)
        return body.whole()


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


def _failure(error: BaseException) -> Failed:
    """Why a request broke.

    aiohttp wraps what our socket factory and TLS context raise, so the whole chain is searched for that.
    """
    cause: BaseException | None = error
    while cause is not None:
        match cause:
            case AddressRefused():
                return Failed(Why.REFUSED_ADDRESS, str(cause))
            case tls.ChangedCertificate():
                return Failed(Why.CHANGED_CERTIFICATE, cause.seen)
        cause = cause.__cause__ or cause.__context__
    match error:
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return Failed(Why.TLS, _tls_words(error))
        case aiohttp.InvalidURL() | ValueError():
            return Failed(Why.BAD_URL, str(error))
        case aiohttp.ClientConnectorError():
            return Failed(Why.UNREACHABLE, error.os_error.strerror or "")
        case _:
            return Failed(Why.BROKEN_ANSWER, type(error).__name__)


def _tls_words(error: BaseException) -> str:
    """OpenSSL's own short word for what went wrong."""
    cause: BaseException | None = error
    while cause is not None:
        words = getattr(cause, "verify_message", None) or getattr(cause, "reason", None)
        if isinstance(cause, ssl.SSLError) and words:
            return str(words)
        cause = cause.__cause__ or cause.__context__
    return ""
