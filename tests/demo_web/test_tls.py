"""The TLS port and the authority made for it."""

import ssl
from pathlib import Path

import pytest

from demo.web.certificates import write_certificates
from demo.web.server import GovernmentWeb
from tests.demo_web.conftest import Fetch, connect


def test_every_host_verifies_against_the_authority(web: GovernmentWeb, fetch: Fetch) -> None:
    statuses = {host: fetch(f"https://{host}/nothing").status for host in web.by_host}

    assert statuses == dict.fromkeys(web.by_host, 404)


def test_other_host_does_not_verify(web: GovernmentWeb) -> None:
    connection = connect(web, "https", "www.example.gov.cn")

    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        connection.request("GET", "/")
    connection.close()


def test_certificate_is_refused_without_the_authority(web: GovernmentWeb, tmp_path: Path) -> None:
    stranger = write_certificates(tmp_path / "stranger", ["jxj.beijing.gov.cn"])
    connection = connect(web, "https", "jxj.beijing.gov.cn")
    connection._context = ssl.create_default_context(cafile=stranger.ca_file)  # type: ignore[attr-defined]

    with pytest.raises(ssl.SSLCertVerificationError):
        connection.request("GET", "/")
    connection.close()


def test_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    files = write_certificates(tmp_path, ["jxj.beijing.gov.cn"])

    assert files.site_file.stat().st_mode & 0o777 == 0o600
