"""Hosts that abbreviate a place count where the text names that place, and no other that fits."""

import pytest

from notices.lexicon.host_initials import abbreviated_in
from notices.lexicon.regions import full_name


@pytest.mark.parametrize(
    ("host", "text", "place"),
    [
        ("www.fjyc.gov.cn", "企业应在永春县区域内", "福建省泉州市永春县"),
        ("www.shpt.gov.cn", "普陀区召开培训会", "上海市普陀区"),
        ("www.zspt.gov.cn", "普陀区召开培训会", "浙江省舟山市普陀区"),
        ("www.hzxh.gov.cn", "西湖区企业", "浙江省杭州市西湖区"),
    ],
)
def test_host_is_read_by_the_place_that_the_text_names(host: str, text: str, place: str) -> None:
    found = abbreviated_in(host, text)

    assert found is not None
    assert full_name(found) == place


@pytest.mark.parametrize(
    ("host", "text"),
    [
        ("www.fjyc.gov.cn", "各企业请报送"),
        ("www.gdyc.gov.cn", "企业应在永春县区域内"),
        ("www.fjyc.com", "企业应在永春县区域内"),
        ("www.mee.gov.cn", "门源县企业"),
        ("gov.cn", "永春县"),
        ("", "永春县"),
    ],
)
def test_letters_alone_name_no_place(host: str, text: str) -> None:
    assert abbreviated_in(host, text) is None
