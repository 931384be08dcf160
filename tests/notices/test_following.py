"""Which call a later notice changes or gives the results of: the right one of many alike, or none."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone

from notices.models import Notice, Revision, Source
from notices.reading import read
from notices.understanding import record
from tests.builders import source

pytestmark = pytest.mark.django_db

CITY = "苏州市"
OFFICE = "苏州市工业和信息化局"
CALLED = date(2023, 3, 6)
CALLS = {
    "call": (OFFICE, "关于组织申报2023年度市级绿色工厂的通知", CALLED),
    "year before": (OFFICE, "关于组织申报2022年度市级绿色工厂的通知", CALLED - timedelta(days=363)),
    "second batch": (OFFICE, "关于组织申报2023年度第二批市级绿色工厂的通知", CALLED + timedelta(days=1)),
    "level": (OFFICE, "关于组织申报2023年度省级绿色工厂的通知", CALLED - timedelta(days=2)),
    "matter": (OFFICE, "关于组织申报2023年度市级绿色工业园区的通知", CALLED - timedelta(days=2)),
    "act": (OFFICE, "关于开展2023年度市级绿色工厂复核工作的通知", CALLED - timedelta(days=2)),
    "office": ("苏州市生态环境局", "关于组织申报2023年度市级绿色工厂的通知", CALLED - timedelta(days=3)),
    "city": ("青岛市工业和信息化局", "关于组织申报2023年度市级绿色工厂的通知", CALLED),
}
LATER = CALLED + timedelta(days=20)
_numbers = count(1)


def published(of: Source, office: str, title: str, day: date, text: str = "") -> Notice:
    """A notice that was read by the reader itself."""
    number, seen = next(_numbers), datetime.combine(day, datetime.min.time(), timezone.get_default_timezone())
    body = f"各有关单位：\n{text or '现就有关事项通知如下。'}\n{office}\n{day.year}年{day.month}月{day.day}日"
    row = Notice.objects.create(
        title=title, url=f"http://n.example/f{number}", source=of, first_seen_at=seen, published_on=day,
        identity=f"following-{number}",
    )  # fmt: skip
    revision = Revision.objects.create(
        notice=row, number=1, title=title, text=body, content_hash="x", seen_at=seen
    )
    record(row, revision, read(title, body, day, source_region=of.region), seen)
    row.refresh_from_db()
    return row


@pytest.fixture(params=["own site", "site of many"])
def place(request: pytest.FixtureRequest) -> Source:
    """A site with calls that are alike: the city's own, or one that shows those of the whole country."""
    site = source(CITY if request.param == "own site" else "全国")
    for office, title, day in CALLS.values():
        published(site, office, title, day)
    return site


@pytest.mark.parametrize(
    ("how", "title", "text"),
    [
        ("extends", "关于延长2023年度市级绿色工厂申报时间的通知", "申报截止时间延长至4月30日。"),
        ("extends", "苏州市工业和信息化局关于2023年市级绿色工厂申报延期的通知", "申报截止时间顺延15日。"),
        ("extends", "关于调整2023年度市级绿色工厂推荐材料报送截止时间的公告", "调整至4月30日。"),
        ("corrects", "关于2023年度市级绿色工厂申报的更正公告", "附件2第三栏有误，现予更正。"),
        ("corrects", "关于《关于组织申报2023年度市级绿色工厂的通知》的补充通知", "现补充如下。"),
        ("withdraws", "关于取消2023年度市级绿色工厂申报的通知", "经研究，决定取消。"),
        ("results", "关于2023年度市级绿色工厂拟认定名单的公示", "经评审，现将名单公示。"),
        ("results", "关于公布2023年度苏州市市级绿色工厂名单的通知", "经公示，现予公布。"),
    ],
)
def test_the_call_that_a_title_means_is_found(place: Source, how: str, title: str, text: str) -> None:
    later = published(place, OFFICE, title, LATER, text)

    assert later.follows is not None
    assert (later.follows.title, later.follows.published_on) == (CALLS["call"][1], CALLED)
    assert later.follows.reading is not None
    assert later.follows.reading.issuer == OFFICE
    assert later.follows_how == how


