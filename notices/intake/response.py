"""A site's answer as its bytes come in: the head, and the body unpacked under limits. Pure.

llhttp reads HTTP for us, with the leniencies that old servers need. One connection carries one request at a
time, and what follows an answer is thrown away with the connection, so nothing can be smuggled into the next.
"""

import httptools

from notices.intake.inflating import Bomb, CutShort, Packed, Plain, TooBig, collector
from notices.intake.redirects import REDIRECTS
from notices.intake.retry_after import seconds_to_wait

MOST_HEAD = 64 << 10  # bytes of a head, and of what follows a chunked body

ENDLESS = "a head without end"


class BadHttp(Exception):
    """What came is not HTTP, or not all of it came."""


class Response:
    """One answer. `limit` and `ratio`: see `inflating`."""

    def __init__(self, limit: int, ratio: float) -> None:
        self.limit, self.ratio = limit, ratio
        self.status = 0
        self.headers: dict[str, str] = {}
        self.begun = self.whole = False
        self.kept_alive = False
        self.raw_head = self.head_size = 0
        self.collected: Plain | Packed | None = None
        self.wrong: Exception | None = None
        self.parser = httptools.HttpResponseParser(self)
        self.parser.set_dangerous_leniencies(
            lenient_headers=True, lenient_optional_cr_before_lf=True, lenient_spaces_after_chunk_size=True
        )

    @property
    def told(self) -> bool:
        """Whether the answer is known; of one that only sends us elsewhere the body does not matter."""
        return self.whole or (self.status > 0 and self.collected is None)

    @property
    def body(self) -> bytes:
        """The unpacked body; CutShort where its compression did not end."""
        return self.collected.whole() if self.collected else b""

    def feed(self, data: bytes) -> None:
        """Take what came; BadHttp, TooBig, Bomb or CutShort where that cannot be a page."""
        self.begun = True
        if not self.status:
            if self.raw_head > MOST_HEAD:
                raise BadHttp(ENDLESS)
            self.raw_head += len(data)
        try:
            self.parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            if self.wrong is not None:
                raise self.wrong from None
            if not self.whole:
                raise BadHttp(str(error)) from error
            self.kept_alive = False  # more than one answer: nothing may follow on this connection

    def end(self) -> None:
        """The site hung up; BadHttp unless the answer is whole, or of the kind that ends so."""
        self.kept_alive = False
        if self.whole:
            return
        framed = "content-length" in self.headers or "transfer-encoding" in self.headers
        if not self.status or framed:
            raise BadHttp("cut short")
        self.whole = True

    def on_message_begin(self) -> None:
        """Called by the parser; an answer that follows ours was not asked for."""
        if self.whole:
            raise BadHttp("more than was asked")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser; of a header that comes twice the last counts, of cookies all."""
        self.head_size += len(name) + len(value)
        if self.head_size > MOST_HEAD:
            self.wrong = BadHttp(ENDLESS)
            raise self.wrong
        key = name.decode("latin-1").lower()
        # Bytes that are no UTF-8 stay recognisable: a redirect may spell its address in GBK.
        said = value.decode("utf-8", "surrogateescape")
        if key == "set-cookie" and key in self.headers:
            said = f"{self.headers[key]}, {said}"
        self.headers[key] = said

    def on_headers_complete(self) -> None:
        """Called by the parser."""
        status = self.parser.get_status_code()
        if status < 200:
            return
        self.status = status
        leads_away = status in REDIRECTS or status == 304 or seconds_to_wait(status, self.headers) is not None
        if not leads_away:
            try:
                self.collected = collector(self.headers.get("content-encoding", ""), self.limit, self.ratio)
            except CutShort as error:
                self.wrong = error
                raise

    def on_body(self, data: bytes) -> None:
        """Called by the parser."""
        if self.collected is None:
            return
        try:
            self.collected.feed(data)
        except (TooBig, Bomb, CutShort) as error:
            self.wrong = error
            raise

    def on_message_complete(self) -> None:
        """Called by the parser; what is only "100 Continue" is forgotten."""
        if self.parser.get_status_code() < 200:
            self.headers.clear()
            return
        self.whole = True
        self.kept_alive = self.parser.should_keep_alive()
