"""Contacts as rows of a reading, and as people read them."""

import pytest

from notices.contact_lines import ContactLine, contact_lines
from notices.reading import read
from notices.understanding import contact_row

TEXT = (
    "各有关单位：\n请认真组织。\n联系人：规划处 林涛、郑敏\n电话：（0571）87051122、87053344\n"
    "邮箱：ghc@zj.gov.cn\n"
    "联系地址：杭州市文晖路28号\n纸质材料一式三份。\n申报网址：浙江省科技管理信息系统 http://pm.zj.gov.cn/sb\n特此通知。"
)


@pytest.fixture
def lines() -> tuple[ContactLine, ...]:
    return contact_lines([contact_row(found) for found in read("关于申报的通知", TEXT).contacts])


def test_people_stand_with_their_numbers(lines: tuple[ContactLine, ...]) -> None:
    first = lines[0]

    assert (first.name, first.who) == ("联系人", "林涛、郑敏（规划处）")
    assert [(said.name, said.words, said.leads_to) for said in first.said] == [
        ("电话", "0571-87051122", "tel:057187051122"),
        ("电话", "87053344", ""),
        ("邮箱", "ghc@zj.gov.cn", "mailto:ghc@zj.gov.cn"),
    ]


def test_places_systems_and_copies_stand_alone(lines: tuple[ContactLine, ...]) -> None:
    assert [(line.name, line.who, line.said[0].words) for line in lines[1:]] == [
        ("地址", "", "杭州市文晖路28号"),
        ("申报系统", "浙江省科技管理信息系统", "http://pm.zj.gov.cn/sb"),
        ("份数", "纸质材料", "一式三份"),
    ]


def test_each_line_quotes_the_notice(lines: tuple[ContactLine, ...]) -> None:
    assert all(line.quotes and all(quote in TEXT for quote in line.quotes) for line in lines)


def test_a_number_without_a_person_is_named_by_what_it_is() -> None:
    (line,) = contact_lines(
        [contact_row(found) for found in read("通知", "正文\n联系电话：62831698。\n特此通知。").contacts]
    )

    assert (line.name, line.who, line.said[0].words) == ("电话", "", "62831698")
