"""Old HTTPS, one source at a time: TLS 1.0, RSA-1024, DHE-1024; pinned, and never a way around the check."""

import hashlib
import ssl
import warnings
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pytest_django import Settings

from notices.intake.answers import Answer, Failed, Fetched
from notices.intake.fetching import Crawler, Manners, Request
from notices.intake.polling import poll
from notices.intake.repairs import accept
from notices.intake.troubles import Why
from notices.models import Incident, Source
from tests.intake.conftest import Web, list_html, serving

OAKLEY_2 = bytes.fromhex(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF"
)
URL = "https://gxt.old.gov.cn/tzgg/"


def weak_certificate(path: Path) -> Path:
    """An RSA-1024 certificate that signs itself, with its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "old")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = (
        builder.not_valid_before(datetime(2009, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2012, 1, 1, tzinfo=UTC))  # expired, as such certificates are
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key_pem = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(signed.public_bytes(pem) + key_pem)
    return path


@contextmanager
def old_web(certificate: Path, ciphers: str = "AES128-SHA:@SECLEVEL=0") -> Iterator[Web]:
    """A server that speaks TLS 1.0 and nothing newer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    context.load_cert_chain(certificate)
    context.load_dh_params(str(_small_group(certificate.with_suffix(".dh"))))
    with serving(context) as web:
        web["/tzgg/"] = list_html(("/1.html", "关于开展申报的通知", "2019-10-21"))
        yield web


def _small_group(path: Path) -> Path:
    """The 1024-bit group of RFC 2409 section 6.2, which old servers have built in, as PKCS #3 writes it."""
    der = b"\x30\x81\x87\x02\x81\x81\x00" + OAKLEY_2 + b"\x02\x01\x02"
    path.write_text(
        f"-----BEGIN DH PARAMETERS-----\n{b64encode(der).decode()}\n-----END DH PARAMETERS-----\n"
    )
    return path


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return weak_certificate(tmp_path / "old.pem")


@pytest.fixture
def old(certificate: Path) -> Iterator[Web]:
    with old_web(certificate) as web:
        yield web


def pin_of(certificate: Path) -> str:
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text().partition("-----BEGIN PRIVATE")[0])
    return hashlib.sha256(der).hexdigest()


def asked(web: Web, request: Request) -> Answer:
    manners = Manners(
        contact="x",
        host_gap=0,
        allow_nets=(ip_network("127.0.0.0/8"),),
        connect_to={443: ("127.0.0.1", web.port)},
    )
    with Crawler(manners) as crawler:
        return crawler.fetch([request])[0]


def test_old_server_is_refused_by_default(old: Web) -> None:
    answer = asked(old, Request(URL))
    assert isinstance(answer, Failed)
    assert answer.why is Why.TLS


@pytest.mark.parametrize("ciphers", ["AES128-SHA:@SECLEVEL=0", "DHE-RSA-AES128-SHA:@SECLEVEL=0"])
def test_legacy_profile_reads_the_server_with_the_pinned_certificate(certificate: Path, ciphers: str) -> None:
    with old_web(certificate, ciphers) as web:
        answer = asked(web, Request(URL, tls="legacy", pin=pin_of(certificate)))
    assert isinstance(answer, Fetched)
    assert answer.fingerprint == pin_of(certificate)


def test_changed_certificate_is_told_before_anything_is_sent(old: Web, certificate: Path) -> None:
    answer = asked(old, Request(URL, tls="legacy", pin="0" * 64))
    assert answer == Failed(Why.CHANGED_CERTIFICATE, pin_of(certificate))
    assert old.asked == []


def test_probe_without_a_pin_shows_the_fingerprint(old: Web, certificate: Path) -> None:
    answer = asked(old, Request(URL, tls="legacy"))
    assert isinstance(answer, Fetched)
    assert answer.fingerprint == pin_of(certificate)


@pytest.fixture
def old_source(db: None, old: Web, certificate: Path, settings: Settings) -> Source:
    settings.INTAKE_HOST_GAP = 0
    settings.INTAKE_ALLOW_NETS = ["127.0.0.0/8"]
    settings.INTAKE_CONNECT_TO = [f"443=127.0.0.1:{old.port}"]
    return Source.objects.create(
        slug="old", name="旧站", url=URL, family="trs", region=1, enabled=True,
        tls_profile="legacy", tls_pin=pin_of(certificate),
    )  # fmt: skip


def test_poll_reads_a_source_by_its_own_profile(old_source: Source, now: datetime) -> None:
    assert poll(now).items_baseline == 1


def test_poll_without_a_pin_asks_nothing(old: Web, old_source: Source, now: datetime) -> None:
    Source.objects.update(tls_pin="")
    assert "要先登记证书指纹" in poll(now).troubles[0]
    assert old.asked == old.robots_asked == []


def test_staff_accept_the_new_certificate(old_source: Source, certificate: Path, now: datetime) -> None:
    Source.objects.update(tls_pin="0" * 64)
    for hours in (0, 2):
        poll(now + timedelta(hours=hours))
    incident = Incident.objects.get(kind=Why.CHANGED_CERTIFICATE)
    accept(incident, now)
    old_source.refresh_from_db()
    assert old_source.tls_pin == pin_of(certificate)
    assert poll(now + timedelta(hours=3)).items_baseline == 1
