"""Where mail is handed over: an SMTP address as a value, and the connection it leads to."""

import smtplib
import ssl
import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

# RFC 8314: 465 speaks TLS from the first byte, 587 after STARTTLS.
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class WrongRouteError(ValueError):
    """The SMTP address cannot be one; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Route:
    """A server, the way to speak to it, and our account there (empty: none)."""

    security: Literal["smtp", "smtps", "smtp+starttls"]
    host: str
    port: int
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"{self.host}:{self.port}"  # never the password: this stands in logs

    @classmethod
    def parse(cls, url: str) -> "Route":
        """`smtp://user:password@host:port`, `smtps://…` or `smtp+starttls://…`; raises WrongRouteError."""
        parts = urlsplit(url)
        match parts.scheme:
            case "smtp" | "smtps" | "smtp+starttls" as security:
                pass
            case _:
                raise WrongRouteError("SMTP_URL 应以 smtp://、smtps:// 或 smtp+starttls:// 开头")
        try:
            port = parts.port or _PORTS[security]
        except ValueError as error:
            raise WrongRouteError("SMTP_URL 的端口应是 1 到 65535 的整数") from error
        if not parts.hostname:
            raise WrongRouteError("SMTP_URL 缺少主机名，如 smtp://127.0.0.1:1025")
        return cls(
            security, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or "")
        )


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one message may take in all, so that no send outlives its lease (DESIGN 6.4)."""

    until: float

    @classmethod
    def of(cls, seconds: float) -> "Patience":
        """From now on."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds; never nothing, which a socket would take for "do not wait at all"."""
        return max(0.05, self.until - time.monotonic())

    def bind(self, connection: smtplib.SMTP) -> None:
        """Lets the connection's next step wait that long and no longer."""
        if connection.sock is not None:
            connection.sock.settimeout(self.left())


def connect(route: Route, our_name: str, patience: Patience) -> smtplib.SMTP:
    """A connection ready for mail: greeted, encrypted and logged in as the route says.

    Raises what smtplib raises. `our_name` is for EHLO: smtplib would otherwise ask DNS, and may wait for it.
    """
    tls = ssl.create_default_context() if route.security != "smtp" else None
    connection = _dial(route, our_name, patience.left(), tls)
    try:
        if route.security == "smtp+starttls":
            patience.bind(connection)
            connection.starttls(context=tls)
        patience.bind(connection)
        connection.ehlo_or_helo_if_needed()
        if route.user:
            patience.bind(connection)
            connection.login(route.user, route.password)
    except OSError:  # smtplib's errors are OSErrors too
        connection.close()
        raise
    return connection


def _dial(route: Route, our_name: str, timeout: float, tls: ssl.SSLContext | None) -> smtplib.SMTP:
    if route.security == "smtps":
        return smtplib.SMTP_SSL(route.host, route.port, our_name, timeout=timeout, context=tls)
    return smtplib.SMTP(route.host, route.port, our_name, timeout=timeout)
