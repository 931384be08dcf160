from datetime import date, datetime, time, timedelta

import pytest

from notices.lexicon.kinds import Kind
from notices.models import Notice, Revision
from notices.reading import reader
from notices.reading.values import ContactFound, DeadlineFound, Evidence, FollowUp, Found, Reading
from notices.understanding import STUMBLED, record, understand
from tests.builders import START, notice, source

pytestmark = pytest.mark.django_db
FIRST, NEXT = date(2019, 10, 29), date(2019, 11, 5)
FIRST_TITLE = "关于做好2019年绿色工厂推荐工作的通知"


def understood(
    *days: date, follow_up: FollowUp | None = None, at: time | None = None, **values: object
) -> Reading:
    """A reading whose first day is the main deadline."""
    found = tuple(
        DeadlineFound(day, Evidence(f"于{day}前"), at=at, main=number == 0) for number, day in enumerate(days)
    )
    kind = Found(Kind.EXTENSION if follow_up else Kind.APPLICATION, Evidence("通知", "title"))
    return Reading(kind=kind, regions=(), deadlines=found, follow_up=follow_up, **values)  # type: ignore[arg-type]


def read(row: Notice, what: Reading, now: datetime = START) -> None:
    revision = Revision.objects.filter(notice=row).latest("number")
    record(row, revision, what, now)
    row.refresh_from_db()


def standing(row: Notice) -> list[tuple[date, time | None]]:
    return list(row.deadlines.filter(is_main=True, superseded_by=None).values_list("on", "at"))


def extension(**names: str) -> FollowUp:
    given = {"title": "", "doc_no": "", **names}
    return FollowUp("extends", given["title"], given["doc_no"], Evidence("延长"))


def test_record_falls_back_to_the_sources_region_and_issuer() -> None:
    row = notice(of=source("余姚市", issuer="余姚市经济和信息化局"))
    read(row, understood(FIRST))
    assert row.reading == row.readings.get(regions=[row.source.region], issuer="余姚市经济和信息化局")


def test_record_keeps_each_proof_under_its_name() -> None:
    row = notice()
    read(row, understood(FIRST))
    made = row.readings.latest("pk")
    assert made.evidence["deadline:2019-10-29"]["quote"] == "于2019-10-29前"


def test_record_lets_the_notice_be_matched_again() -> None:
    row = notice()
    Notice.objects.filter(pk=row.pk).update(matched_at=START)
    read(row, understood(FIRST))
    assert row.matched_at is None


def test_same_deadline_read_again_stays_one_row() -> None:
    row = notice()
    read(row, understood(FIRST))
    read(row, understood(FIRST))
    assert row.deadlines.count() == 1


def test_another_day_supersedes_the_first() -> None:
    row = notice()
    read(row, understood(FIRST))
    read(row, understood(NEXT))
    assert standing(row) == [(NEXT, None)]
    assert row.deadlines.get(on=FIRST).superseded_by == row.deadlines.get(on=NEXT)


def test_deadline_that_is_no_more_read_stands_no_more() -> None:
    row = notice()
    read(row, understood(FIRST))
    read(row, understood())
    assert standing(row) == []


@pytest.mark.parametrize("names", [{"title": FIRST_TITLE}, {"doc_no": "淮经信函〔2019〕51号"}])
def test_extension_moves_the_deadline_of_the_notice_it_names(names: dict[str, str]) -> None:
    place = source("淮北市")
    first = notice(FIRST_TITLE, of=place)
    read(first, understood(FIRST, doc_no=Found("淮经信函〔2019〕51号", Evidence("淮经信函〔2019〕51号"))))
    later = notice("关于延长申报时间的通知", of=place, seen=START + timedelta(days=4))
    read(later, understood(NEXT, follow_up=extension(**names)))
    assert (later.follows, standing(first), standing(later)) == (first, [(NEXT, None)], [])


def test_moved_deadline_keeps_what_is_to_be_done() -> None:
    place = source("淮北市")
    first = notice(FIRST_TITLE, of=place)
    read(first, understood(FIRST))
    first.deadlines.update(who="企业", what="报送申报材料")
    later = notice("关于延长申报时间的通知", of=place, seen=START + timedelta(days=4))
    read(later, understood(NEXT, follow_up=extension(title=FIRST_TITLE)))
    moved = first.deadlines.get(on=NEXT)
    assert (moved.who, moved.what) == ("企业", "报送申报材料")


def test_first_notice_read_again_does_not_move_the_deadline_back() -> None:
    place = source("淮北市")
    first = notice(FIRST_TITLE, of=place)
    read(first, understood(FIRST))
    later = notice("关于延长申报时间的通知", of=place, seen=START + timedelta(days=4))
    read(later, understood(NEXT, follow_up=extension(title=FIRST_TITLE)))
    read(first, understood(FIRST))
    assert standing(first) == [(NEXT, None)]


def test_same_title_of_another_city_is_not_followed() -> None:
    read(notice(FIRST_TITLE, of=source("淮南市")), understood(FIRST))
    later = notice("关于延长申报时间的通知", of=source("淮北市"), seen=START + timedelta(days=4))
    read(later, understood(NEXT, follow_up=extension(title=FIRST_TITLE)))
    assert later.follows is None


def test_two_notices_of_one_title_leave_the_link_open() -> None:
    place = source("淮北市")
    for _ in range(2):
        read(notice(FIRST_TITLE, of=place), understood(FIRST))
    later = notice("关于延长申报时间的通知", of=place, seen=START + timedelta(days=4))
    read(later, understood(NEXT, follow_up=extension(title=FIRST_TITLE)))
    assert (later.follows, standing(later)) == (None, [(NEXT, None)])


def test_record_keeps_contacts_with_their_quotes() -> None:
    row = notice()
    proof = Evidence("联系人：林涛", start=7)
    read(row, understood(FIRST, contacts=(ContactFound("person", "林涛", proof, "规划处"),)))
    assert row.reading is not None
    (kept,) = row.reading.contacts
    expected = {"kind": "person", "value": "林涛", "whose": "规划处", "quote": "联系人：林涛", "start": 7}
    assert {**kept, **expected} == kept


def test_page_over_which_the_reader_stumbles_is_read_by_its_title(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumbling(title: str, text: str, **known: object) -> Reading:
        if text:
            raise IndexError(text)
        return reader.read(title, text, **known)  # type: ignore[arg-type]  # handed through

    row = notice(FIRST_TITLE, text="请于10月29日前报送。")
    Notice.objects.filter(pk=row.pk).update(read_at=None)
    monkeypatch.setattr("notices.understanding.reader.read", stumbling)

    understand(row.pk, START)

    row.refresh_from_db()
    assert row.reading is not None
    assert (row.reading.kind, row.reading.doubts[0]) == ("application", STUMBLED)
    assert "IndexError" in caplog.text
