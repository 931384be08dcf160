"""A date that lost signs on its way is read as it was or not at all, and no later one in its place."""

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from notices.reading import read
from tests.reading.damaged_signs import DAMAGES, NUMBERS, damaged
from tests.reading.rendered_dates import LABEL_FRAMES, QIAN_FRAMES

TITLE = "关于组织申报2020年度市级绿色工厂的通知"
PUBLISHED = st.dates(date(2015, 1, 1), date(2026, 6, 30))
AHEAD = st.integers(min_value=2, max_value=180)
SIGNED = "\n温岭市经济和信息化局\n{0.year}年{0.month}月{0.day}日"
damages = st.sampled_from(sorted(DAMAGES))


def days(text: str, published: date) -> list[date]:
    return [d.on for d in read(TITLE, text + SIGNED.format(published), published).deadlines]


def main(text: str, published: date) -> date | None:
    found = read(TITLE, text + SIGNED.format(published), published).main_deadline
    return found.on if found else None


@given(PUBLISHED, AHEAD, damages, st.sampled_from(QIAN_FRAMES + LABEL_FRAMES))
@settings(max_examples=150, deadline=None)
def test_a_damaged_date_is_read_as_it_was_or_not_at_all(
    published: date, ahead: int, damage: str, frame: str
) -> None:
    day = published + timedelta(days=ahead)

    written = damaged(damage, day)
    assume(written)

    assert days(frame.format(written), published) in ([day], [])


@given(PUBLISHED, AHEAD, st.integers(2, 90), damages, damages, st.sampled_from(("至", "-", "—", "到")))
@settings(max_examples=150, deadline=None)
def test_a_damaged_span_ends_as_it_did_or_not_at_all(
    published: date, ahead: int, length: int, head: str, end: str, sign: str
) -> None:
    begins = published + timedelta(days=ahead)
    ends = begins + timedelta(days=length)
    first, last = damaged(head, begins), damaged(end, ends)
    assume(first and last)

    assert days(f"网上申报时间：{first}{sign}{last}。", published) in ([ends], [])


@given(PUBLISHED, AHEAD, st.integers(2, 60), damages, damages)
@settings(max_examples=150, deadline=None)
def test_a_later_day_is_not_stated_for_a_damaged_first_one(
    published: date, ahead: int, later: int, first: str, then: str
) -> None:
    day = published + timedelta(days=ahead)
    before, after = damaged(first, day), damaged(then, day + timedelta(days=later))
    assume(before and after)
    text = f"请企业于{before}前在线填报申报书。\n请各区于{after}前将推荐文件报我局。"

    assert main(text, published) in (day, None)


@given(
    PUBLISHED,
    AHEAD,
    st.sampled_from(NUMBERS),
    st.dates(date(2015, 1, 1), date(2026, 12, 31)),
    st.integers(1, 999),
)
@settings(max_examples=150, deadline=None)
def test_other_numbers_are_no_damaged_dates(
    published: date, ahead: int, number: str, like: date, other: int
) -> None:
    day = published + timedelta(days=ahead)
    text = f"{number.format(like, other)}。\n请于{day.year}年{day.month}月{day.day}日前将材料报送我局。"

    assert days(text, published) == [day]
