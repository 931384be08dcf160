"""Any date, in any form and any clause that sets a deadline, is read back; the page around adds nothing."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.lexicon.workdays import add_workdays
from notices.reading import read
from notices.reading.values import Reading
from tests.reading.rendered_dates import BEFORE_QIAN, FULL, LABEL_FRAMES, QIAN_FRAMES, YEARLESS

TITLE = "关于组织申报2020年度市级绿色工厂的通知"
PUBLISHED = st.dates(date(2015, 1, 1), date(2026, 6, 30))
AHEAD = st.integers(min_value=2, max_value=180)
SIGNED = "\n温岭市经济和信息化局\n{0.year}年{0.month}月{0.day}日"
TIMES = {
    "{}17:30前": time(17, 30),
    "{}17时前": time(17),
    "{}下午5点前": time(17),
    "{}中午12:00前": time(12),
    "{}24:00前": time(23, 59, 59),
    "{}（工作日）12时前": time(12),
    "{}上午11:30前": time(11, 30),
    "{}下班前": None,
}


def days(text: str, published: date, title: str = TITLE) -> list[date]:
    return [deadline.on for deadline in read(title, text + SIGNED.format(published), published).deadlines]


@given(PUBLISHED, AHEAD, st.sampled_from(sorted(FULL)), st.sampled_from(QIAN_FRAMES + LABEL_FRAMES))
@settings(max_examples=300, deadline=None)
def test_any_full_date_in_any_clause_is_read_back(published: date, ahead: int, form: str, frame: str) -> None:
    day = published + timedelta(days=ahead)

    assert days(frame.format(FULL[form](day)), published) == [day]


@given(PUBLISHED, AHEAD, st.sampled_from(sorted(YEARLESS)), st.sampled_from(QIAN_FRAMES + LABEL_FRAMES))
@settings(max_examples=200, deadline=None)
def test_a_date_without_its_year_is_the_next_such_day(
    published: date, ahead: int, form: str, frame: str
) -> None:
    day = published + timedelta(days=ahead)

    assert days(frame.format(YEARLESS[form](day)), published) == [day]


@given(PUBLISHED, AHEAD, st.sampled_from(sorted(BEFORE_QIAN)), st.sampled_from(QIAN_FRAMES))
@settings(max_examples=150, deadline=None)
def test_short_forms_are_read_back_before_qian(published: date, ahead: int, form: str, frame: str) -> None:
    day = published + timedelta(days=ahead)
    written = BEFORE_QIAN[form](day)

    assert written is None or days(frame.format(written), published) == [day]


@given(PUBLISHED, AHEAD, st.sampled_from(sorted(TIMES)), st.sampled_from(sorted(FULL | YEARLESS)))
@settings(max_examples=200, deadline=None)
def test_times_of_day_are_read_with_their_date(published: date, ahead: int, frame: str, form: str) -> None:
    day = published + timedelta(days=ahead)
    written = str((FULL | YEARLESS)[form](day))
    written = frame.format(f"{written} " if written[-1].isdigit() else written)

    main = read(TITLE, f"请于{written}将材料报送我局。", published).main_deadline

    assert main is not None
    assert (main.on, main.at) == (day, TIMES[frame])


@given(PUBLISHED, AHEAD, st.integers(1, 40), st.sampled_from(("至", "—", "-", "~", "－－", "到", " 至 ")))
@settings(max_examples=150, deadline=None)
def test_a_span_counts_by_its_end(published: date, ahead: int, length: int, sign: str) -> None:
    begins = published + timedelta(days=ahead)
    day = begins + timedelta(days=length)
    form = YEARLESS["no year"] if begins.year == day.year else FULL["plain"]

    assert days(f"申报时间：{FULL['plain'](begins)}{sign}{form(day)}。", published) == [day]


@given(
    PUBLISHED, st.lists(AHEAD, min_size=2, max_size=4, unique=True), st.sampled_from(("、", "，", "和", "及"))
)
@settings(max_examples=100, deadline=None)
def test_several_dates_share_one_qian(published: date, ahead: list[int], sign: str) -> None:
    wanted = [published + timedelta(days=n) for n in sorted(ahead)]
    listed = sign.join(str(FULL["plain"](day)) for day in wanted)

    assert days(f"请各县区分别于{listed}前将进展情况报送我局。", published) == wanted


@given(PUBLISHED, st.lists(AHEAD, min_size=2, max_size=3, unique=True))
@settings(max_examples=100, deadline=None)
def test_every_batch_is_read(published: date, ahead: list[int]) -> None:
    wanted = [published + timedelta(days=n) for n in sorted(ahead)]
    batches = "，".join(f"第{'一二三'[n]}批{FULL['plain'](day)}" for n, day in enumerate(wanted))

    assert days(f"企业网上提交截止时间：{batches}。", published) == wanted


@given(PUBLISHED, st.integers(1, 12), st.sampled_from(("", "个")))
@settings(max_examples=100, deadline=None)
def test_working_days_from_publication_follow_the_calendar(published: date, n: int, unit: str) -> None:
    text = f"现将名单予以公示，公示期{n}{unit}工作日。如有异议，请书面反映。"

    assert days(text, published, "关于拟认定名单的公示") == [add_workdays(published, n)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("6月上旬", "2021-06-10"),
        ("6月中旬", "2021-06-20"),
        ("6月下旬", "2021-06-30"),
        ("6月底", "2021-06-30"),
        ("6月末", "2021-06-30"),
        ("本月底", "2021-05-31"),
        ("二季度末", "2021-06-30"),
        ("2021年第三季度末", "2021-09-30"),
        ("本季度末", "2021-06-30"),
        ("年底", "2021-12-31"),
        ("明年2月底", "2022-02-28"),
        ("本周五", "2021-05-14"),
        ("下周三", "2021-05-19"),
        ("本周五（5月14日）", "2021-05-14"),
        ("25日", "2021-05-25"),
        ("当月25日", "2021-05-25"),
    ],
)
def test_stretches_of_time_end_on_their_last_day(written: str, day: str) -> None:
    where = "报送" if written.endswith("旬") else "前报送"

    assert days(f"请于{written}{where}汇总表至我局。", date(2021, 5, 10)) == [date.fromisoformat(day)]


FIELDS = ("申报须知", "工业运行简报", "人事招聘启事", "绿色工厂申报通知", "重点项目公示", "预算公开")
LINES = (
    "上一篇：{title}（{day}）",
    "下一篇：{title} {day}",
    "发布时间：{day} 09:12  来源：本站  浏览次数：836",
    "{day}  关于{title}的通知（报名截止：{day}）",
    "1. 关于{title}的公示  {day}",
)
HEADS = (
    "首页 > 政务公开 > 通知公告",
    "欢迎访问本网站！今天是{day}",
    "您的位置： 首页 >> 公示公告 >> 正文",
    "",
)
neighbours = st.lists(
    st.builds(
        lambda line, title, day: line.format(title=title, day=day.isoformat()),
        st.sampled_from(LINES),
        st.sampled_from(FIELDS),
        st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    ),
    max_size=6,
)


def told(reading: Reading) -> tuple[object, ...]:
    due = tuple((deadline.on, deadline.at, deadline.main) for deadline in reading.deadlines)
    return due, reading.kind.value, reading.regions, reading.issuer and reading.issuer.value


@given(PUBLISHED, AHEAD, st.sampled_from(QIAN_FRAMES), st.sampled_from(HEADS), neighbours)
@settings(max_examples=150, deadline=None)
def test_the_page_around_a_notice_adds_nothing(
    published: date, ahead: int, frame: str, head: str, below: list[str]
) -> None:
    day = published + timedelta(days=ahead)
    notice = f"各企业：\n{frame.format(FULL['plain'](day))}{SIGNED.format(published)}"
    dressed = "\n".join(
        [head.format(day=published.isoformat()), notice, "【打印本页】【关闭窗口】", "相关文章", *below]
    )

    assert told(read(TITLE, dressed, published)) == told(read(TITLE, notice, published))
