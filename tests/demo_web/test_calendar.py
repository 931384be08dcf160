"""What stands on each list on which day."""

from datetime import datetime, timedelta

import pytest

from config.clock import SHANGHAI
from demo.web.server import GovernmentWeb
from demo.web.sites import Notice, Site, load_sites
from tests.demo_web.conftest import AFTER_ALL, Fetch

SITES = load_sites()
BEGINNING = datetime(2019, 10, 20, 0, 0, tzinfo=SHANGHAI)
NEW = [
    (site, notice)
    for site in SITES
    for notice in sorted(site.notices, key=lambda each: each.appears_at)
    if notice.appears_at >= BEGINNING
]
APPEARANCES = {
    "18648261": "2019-10-21T09:40",
    "t20191021_738260": "2019-10-21T14:30",
    "art_69772_9697648": "2019-10-21T15:10",
    "t20191022_2473024": "2019-10-22T09:30",
    "f014407f297c40b3ab2955a75006501b": "2019-10-23T09:20",
    "69044": "2019-10-23T15:30",
    "t20191023_738682": "2019-10-24T09:30",
    "304517": "2019-10-24T14:40",
    "49165": "2019-10-25T09:10",
    "18648399": "2019-10-25T15:20",
}


def titles_on(site: Site, body: bytes) -> list[str]:
    text = body.decode(site.charset)
    return [notice.title for notice in site.notices if notice.title in text]


def test_web_has_nine_sites() -> None:
    assert len(SITES) == 9


def test_new_notices_appear_at_their_moments() -> None:
    assert {n.number: f"{n.appears_at:%Y-%m-%dT%H:%M}" for _, n in NEW} == APPEARANCES


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.slug)
def test_list_carries_older_items_and_nothing_new_at_the_beginning(
    government_web: GovernmentWeb, fetch: Fetch, site: Site
) -> None:
    government_web.now = BEGINNING

    shown = titles_on(site, fetch(site.url).body)

    assert len(shown) >= 5
    assert not {notice.title for _, notice in NEW} & set(shown)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.slug)
def test_list_carries_all_its_new_notices_at_the_end(web: GovernmentWeb, fetch: Fetch, site: Site) -> None:
    shown = titles_on(site, fetch(site.url).body)

    assert {notice.title for owner, notice in NEW if owner == site} <= set(shown)


@pytest.mark.parametrize(("site", "notice"), NEW, ids=[notice.number for _, notice in NEW])
def test_page_is_not_there_before_its_moment(
    government_web: GovernmentWeb, fetch: Fetch, site: Site, notice: Notice
) -> None:
    government_web.now = notice.appears_at - timedelta(seconds=1)

    before = fetch(notice.url), titles_on(site, fetch(site.url).body)

    assert before[0].status == 404
    assert notice.title not in before[1]


@pytest.mark.parametrize(("site", "notice"), NEW, ids=[notice.number for _, notice in NEW])
def test_page_is_there_from_its_moment(
    government_web: GovernmentWeb, fetch: Fetch, site: Site, notice: Notice
) -> None:
    government_web.now = notice.appears_at

    page = fetch(notice.url)

    assert page.status == 200
    assert all(part.text in page.body.decode(site.charset) for part in notice.paragraphs)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.slug)
def test_every_page_and_file_of_a_site_answers(web: GovernmentWeb, fetch: Fetch, site: Site) -> None:
    addresses = [notice.url for notice in site.notices]
    addresses += [file.url for notice in site.notices for file in notice.attachments]

    statuses = {address: fetch(address).status for address in addresses}

    assert set(statuses.values()) == {200}


@pytest.mark.parametrize("site", [site for site in SITES if site.validators], ids=lambda site: site.slug)
def test_page_never_changes_by_what_comes_later(
    government_web: GovernmentWeb, fetch: Fetch, site: Site
) -> None:
    oldest_new = next(notice for owner, notice in NEW if owner == site)
    government_web.now = oldest_new.appears_at
    first = fetch(oldest_new.url).body

    government_web.now = AFTER_ALL

    assert fetch(oldest_new.url).body == first
