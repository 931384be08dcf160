from dataclasses import replace

import pytest

from alerts.letter_items import LetterItem, Reason
from alerts.letters import MOST_ITEMS, letter
from tests.mail import samples
from tests.mail.samples import ORDERS, items, many, order


def test_weekly_stands_in_the_newsletters_sections_with_changes_last() -> None:
    sections = letter(ORDERS["weekly"]).sections

    assert [(section.title, len(section.cards)) for section in sections] == [
        ("政策文件", 2),
        ("绿色制造", 3),
        ("申报通知", 4),
        ("更新与更正", 1),
    ]


def test_cards_are_numbered_through() -> None:
    numbers = [card.number for section in letter(ORDERS["weekly"]).sections for card in section.cards]

    assert numbers == list(range(1, 11))


def test_closing_lists_open_deadlines_soonest_first() -> None:
    assert [card.due for card in letter(ORDERS["weekly"]).closing] == [
        "10月29日 周二 17:00",
        "11月1日 周五",
        "11月5日 周二 17:00",
        "11月6日 周三",
        "11月15日 周五",
        "11月23日 周六",
    ]


def test_closing_leaves_out_what_was_withdrawn() -> None:
    withdrawn = LetterItem(samples.HUAIBEI, "withdraws")

    sent = letter(order("digest", withdrawn, *items(samples.BEIJING), cadence="weekly"))

    assert [card.title for card in sent.closing] == [samples.BEIJING.title]


def test_a_section_puts_the_whole_country_first() -> None:
    cards = letter(ORDERS["weekly"]).sections[1].cards

    assert [card.title for card in cards] == [
        samples.CONSULTATION.title,
        samples.HUAIBEI.title,
        samples.YUYAO.title,
    ]


@pytest.mark.parametrize(
    ("name", "closing", "contents"),
    [
        ("alert", False, False),
        ("reminder_many", False, False),
        ("daily", True, False),
        ("weekly", True, True),
    ],
)
def test_each_kind_has_its_own_form(name: str, closing: bool, contents: bool) -> None:
    sent = letter(ORDERS[name])

    assert (bool(sent.closing), bool(sent.contents)) == (closing, contents)


def test_a_reminder_begins_with_what_closes_first() -> None:
    (section,) = letter(ORDERS["reminder_many"]).sections

    assert [card.number for card in section.cards] == [1, 2, 3]
    assert [card.title for card in section.cards] == [
        samples.HUAIBEI.title,
        samples.BEIJING.title,
        samples.CONSULTATION.title,
    ]


def test_an_extension_shows_the_old_day_the_new_day_and_what_moved_it() -> None:
    (card,) = letter(ORDERS["follow_up"]).sections[0].cards

    assert (card.was, card.due) == ("10月29日 周二", "11月5日 周二 17:00")
    assert card.changed_by_title == "关于延长2019年淮北市绿色工厂推荐工作时间的通知"
    assert card.badge is not None
    assert card.badge.words == "已延期 · 剩 8 天 · 工作日 6"


def test_a_change_does_not_quote_the_old_text() -> None:
    (card,) = letter(ORDERS["follow_up"]).sections[0].cards

    assert card.quotes == ()


@pytest.mark.parametrize(
    ("reasons", "why"),
    [
        ((Reason("浙江省", ("绿色工厂",), level="上级"),), "浙江省 · 上级 · 绿色工厂"),
        ((Reason("安徽省淮北市", (), level="本级"),), "安徽省淮北市"),
        ((Reason("全国", ("危险废物",), level="全国"),), "全国 · 危险废物"),
        ((Reason("不限地区", (), words=("氢能",)),), "不限地区 · “氢能”"),
        ((Reason("京津冀", through="政策组", level="下级"),), "名单“政策组” · 京津冀 · 下级"),
        ((Reason("北京市"), Reason("天津市")), "北京市；天津市"),
        ((Reason("北京市"), Reason("北京市", level="本级")), "北京市"),
        ((), ""),
    ],
)
def test_a_card_says_why(reasons: tuple[Reason, ...], why: str) -> None:
    sent = letter(order("alert", LetterItem(samples.HUAIBEI, reasons=reasons)))

    assert sent.sections[0].cards[0].why == why


def test_matched_words_are_marked_in_the_extract() -> None:
    facts = replace(samples.HUAIBEI, extract=("申报绿色工厂的企业",))
    item = LetterItem(facts, reasons=(Reason("安徽省", ("绿色工厂",)),))

    (quote,) = letter(order("alert", item)).sections[0].cards[0].quotes

    assert quote == (("申报", False), ("绿色工厂", True), ("的企业", False))


def test_a_long_extract_ends_after_a_clause() -> None:
    facts = replace(samples.HUAIBEI, extract=("甲" * 120 + "，" + "乙" * 300,))

    (quote,) = letter(order("alert", *items(facts))).sections[0].cards[0].quotes

    assert quote == (("甲" * 120 + "…", False),)


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("weekly", "张工：10月21日至10月27日，本期10条，其中1条是更新，2条在7天内截止。"),
        ("daily", "张工：今日摘要3条，1条在7天内截止。"),
        ("alert", "张工：有1条与您有关的新通知。"),
        ("reminder_many", "张工：3条通知即将截止。"),
        ("follow_up", "张工：您收到过的1条通知有变更。"),
    ],
)
def test_the_opening_line_counts(name: str, opening: str) -> None:
    assert letter(ORDERS[name]).opening == opening


def test_more_than_sixty_are_cut_and_the_rest_is_pointed_to() -> None:
    sent = letter(order("digest", *many(75), cadence="weekly"))

    assert (sent.count, sent.more) == (MOST_ITEMS, "另有15条，网页查看")


def test_the_cut_keeps_changes_and_what_closes_soon() -> None:
    late = many(70)
    change = LetterItem(samples.EXTENDED, "extends")

    sent = letter(order("digest", *late, *items(samples.HUAIBEI), change, cadence="daily"))

    kept = {card.notice_id for section in sent.sections for card in section.cards}
    assert samples.HUAIBEI.id in kept
    assert sent.sections[-1].title == "更新与更正"


def test_the_same_order_gives_the_same_letter() -> None:
    assert letter(ORDERS["weekly"]) == letter(ORDERS["weekly"])


def test_an_order_without_items_is_refused() -> None:
    with pytest.raises(ValueError, match="至少要有一条"):
        letter(order("alert"))
