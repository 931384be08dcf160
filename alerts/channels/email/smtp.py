"""Hands a batch of mails to one server over one connection; an outcome for each, at once."""

import contextlib
import logging
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from alerts.channels.email import answers
from alerts.channels.email.addresses import UnusableAddressError, mailbox, wire_address
from alerts.channels.email.answers import Answer
from alerts.channels.email.message import MailMessage
from alerts.channels.email.route import Patience, Route, WrongRouteError, connect
from alerts.outcomes import Outcome, Refused, TryLater

log = logging.getLogger(__name__)

# A healthy server takes a message in well under a second, a relay that scans it in some. Below any lease.
TIMEOUT = 20.0
GOODBYE = 2.0
# How long a server is left alone that could not be reached, or left us in the middle.
REST = 30.0
SERVICE_NOT_AVAILABLE = 421  # RFC 5321 3.8: the server closes the connection after saying so


class Step(Enum):
    """How far a message had come: only a loss at its content leaves open whether it was taken."""

    CONNECT = auto()
    SENDER = auto()
    RECIPIENT = auto()
    CONTENT = auto()


def send_batch(
    messages: Sequence[MailMessage],
    smtp_url: str,
    before_each: Callable[[int], bool],
    after_each: Callable[[int, Outcome], None],
    timeout: float = TIMEOUT,
) -> TryLater | None:
    """Sends the messages in order and calls `after_each(i, outcome)` as soon as each one's is known.

    `before_each(i)` is asked just before message i would start: where it says no, the message is left alone
    and no outcome is told. Once the server cannot be reached, hangs, or says 421, the rest are left alone,
    too, and the trouble is returned, since it is the channel's. Network trouble never raises, nor does a
    wrong `smtp_url` or sender: the message is TryLater then, since nothing is wrong with it.
    `timeout` is in seconds and for one message in all, connecting included.
    """
    with Session(smtp_url, timeout) as session:
        for index, message in enumerate(messages):
            if not before_each(index):
                continue
            after_each(index, session.send(message))
            if session.over is not None:
                return session.over
        return None


