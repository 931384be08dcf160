from dataclasses import replace

import pytest

from alerts.letter_items import LetterItem, Level, NoticeFacts, Reason
from alerts.letters import MOST_ITEMS, letter
from alerts.rendering import render_mail
from tests.mail import samples
from tests.mail.samples import ORDERS, items, many, order


def test_weekly_stands_by_place_in_the_newsletters_sections_with_changes_last() -> None:
    sections = letter(ORDERS["weekly"]).sections

    assert [(section.title, len(section.cards)) for section in sections] == [
        ("本级 · 绿色制造", 2),
        ("本级 · 申报通知", 3),
        ("全国 · 政策文件", 2),
        ("全国 · 绿色制造", 1),
        ("全国 · 申报通知", 1),
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


def test_letter_of_a_withdrawal_names_no_day_to_act_by() -> None:
    sent = letter(order("follow_up", LetterItem(samples.HUAIBEI, "withdraws")))
    assert "截止：" not in render_mail(sent).text


def test_closing_leaves_out_what_was_withdrawn() -> None:
    withdrawn = LetterItem(samples.HUAIBEI, "withdraws")

    sent = letter(order("digest", withdrawn, *items(samples.BEIJING), cadence="weekly"))

    assert [card.title for card in sent.closing] == [samples.BEIJING.title]


def test_a_section_puts_first_what_closes_first() -> None:
    cards = letter(ORDERS["weekly"]).sections[1].cards

    assert [card.title for card in cards] == [
        samples.BEIJING.title,
        samples.TIANJIN.title,
        samples.SHANXI.title,
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


def test_digest_stands_by_place_then_section_with_the_nearest_deadline_first() -> None:
    def at_level(facts: NoticeFacts, level: Level) -> LetterItem:
        return LetterItem(facts, reasons=(Reason("安徽省淮北市", level=level),))

    placed = (
        at_level(samples.MONITORING, "全国"),
        at_level(samples.CONSULTATION, "本级"),
        at_level(samples.BEIJING, "上级"),
        at_level(samples.HUAIBEI, "本级"),
        at_level(samples.TIANJIN, "下级"),
    )
    sections = letter(order("digest", *placed, cadence="weekly")).sections

    assert [section.title for section in sections] == [
        "本级 · 绿色制造",
        "下级 · 申报通知",
        "上级 · 申报通知",
        "全国 · 申报通知",
    ]
    assert [card.title for card in sections[0].cards] == [samples.HUAIBEI.title, samples.CONSULTATION.title]


def test_of_several_reasons_the_nearest_place_counts() -> None:
    item = LetterItem(samples.HUAIBEI, reasons=(Reason("全国", level="全国"), Reason("淮北市", level="本级")))

    (section,) = letter(order("digest", item, cadence="daily")).sections

    assert section.title == "本级 · 绿色制造"


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("contact", "这封信代替微信消息发给您：您的微信收不到我们的消息，已经停发。"),
        ("template", "这封信代替微信消息发给您：微信没有收下。"),
    ],
)
def test_a_stand_in_says_what_it_stands_in_for_in_both_parts(why: str, said: str) -> None:
    extra = {"instead_of": "微信", "instead_why": why}
    mail = render_mail(letter(replace(ORDERS["alert"], extra=extra)))

    assert said in mail.html
    assert said in mail.text


def test_a_letter_of_its_own_says_nothing_of_that() -> None:
    assert "代替" not in render_mail(letter(ORDERS["alert"])).text


def test_each_card_leads_to_the_readers_own_page() -> None:
    mail = render_mail(letter(replace(ORDERS["alert"], own_url="https://kx.example/u/T", number=7)))

    number = ORDERS["alert"].items[0].facts.id
    for act in ("done", "later", "muted", "follow"):
        assert f"https://kx.example/u/T/n/{number}/?do={act}" in mail.html
    assert f"已办理、稍后提醒、关注：https://kx.example/u/T/n/{number}/" in mail.text


def test_a_brief_letter_leads_to_its_page_once() -> None:
    sent = letter(
        replace(order("digest", *many(30), cadence="weekly"), own_url="https://kx.example/u/T", number=7)
    )

    assert sent.every
    assert render_mail(sent).html.count("https://kx.example/u/T/") == 1
