"""From a page to a notice, in rows."""

import dataclasses
from datetime import date, datetime

import pytest

from notices.intake.attachments import AttachmentLink
from notices.intake.detail import Page
from notices.intake.identity import url_key
from notices.intake.ingest import How, ingest
from notices.models import Item, Notice, Revision, Source

TITLE = "关于做好绿色工厂推荐工作的通知"
PAGE = Page(
    TITLE,
    date(2019, 10, 21),
    "余姚市经济和信息化局",
    "<p>正文</p>",
    "余经信〔2019〕5号\n\n请于十一月前报送。",
)
pytestmark = pytest.mark.django_db


def item(source: Source, now: datetime, url: str = "http://www.yy.gov.cn/art/1.html") -> Item:
    return Item.objects.create(
        source=source, url=url, url_key=url_key(url), title=TITLE, first_seen_at=now, next_try_at=now
    )


@pytest.fixture
def other(source: Source) -> Source:
    return Source.objects.create(
        slug="ningbo", name="宁波市", url="http://b.gov.cn/", family="trs", region=1, enabled=True
    )


def test_new_page_becomes_a_notice_with_its_first_revision(source: Source, now: datetime) -> None:
    line = item(source, now)
    assert ingest(line.pk, PAGE, now).how is How.NEW
    line.refresh_from_db()
    assert line.notice is not None
    assert (line.notice.title, line.notice.published_on) == (TITLE, date(2019, 10, 21))
    assert [revision.number for revision in line.notice.revisions.all()] == [1]


def test_ingest_twice_makes_nothing_twice(source: Source, now: datetime) -> None:
    line = item(source, now)
    ingest(line.pk, PAGE, now)
    assert ingest(line.pk, PAGE, now).how is How.SAME
    assert (Notice.objects.count(), Revision.objects.count()) == (1, 1)


def test_same_document_on_another_site_joins(source: Source, other: Source, now: datetime) -> None:
    ingest(item(source, now).pk, PAGE, now)
    copy = dataclasses.replace(PAGE, title=f"余姚市{TITLE}", text=PAGE.text + "（转自余姚）")
    assert ingest(item(other, now, "http://b.gov.cn/9.html").pk, copy, now).how is How.JOINED
    assert Notice.objects.get().items.count() == 2


def test_forwarded_document_is_a_notice_of_its_own(source: Source, other: Source, now: datetime) -> None:
    ingest(item(source, now).pk, PAGE, now)
    forwarded = dataclasses.replace(PAGE, title=f"转发{TITLE}", issuer_hint="宁波市经济和信息化局")
    assert ingest(item(other, now, "http://b.gov.cn/9.html").pk, forwarded, now).how is How.NEW


def test_explanation_with_the_same_number_is_a_notice_of_its_own(source: Source, now: datetime) -> None:
    ingest(item(source, now).pk, PAGE, now)
    explanation = dataclasses.replace(PAGE, title="《绿色工厂管理办法》政策解读")
    assert ingest(item(source, now, "http://www.yy.gov.cn/art/2.html").pk, explanation, now).how is How.NEW


def test_generic_titles_of_two_cities_on_one_day_stay_two(
    source: Source, other: Source, now: datetime
) -> None:
    ingest(item(source, now).pk, PAGE, now)
    city = dataclasses.replace(PAGE, issuer_hint="宁波市经济和信息化局", text="请于十一月前报送。")
    ingest(item(other, now, "http://b.gov.cn/9.html").pk, city, now)
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"text": "现延长至十二月。"},
        {"title": f"{TITLE}（更正）"},
        {"attachments": (AttachmentLink("汇总表", "http://www.yy.gov.cn/a.xls"),)},
    ],
)
def test_changed_page_adds_a_revision_and_is_read_again(
    source: Source, now: datetime, change: dict[str, object]
) -> None:
    line = item(source, now)
    ingest(line.pk, PAGE, now)
    Notice.objects.update(read_at=now, matched_at=now)
    assert ingest(line.pk, dataclasses.replace(PAGE, **change), now).how is How.REVISED  # type: ignore[arg-type]
    notice = Notice.objects.get()
    assert (notice.read_at, notice.matched_at) == (None, None)
    assert [revision.number for revision in notice.revisions.all()] == [1, 2]


def test_copy_on_another_site_makes_no_revision(source: Source, other: Source, now: datetime) -> None:
    ingest(item(source, now).pk, PAGE, now)
    copy = item(other, now, "http://b.gov.cn/9.html")
    ingest(copy.pk, PAGE, now)
    assert ingest(copy.pk, dataclasses.replace(PAGE, text="别的排版"), now).how is How.SAME
    assert Revision.objects.count() == 1