class Session:
    """One connection, opened when first needed, and reopened when the server closes it between two messages.

    `over` is the outcome of all further messages once no more can be sent.
    """

    def __init__(self, smtp_url: str, timeout: float) -> None:
        self.over: TryLater | None = None
        self._timeout = timeout
        self._connection: smtplib.SMTP | None = None
        self._served = 0
        self._half_done = False
        self._doing = Step.CONNECT
        try:
            self._route = Route.parse(smtp_url)
        except WrongRouteError as error:
            self.over = TryLater(
                f"{error}。信件留着，改好设置后再发。", answers.UNTIL_MENDED, "channel", "configuration"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            # All outcomes are told by now: a server that hangs up before its 221 changes none.
            with contextlib.suppress(OSError):
                Patience.of(GOODBYE).bind(self._connection)
                self._connection.quit()
            self._connection.close()

    def send(self, message: MailMessage) -> Outcome:
        """What became of one message."""
        if self.over is not None:
            return self.over
        try:
            sender = wire_address(mailbox(message.envelope_from or message.from_).address)
        except UnusableAddressError as error:
            self.over = TryLater(
                f"发件人 MAIL_FROM 或 BOUNCE_ADDRESS 有误：{error}。信件留着，改好设置后再发。",
                answers.UNTIL_MENDED,
                "channel",
                "configuration",
            )
            return self.over
        try:
            recipient = wire_address(mailbox(message.to).address)
        except UnusableAddressError as error:
            return Refused(str(error), "contact")
        return self._try(Envelope(sender, recipient, message.as_bytes(), Patience.of(self._timeout)))

    def _try(self, envelope: "Envelope") -> Outcome:
        try:
            outcome = self._hand_over(envelope)
        except smtplib.SMTPResponseException as error:  # the greeting or the login
            self.over = answers.before_the_recipient(Answer.of(error.smtp_code, error.smtp_error))
            return self.over
        except smtplib.SMTPServerDisconnected as error:
            return self._break_off(error)
        except smtplib.SMTPException as error:  # the server lacks what the route asks for: STARTTLS, AUTH
            lacking = f"邮件服务器 {self._route} 不支持 SMTP_URL 所要求的（{error}）"
            self.over = TryLater(
                f"{lacking}。信件留着，改好设置后再发。", answers.UNTIL_MENDED, "channel", "configuration"
            )
            return self.over
        except OSError as error:
            return self._break_off(error)
        if isinstance(outcome, TryLater) and outcome.scope == "channel":
            self.over = outcome
        return outcome

    def _break_off(self, error: OSError) -> Outcome:
        """The channel rests; the message on trial counts as tried, unless nobody was there to try it on."""
        said = trouble(error, self._route)
        self.over = TryLater(f"{said}，半分钟后再发。", REST, "channel")
        if self._doing is Step.CONNECT:
            return self.over
        return TryLater(f"{said}，一分钟后再发。") if self._doing is not Step.CONTENT else _perhaps_sent(said)

    def _hand_over(self, envelope: "Envelope") -> Outcome:
        """MAIL, RCPT, DATA; what follows from the first answer that is not a yes, else from the last."""
        answer = self._mail_from(envelope)
        if not answer.yes:
            return answers.before_the_recipient(self._noted(answer))
        connection = self._ready(envelope, Step.RECIPIENT)
        answer = Answer.of(*connection.rcpt(envelope.recipient))
        if answer.yes:
            answer = _content(self._ready(envelope, Step.CONTENT), envelope.content)
        return answers.outcome(self._noted(answer), envelope.recipient)

    def _mail_from(self, envelope: "Envelope") -> Answer:
        """The first step, on a new connection where the server closed the old one between two messages."""
        try:
            connection = self._ready(envelope, Step.SENDER)
            if self._half_done:
                connection.rset()
            return Answer.of(*connection.mail(envelope.sender))
        except smtplib.SMTPServerDisconnected:
            if not self._served:
                raise
        log.info("邮件服务器 %s 在两封之间关闭了连接，重连", self._route)
        self._served, self._connection = 0, None
        return Answer.of(*self._ready(envelope, Step.SENDER).mail(envelope.sender))

    def _ready(self, envelope: "Envelope", step: Step) -> smtplib.SMTP:
        """The connection, opened if there is none, with what is left of the message's time for a step."""
        if self._connection is None:
            self._doing = Step.CONNECT
            our_name = envelope.sender.rpartition("@")[2]
            self._connection, self._half_done = connect(self._route, our_name, envelope.patience), False
        self._doing = step
        envelope.patience.bind(self._connection)
        return self._connection

    def _noted(self, answer: Answer) -> Answer:
        """Remembers what the answer means for the messages to come."""
        self._served += 1
        self._half_done = not answer.yes
        if answer.code == SERVICE_NOT_AVAILABLE:
            self.over = answers.before_the_recipient(answer)
        return answer


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message on its way: addresses in ASCII, bytes, and the time it may take."""

    sender: str
    recipient: str
    content: bytes
    patience: Patience


def _content(connection: smtplib.SMTP, content: bytes) -> Answer:
    try:
        return Answer.of(*connection.data(content))
    except smtplib.SMTPDataError as error:  # the answer to the word DATA itself
        return Answer.of(error.smtp_code, error.smtp_error)


def _perhaps_sent(said: str) -> TryLater:
    return TryLater(
        f"{said}：正文已交出，没有等到确认，对方可能已收下；一分钟后以同一 Message-ID 再发，以便对方去重。"
    )


def trouble(error: OSError, route: Route) -> str:
    """What went wrong with the network, in words that staff can act on."""
    if isinstance(error, ConnectionRefusedError):
        return f"连不上邮件服务器 {route}：那里没有服务在听"
    if isinstance(error, socket.gaierror):
        return f"连不上邮件服务器 {route}：找不到这个主机名"
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return f"邮件服务器 {route} 没有及时答复"
    if isinstance(error, ssl.SSLError):
        return f"与邮件服务器 {route} 的加密连接建不起来（{error.reason}）"
    return f"与邮件服务器 {route} 的连接断了（{error}）"
