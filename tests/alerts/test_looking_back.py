"""The preview finds what matching would have recorded, whatever the filter asks for."""

from datetime import timedelta

import pytest

from alerts.looking_back import met_since
from alerts.models import Match
from alerts.previewing import MANY_A_WEEK, Preview, preview
from notices.lexicon.kinds import Kind
from notices.models import Notice
from subscribers.filters import FilterSpec, find_or_make
from tests.builders import START, at, notice, spec, taken_in

pytestmark = pytest.mark.django_db
NOW = at("2019-10-25")

ASKED = [
    FilterSpec(),
    spec("浙江省"),
    spec("浙江省", below=False),
    spec("余姚市", above=False),
    spec("淮北市"),
    spec(topic_names=["绿色制造"]),
    spec("浙江省", topic_names=["危险废物"]),
    spec(words=("氢能",)),
    spec(words=("氢能",), topic_names=["危险废物"]),
    spec("浙江省", words=("氢能",)),
    spec(all_words=("氢能", "申报")),
    spec(any_words=("氢能", "矿山")),
    spec(none_words=("氢能",)),
    spec("浙江省", topic_names=["危险废物"], kinds=(Kind.APPLICATION,)),
    spec(topic_names=["绿色制造"], kinds=(Kind.NEWS, Kind.APPLICATION)),
    spec(topic_names=["绿色制造"], kinds=(Kind.NEWS, Kind.APPLICATION, Kind.OTHER)),
    spec(topic_names=["绿色制造"], only_with_deadline=True),
    spec(topic_names=["绿色制造", "危险废物"]),
    spec(kinds=(Kind.CONSULTATION,)),
    spec(kinds=(Kind.NEWS,)),
    spec(issuers=("工信局",)),
    spec(only_with_deadline=True),
    FilterSpec(only_followed=True),
]


def some_notices() -> None:
    day = NOW.date() + timedelta(days=9)
    taken_in(
        notice("申报绿色工厂", seen=at("2019-10-21")),
        notice("氢能申报", region="浙江省", topic_names=[], seen=at("2019-10-22")),
        notice(
            "ＨＹ氢能％危废", region="淮北市", topic_names=["危险废物"], issuer="淮北市工信局", deadline=day
        ),
        notice("征求意见", region="全国", kind=Kind.CONSULTATION, topic_names=[]),
        notice("动态", kind=Kind.NEWS),
        notice("浙江不含宁波", region="浙江省", excluded_regions=[spec("宁波市").regions[0]]),
    )


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("known", [False, True], ids=["before it is made", "after"])
@pytest.mark.parametrize("few", [0, 500], ids=["files", "rows"])
def test_looking_back_finds_what_matching_finds(
    asked: FilterSpec, known: bool, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alerts.looking_back.FEW", few)
    monkeypatch.setattr("alerts.recent_words.PART", 2)
    if known:
        find_or_make(asked, START)
    some_notices()
    found = met_since(asked, START - timedelta(days=1))
    seen = preview(asked, NOW, patience=3600)
    assert (seen.count, seen.newest) == (len(found), tuple(found[:5]))
    row = find_or_make(asked, START)
    again = list(Match.objects.values_list("notice_id", flat=True).filter(filter=row))
    if not known:
        # Filters that were there when the notices came are what it is compared with.
        Match.objects.all().delete()
        from alerts.matching import match
        from notices.models import Notice

        for one in Notice.objects.select_related("reading__revision", "reading__notice"):
            assert one.reading is not None
            match(one, one.reading, NOW)
        again = list(Match.objects.values_list("notice_id", flat=True).filter(filter=row))
    assert sorted(found) == sorted(again)


def test_preview_counts_names_the_newest_and_says_how_many_a_week() -> None:
    some_notices()
    found = preview(spec("浙江省"), NOW)
    assert (found.count, len(found.newest), found.whole) == (4, 4, True)
    assert round(found.a_week, 2) == round(4 / (90 / 7), 2)


def test_preview_leaves_out_what_is_older_than_90_days() -> None:
    taken_in(notice(seen=NOW - timedelta(days=91)), notice(seen=NOW - timedelta(days=89)))
    assert preview(FilterSpec(), NOW).count == 1


def test_preview_of_one_topic_leaves_out_the_old_and_the_news() -> None:
    taken_in(
        notice(seen=NOW - timedelta(days=89)),
        notice(seen=NOW - timedelta(days=91)),
        notice(kind=Kind.NEWS, seen=NOW - timedelta(days=91)),
        notice(kind=Kind.NEWS, seen=NOW - timedelta(days=2)),
        notice(seen=NOW - timedelta(days=1)),
    )
    ids = list(Notice.objects.order_by("pk").values_list("pk", flat=True))
    found = preview(spec(topic_names=["绿色制造"]), NOW)
    assert (found.count, found.newest) == (2, (ids[4], ids[0]))


def test_preview_of_nothing_is_nothing() -> None:
    assert preview(FilterSpec(), NOW) == Preview(0, NOW - timedelta(days=90), NOW, True, ())


def test_preview_out_of_patience_counts_from_where_it_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.looking_back.FEW", 0)
    monkeypatch.setattr("alerts.recent_words.PART", 4)
    last, days = 0, 12
    while days > 6 or last % 4 != 2:  # so that the newest part has three
        days -= 1
        taken_in(row := notice("氢能", seen=NOW - timedelta(days=days)))
        last = row.pk
    found = preview(spec(words=("氢能",)), NOW, patience=-1)
    assert (found.count, found.whole, found.since) == (3, False, NOW - timedelta(days=days + 2))
    assert found.a_week == pytest.approx(3 / ((days + 2) / 7))


def test_too_many_a_week_is_more_than_fifty() -> None:
    week = timedelta(days=7)
    assert not Preview(MANY_A_WEEK, NOW - week, NOW, True, ()).too_many
    assert Preview(MANY_A_WEEK + 1, NOW - week, NOW, True, ()).too_many
