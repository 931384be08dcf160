"""A page of an old site that staff paste: only over the line whose certificate a source has pinned."""

import pytest

from notices.intake.page_by_hand import NotFetched, draft_of_url
from notices.models import Source
from tests.intake.conftest import Web, detail_html
from tests.intake.test_tls_legacy import URL, certificate, old, old_source  # noqa: F401, fixtures

PAGE = f"{URL}t20191021_2.html"


@pytest.fixture
def page(old: Web, old_source: Source) -> Web:  # noqa: F811, fixture
    """An old site with a source and a page; what was asked of it so far is forgotten."""
    old["/tzgg/t20191021_2.html"] = detail_html("关于绿色工厂的通知", "各单位：请于10月29日前报送。")
    return old


def test_page_of_a_pinned_site_is_fetched(page: Web) -> None:
    assert draft_of_url(PAGE).title == "关于绿色工厂的通知"


def test_page_behind_another_certificate_is_not_fetched(page: Web) -> None:
    Source.objects.update(tls_pin="0" * 64)
    with pytest.raises(NotFetched, match="指纹不符"):
        draft_of_url(PAGE)
    assert page.asked == page.robots_asked == []


def test_page_of_an_old_site_without_a_pin_is_not_fetched(page: Web) -> None:
    Source.objects.all().delete()
    with pytest.raises(NotFetched, match="登记指纹"):
        draft_of_url(PAGE)
    assert page.asked == page.robots_asked == []
