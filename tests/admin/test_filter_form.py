"""Staff make a filter: every switch, explained, previewed, and warned of before it is kept."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from alerts.previewing import MANY_A_WEEK
from subscribers.filters import FilterSpec, find_or_make
from subscribers.models import Filter
from tests.builders import START, notice, place, taken_in, topic

Page = Callable[..., str]
SWITCHES = {"below": "on", "above": "on"}


def add(staff: Client, page: Page, **values: object) -> str:
    answer = staff.post(page(Filter, "add"), {**SWITCHES, **values}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_switch_is_kept(staff: Client, page: Page) -> None:
    add(
        staff, page, regions="浙江省、淮北市", topics="绿色工厂", words="氢能", all_words="申报，企业",
        any_words="补助;奖励", none_words="公示", kinds=["application", "consultation"],
        issuers="经信局", only_with_deadline="on", above="",
    )  # fmt: skip

    spec = FilterSpec.from_json(Filter.objects.get().spec)
    assert set(spec.regions) == {place("浙江省"), place("淮北市")}
    assert (spec.below, spec.above, spec.topics, spec.words) == (True, False, (topic("绿色工厂"),), ("氢能",))
    assert (set(spec.all_words), set(spec.any_words)) == ({"申报", "企业"}, {"补助", "奖励"})
    assert (spec.none_words, spec.issuers, spec.only_with_deadline) == (("公示",), ("经信局",), True)
    assert [kind.value for kind in spec.kinds] == ["application", "consultation"]


def test_only_followed_stands_alone(staff: Client, page: Page) -> None:
    assert "要单独使用" in add(staff, page, only_followed="on", regions="浙江省")
    add(staff, page, only_followed="on")
    assert FilterSpec.from_json(Filter.objects.get().spec) == FilterSpec(only_followed=True)


def test_same_filter_is_found_again(staff: Client, page: Page) -> None:
    row = find_or_make(FilterSpec(regions=(place("浙江省"),)), START)
    add(staff, page, regions="浙江")
    assert Filter.objects.get() == row


@pytest.mark.parametrize("button", ["_save", "_addanother"])
def test_a_filter_that_is_there_already_is_named_and_not_called_new(
    staff: Client, page: Page, button: str
) -> None:
    row = find_or_make(FilterSpec(regions=(place("浙江省"),)), START)
    shown = add(staff, page, regions="浙江", **{button: "1"})
    assert f"第 {row.pk} 号</a>，建立于 2019-10-20 10:00：浙江省" in shown
    assert "成功" not in shown
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("field", "written", "complaint"),
    [
        ("regions", "浙江生", "没有叫“浙江生”的地区"),
        ("regions", "鼓楼区", "不止一个，请写全"),
        ("topics", "绿色工场", "没有叫“绿色工场”的主题，是不是"),
        ("words", "长" * 61, "太长"),
    ],
)
def test_unknown_names_are_sent_back(
    staff: Client, page: Page, field: str, written: str, complaint: str
) -> None:
    assert complaint in add(staff, page, **{field: written})
    assert not Filter.objects.exists()


def test_preview_explains_and_keeps_nothing(staff: Client, page: Page) -> None:
    from config.clock import business_now

    taken_in(notice("申报绿色工厂", seen=business_now()))
    shown = add(staff, page, regions="浙江省", topics="绿色制造", _preview="1")

    for words in ("还没有保存", "也要其下级市县区的", "绿色制造（含", "有 1 条符合", "申报绿色工厂"):
        assert words in shown
    assert not Filter.objects.exists()


def test_more_than_fifty_a_week_is_said_before_it_is_kept(
    staff: Client, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config.clock import business_now

    monkeypatch.setattr("alerts.previewing.MANY_A_WEEK", 0)
    taken_in(notice(seen=business_now()))
    assert "保存时须勾选“仍要保存”" in add(staff, page, regions="浙江省", _preview="1")
    assert "还没有保存：这个条件每周约带来" in add(staff, page, regions="浙江省")
    assert not Filter.objects.exists()
    add(staff, page, regions="浙江省", sure="on")
    assert Filter.objects.count() == 1
    assert MANY_A_WEEK == 50
