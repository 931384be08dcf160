"""Trying a site whose certificate or encryption we do not accept."""

from datetime import datetime

import pytest
from pytest_django import Settings

from config.clock import SHANGHAI
from notices.intake.probing import probe
from tests.intake.conftest import Reply, Web, page
from tests.intake.test_fetching_tls import certificate, tls_web  # noqa: F401, fixtures

NOW = datetime(2024, 7, 1, 10, 0, tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_probe_of_an_old_site_tells_what_to_pin(tls_web: Web, settings: Settings) -> None:  # noqa: F811, fixture
    settings.INTAKE_HOST_GAP = 0
    settings.INTAKE_ALLOW_NETS = ["127.0.0.0/8"]
    settings.INTAKE_CONNECT_TO = [f"443=127.0.0.1:{tls_web.port}"]
    tls_web["/xxgk/"] = Reply(page("trs_henan_list.html"))

    found = probe("https://jxj.beijing.gov.cn/xxgk/", NOW)

    assert (found.trouble, found.tls_profile, len(found.tls_pin)) == ("", "legacy", 64)
    assert any(found.tls_pin in doubt for doubt in found.doubts)
