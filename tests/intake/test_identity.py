"""When two addresses are one item and two pages one notice."""

from datetime import date

import pytest

from notices.intake.identity import identities, own_doc_no, same_title, specific_issuer, url_key

A = {
    "source": "a", "url": "http://a.gov.cn/1.html", "issuer": "生态环境部", "doc_no": "环固体201992号",
    "title": "关于提升能力的意见", "published": date(2019, 10, 21), "text": "正文",
}  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        "https://www.yy.gov.cn/art/1.html", "http://yy.gov.cn:80/art/1.html", "http://yy.gov.cn//art/1.html#top",
        "http://YY.gov.cn/art/1.html?utm_source=x",
    ],
)  # fmt: skip
def test_url_key_is_blind_to_what_tells_no_pages_apart(other: str) -> None:
    assert url_key(other) == url_key("http://www.yy.gov.cn/art/1.html")


@pytest.mark.parametrize(
    "other",
    ["http://yy.gov.cn/art/2.html", "http://jx.yy.gov.cn/art/1.html", "http://yy.gov.cn/art/1.html?id=2"],
)
def test_url_key_tells_pages_apart(other: str) -> None:
    assert url_key(other) != url_key("http://yy.gov.cn/art/1.html")


def test_index_page_is_its_folder() -> None:
    assert url_key("http://a.gov.cn/tzgg/index.html") == url_key("http://a.gov.cn/tzgg/")


@pytest.mark.parametrize(
    ("change", "shared"),
    [
        ({"source": "b", "url": "http://b.gov.cn/9"}, 2),
        ({"source": "b", "url": "http://b.gov.cn/9", "doc_no": ""}, 1),
        ({"source": "b", "url": "http://b.gov.cn/9", "text": "转载时有改动"}, 1),
        ({"source": "b", "url": "http://b.gov.cn/9", "issuer": "安徽省生态环境厅"}, 0),
        ({"source": "b", "url": "http://b.gov.cn/9", "doc_no": "", "title": "关于转发意见的通知"}, 0),
        ({"url": "https://www.a.gov.cn/1.html", "issuer": "", "published": None}, 1),
    ],
)
def test_notices_share_a_name_only_where_issuer_and_more_agree(
    change: dict[str, object], shared: int
) -> None:
    other = identities(**{**A, **change})  # type: ignore[arg-type]
    assert len(set(identities(**A)) & set(other)) == shared  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hint", "issuer"),
    [
        ("生态环境部", "生态环境部"), ("河南省科学技术厅", "河南省科学技术厅"),
        ("市经信局", "余姚市经信局"), ("本站", "余姚市经信局"),
        ("综合处", "余姚市经信局"), ("", "余姚市经信局"),
    ],
)  # fmt: skip
def test_issuer_that_many_places_share_is_not_believed(hint: str, issuer: str) -> None:
    assert specific_issuer(hint, "余姚市经信局") == issuer


@pytest.mark.parametrize(
    ("label", "text", "number"),
    [
        ("合经信智能〔2024〕33号", "", "合经信智能202433号"),
        ("", "关于某事的通知\n\n淮经信节能函〔2019〕51号\n\n各县：", "淮经信节能函201951号"),
        ("", "环固体[2019]92号\n各省：", "环固体201992号"),
        ("", "根据《某办法》（淮经信节能〔2019〕79号），现通知如下。", ""),
    ],
)
def test_own_doc_no_stands_alone(label: str, text: str, number: str) -> None:
    assert own_doc_no(label, text) == number


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("关于印发《绿色工厂管理办法》的通知", "关于印发绿色工厂管理办法的通知", True),
        ("河南省工信厅关于印发绿色工厂管理办法的通知", "关于印发绿色工厂管理办法的通知", True),
        ("关于印发绿色工厂管理办法的通知", "《绿色工厂管理办法》政策解读", False),
        ("通知", "通知公告", False),
    ],
)
def test_same_title_is_of_one_document(one: str, other: str, same: bool) -> None:
    assert same_title(one, other) is same


def test_one_generic_title_of_two_cities_on_one_day_stays_two_notices() -> None:
    told = {**A, "doc_no": "", "title": "名单公示", "text": "现将名单予以公示。"}
    ningbo = {**told, "source": "nb", "url": "http://nb.gov.cn/1", "issuer": "宁波市经信局"}
    hangzhou = {**told, "source": "hz", "url": "http://hz.gov.cn/1", "issuer": "杭州市经信局"}
    shared = set(identities(**ningbo)) & set(identities(**hangzhou))  # type: ignore[arg-type]
    assert not shared
