"""How HTTPS is spoken: strictly by default; with one old site at a time as that site needs, pinned.

A legacy source names the SHA-256 of its server's certificate. Neither chain nor name is checked then, only
that it is this very certificate, within the handshake: not a byte is sent to another.
"""

import hashlib
import ssl
import warnings
from functools import lru_cache
from typing import Self

LEGACY_SERVER_CONNECT = 0x4  # SSL_OP_LEGACY_SERVER_CONNECT; Python 3.12 gives it a name
LEGACY_CIPHERS = "DEFAULT:@SECLEVEL=0"  # RSA-1024, DHE-1024, SHA-1: what sites of 2010 still speak


class ChangedCertificate(ssl.SSLError):
    """The server shows another certificate than the pinned one; `seen` is its fingerprint."""

    def __init__(self, seen: str) -> None:
        super().__init__(f"certificate {seen}")
        self.seen = seen


class PinnedContext(ssl.SSLContext):
    """Speaks with old servers, and only with the one whose certificate has the fingerprint `pin`.

    With an empty pin the first certificate is taken: that is for a probe, which shows it to staff.
    """

    pin: str

    @classmethod
    def make(cls, pin: str) -> Self:
        """A context of its own, since what it has seen is kept in it."""
        context = cls(ssl.PROTOCOL_TLS_CLIENT)
        context.pin = pin.lower()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_ciphers(LEGACY_CIPHERS)
        context.options |= LEGACY_SERVER_CONNECT
        with warnings.catch_warnings():  # TLS 1.0 is deprecated, which is why it is here
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
        context.sslsocket_class = _PinnedSocket
        return context


class _PinnedSocket(ssl.SSLSocket):
    """Looks at the certificate as soon as the handshake shows it."""

    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        context = self.context
        if not isinstance(context, PinnedContext):
            raise TypeError(f"{context!r} is not pinned")
        seen = fingerprint(self.getpeercert(binary_form=True) or b"")
        context.pin = context.pin or seen
        if context.pin != seen:
            raise ChangedCertificate(seen)


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 of a certificate in DER form: 64 hex digits."""
    return hashlib.sha256(certificate).hexdigest()


@lru_cache(maxsize=8)  # making one reads all of the system's authorities: 16 ms
def strict(ca_file: str = "") -> ssl.SSLContext:
    """Python's defaults, with a further authority if one is named."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def legacy(pin: str) -> PinnedContext:
    """The context for a pinned certificate, the same for all its requests; a new one without a pin."""
    return _pinned(pin) if pin else PinnedContext.make("")


@lru_cache(maxsize=256)
def _pinned(pin: str) -> PinnedContext:
    return PinnedContext.make(pin)
