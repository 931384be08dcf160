"""HTTPS: an authority of our own, none at all, and no way back to plain HTTP."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notices.intake.answers import Failed, Fetched
from notices.intake.fetching import Crawler, Manners, Request
from notices.intake.troubles import Why
from tests.intake.conftest import Reply, Web, serving

HOST = "jxj.beijing.gov.cn"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of HOST that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2019, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key_pem = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path / "site.pem"
    path.write_bytes(signed.public_bytes(pem) + key_pem)
    return path


@pytest.fixture
def tls_web(certificate: Path) -> Iterator[Web]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as web:
        yield web


@pytest.fixture
def tls_manners(tls_web: Web, certificate: Path) -> Manners:
    return Manners(
        contact="x",
        host_gap=0,
        allow_nets=(ip_network("127.0.0.0/8"),),
        connect_to={443: ("127.0.0.1", tls_web.port)},
        ca_file=str(certificate),
    )


def test_added_authority_is_trusted(tls_web: Web, tls_manners: Manners) -> None:
    tls_web["/tzgg/"] = "通知公告"
    with Crawler(tls_manners) as crawler:
        [answer] = crawler.fetch([Request(f"https://{HOST}/tzgg/")])
    assert isinstance(answer, Fetched)


@pytest.mark.parametrize(("host", "ca"), [(HOST, False), ("kw.beijing.gov.cn", True)])
def test_wrong_certificate_is_refused(tls_web: Web, tls_manners: Manners, host: str, ca: bool) -> None:
    manners = tls_manners if ca else replace(tls_manners, ca_file="")
    with Crawler(manners) as crawler:
        [answer] = crawler.fetch([Request(f"https://{host}/")])
    assert isinstance(answer, Failed)
    assert answer.why is Why.TLS


def test_redirect_from_https_to_http_is_refused(tls_web: Web, tls_manners: Manners) -> None:
    tls_web["/"] = Reply(status=302, headers={"Location": f"http://{HOST}/plain"})
    with Crawler(tls_manners) as crawler:
        [answer] = crawler.fetch([Request(f"https://{HOST}/")])
    assert answer == Failed(Why.DOWNGRADE, f"http://{HOST}/plain")
