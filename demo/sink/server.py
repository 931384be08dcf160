"""The sink's SMTP side, on aiosmtpd in a thread of its own."""

import asyncio
import itertools
import logging
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from weakref import WeakKeyDictionary

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from demo.sink.faults import Faults
from demo.sink.reports import put, report

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
RETURNED = "returned"
_UNSAFE = re.compile(r"[^A-Za-z0-9.@_+-]+")


class Sink:
    """Accepts mail for anybody and keeps it in `folder`, in the order in which it came.

    `port` 0 is any free one, known after `start()`. A message is on disk under its final name before the
    sender hears 250, so what a sender was promised is there to be counted.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.faults = Faults()
        folder.mkdir(parents=True, exist_ok=True)
        self._controller = _AnyPort(_Keeper(folder, self.faults), hostname=HOST, port=port)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    @property
    def url(self) -> str:
        """The same, as SMTP_URL wants it."""
        return f"smtp://{HOST}:{self.port}"

    def start(self) -> None:
        """Returns when mail is taken. Raises OSError when the port is taken already."""
        self._controller.start()

    def stop(self) -> None:
        """Closes the port; what is kept stays."""
        self._controller.stop(no_assert=True)

    @property
    def returned(self) -> Path:
        """The Maildir of what came back."""
        return self.folder / RETURNED

    def files(self) -> list[Path]:
        """The kept mails, oldest first."""
        return sorted(self.folder.glob("*.eml"))

    def messages(self) -> list[EmailMessage]:
        """The kept mails, parsed, oldest first."""
        return [read_mail(path) for path in self.files()]


def read_mail(path: Path) -> EmailMessage:
    """One kept mail."""
    return message_from_bytes(path.read_bytes(), policy=policy.default)


class _AnyPort(Controller):
    """Learns its port from the socket, so that it may be given as 0."""

    def _trigger_server(self) -> None:
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class _Keeper:
    """aiosmtpd's handler: answers each step, and keeps each content."""

    def __init__(self, folder: Path, faults: Faults) -> None:
        self.folder, self.faults = folder, faults
        kept = sorted(folder.glob("*.eml"))
        self.numbers = itertools.count(int(kept[-1].name.partition("-")[0]) + 1 if kept else 1)
        self.taken: WeakKeyDictionary[Session, int] = WeakKeyDictionary()

    async def handle_RCPT(  # noqa: N802, aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.faults.refuse:
            return self.faults.refuse[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802, aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.faults.hang:
            await asyncio.Event().wait()
        if self.faults.answer:
            return self.faults.answer
        try:
            name = self._keep(envelope)
        except OSError as error:
            log.error("邮件没能存下：%s（%s）；已请发信方稍后再发", self.folder, error.strerror)  # noqa: TRY400
            return "452 4.3.1 Insufficient system storage"
        self._bounce(envelope)
        self._misbehave(server, session)
        return f"250 2.0.0 OK queued as {name}"

    def _keep(self, envelope: Envelope) -> str:
        number = next(self.numbers)
        name = f"{number:06d}-{_UNSAFE.sub('_', envelope.rcpt_tos[0])}"
        unfinished = self.folder / f".{name}.part"
        try:
            unfinished.write_bytes(envelope.original_content or b"")
            unfinished.rename(self.folder / f"{name}.eml")
        finally:
            unfinished.unlink(missing_ok=True)
        return name

    def _bounce(self, envelope: Envelope) -> None:
        recipient, content = envelope.rcpt_tos[0], envelope.original_content or b""
        if recipient in self.faults.bounce:
            answer = self.faults.bounce[recipient]
            put(self.folder / RETURNED, report(content, envelope.mail_from or "", recipient, answer))

    def _misbehave(self, server: SMTP, session: Session) -> None:
        self.taken[session] = self.taken.get(session, 0) + 1
        transport = server.transport
        if not isinstance(transport, asyncio.Transport):
            return
        if self.faults.drop_before_answer:
            self.faults.drop_before_answer -= 1
            transport.abort()
        elif self.taken[session] == self.faults.close_after:
            # Closes once the 250 below is out, as servers do that take so many per connection.
            server.loop.call_soon(transport.close)