@pytest.mark.parametrize(
    ("office", "title"),
    [
        (OFFICE, "关于组织申报2024年度市级绿色工厂的通知"),
        (OFFICE, "关于组织申报2023年度第三批市级绿色工厂的通知"),
        (OFFICE, "关于延长2023年度第三批市级绿色工厂申报时间的通知"),
        (OFFICE, "关于延长2021年度市级绿色工厂申报时间的通知"),
        (OFFICE, "关于延长2023年度国家级绿色工厂申报时间的通知"),
        (OFFICE, "关于延长2023年度绿色工厂申报时间的通知"),
        (OFFICE, "关于延长申报时间的通知"),
        (OFFICE, "关于2023年度市级绿色供应链拟认定名单的公示"),
        (OFFICE, "关于印发《市级绿色工厂管理办法》的通知"),
        ("苏州市科学技术局", "关于2023年度市级绿色工厂拟认定名单的公示"),
        ("成都市经济和信息化局", "关于延长2023年度市级绿色工厂申报时间的通知"),
        ("苏州市吴中区工业和信息化局", "关于延长2023年度市级绿色工厂申报时间的通知"),
    ],
)
def test_what_is_only_alike_follows_nothing(place: Source, office: str, title: str) -> None:
    assert published(place, office, title, LATER).follows is None


def test_another_page_of_a_change_does_not_change_it(place: Source) -> None:
    title = "关于做好2023年度市级绿色工厂申报工作的补充通知"
    first, again = (published(place, OFFICE, title, LATER) for _ in range(2))

    assert first.follows == again.follows


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我局2023年3月6日发布苏工信节能〔2023〕8号通知，现补充如下：申报截止时间调整至4月30日。", True),
        ("原通知（苏工信节能〔2023〕8号）规定的申报截止时间调整至4月30日。", True),
        ("根据苏工信节能〔2023〕8号文件精神，申报截止时间调整至4月30日。", False),
        ("原通知（〔2023〕8号）规定的申报截止时间调整至4月30日。", False),
    ],
)
def test_a_number_of_our_own_is_enough(text: str, found: bool) -> None:
    site = source(CITY)
    first = published(site, OFFICE, "关于开展有关工作的通知（苏工信节能〔2023〕8号）", CALLED)
    later = published(site, OFFICE, "关于调整申报时间的补充通知", LATER, text)

    assert later.follows == (first if found else None)


def test_a_city_that_carries_out_its_provinces_call_does_not_change_it() -> None:
    site, title = source(CITY), "关于组织申报2023年度省级绿色工厂的通知"
    published(site, "江苏省工业和信息化厅", f"{title}（苏工信节能〔2023〕8号）", CALLED)
    text = f"根据《{title}》（苏工信节能〔2023〕8号），经评审，现将名单公示。"
    later = published(site, OFFICE, "关于2023年度省级绿色工厂推荐名单的公示", LATER, text)

    assert later.follows is None


def due(of: Notice) -> list[tuple[date, str]]:
    """The main deadline in force of a notice, and what is to be done by then."""
    return list(of.deadlines.filter(is_main=True, superseded_by=None).values_list("on", "what"))


def called_and_shown(text: str, shown: date) -> tuple[Notice, Notice]:
    site = source(CITY)
    call = published(site, OFFICE, CALLS["call"][1], CALLED, text)
    title = "关于2023年度市级绿色工厂拟认定名单的公示"
    objected = "现将名单公示，如有异议，请于2023年6月9日前书面向我局反映。"
    return call, published(site, OFFICE, title, shown, objected)


def test_results_leave_the_deadline_of_a_call_that_goes_on() -> None:
    call, shown = called_and_shown("请企业于2023年6月30日前报送申报材料。", date(2023, 6, 2))

    assert shown.follows == call
    assert [day for day, _ in due(call)] == [date(2023, 6, 30)]
    assert [day for day, _ in due(shown)] == [date(2023, 6, 9)]


def test_whoever_objects_to_results_is_not_told_to_apply() -> None:
    call, shown = called_and_shown("请企业于2023年4月28日前报送申报材料。", date(2023, 6, 2))
    [(day, what)] = due(call)

    assert shown.follows == call
    assert day == date(2023, 6, 9)
    assert "申报材料" not in what


def test_a_notice_that_hands_on_keeps_the_proof_whose_paper_it_is() -> None:
    text = "现将《江苏省工业和信息化厅关于组织申报绿色工厂的通知》（苏工信节能〔2023〕9号）转发给你们。"

    row = published(source(CITY), OFFICE, "转发关于组织申报绿色工厂的通知", CALLED, text).reading

    assert row is not None
    assert row.issuer == OFFICE
    assert row.evidence["handed_on"]["quote"] == "江苏省工业和信息化厅"
    assert row.evidence["handed_on_no"]["quote"] == "苏工信节能〔2023〕9号"
