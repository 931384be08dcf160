import pytest

from notices.reading import read
from notices.reading.attached import attached

PARTS = [("第1页", "申报指南"), ("第2页", "请各单位于2023年4月10日前登录平台填报。")]
TITLE, BODY = "关于组织申报绿色工厂的通知", "详见附件。\n温岭市经济和信息化局\n2023年3月1日"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("附件3：申报指南.pdf", "附件3，第2页"),
        ("附件三 申报指南.pdf", "附件三，第2页"),
        ("3.申报指南.pdf", "附件3，第2页"),
        ("2023年申报指南.pdf", "附件2，第2页"),
        ("申报指南.pdf", "附件2，第2页"),
    ],
)
def test_deadline_tells_the_file_and_the_page(name: str, called: str) -> None:
    reading = read(TITLE, BODY, attachments=[attached(2, 4, name, parts=PARTS)])

    assert [(str(found.on), found.evidence.where) for found in reading.deadlines] == [("2023-04-10", called)]


def test_only_file_has_no_number() -> None:
    reading = read(TITLE, BODY, attachments=[attached(1, 1, "申报指南.pdf", parts=PARTS)])

    assert reading.deadlines[0].evidence.where == "附件，第2页"


def test_quote_stands_in_the_text_where_it_says() -> None:
    paper = attached(1, 1, "申报指南.pdf", parts=PARTS)
    proof = read(TITLE, BODY, attachments=[paper]).deadlines[0].evidence

    assert proof.start is not None
    assert paper.text[proof.start :].startswith(proof.quote)


def test_file_without_parts_has_no_text() -> None:
    assert attached(1, 1, "申报指南.pdf").text == ""


def test_words_of_the_body_stand_in_no_file() -> None:
    reading = read(
        TITLE, "请于2023年4月9日前填报。" + BODY, attachments=[attached(1, 1, "指南.pdf", parts=PARTS)]
    )

    assert reading.deadlines[0].evidence.where == ""


def test_day_of_a_file_does_not_displace_that_of_the_notice() -> None:
    body = "请各单位于2023年5月20日前登录平台填报。" + BODY

    main = read(TITLE, body, attachments=[attached(1, 1, "指南.pdf", parts=PARTS)]).main_deadline

    assert main is not None
    assert (str(main.on), main.evidence.place) == ("2023-05-20", "body")
