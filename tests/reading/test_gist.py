"""What a notice says of who may apply, what is given and how, of sums and conditions: in its own words."""

import pytest

from notices.reading import read
from notices.reading.values import Attachment, Evidence, Gist

TITLE = "关于申报2024年技术改造专项资金的通知"


def gist(*lines: str, attachments: tuple[Attachment, ...] = ()) -> Gist:
    return read(TITLE, "\n".join(lines), attachments=attachments).gist


def said(*lines: str) -> list[str]:
    return [amount.said for amount in gist(*lines).amounts]


def quotes(found: tuple[Evidence, ...]) -> list[str]:
    return [one.quote for one in found]


def test_three_lines_are_quotes_of_the_notice() -> None:
    found = gist(
        "一、申报对象",
        "在本市注册、具有独立法人资格的工业企业。",
        "二、支持标准",
        "按设备投资额的10%给予补助，单个项目最高500万元。",
        "三、报送",
        "请登录企业服务平台填报，纸质材料报送至市经信局。",
    )

    assert quotes(found.lines) == [
        "在本市注册、具有独立法人资格的工业企业。",
        "按设备投资额的10%给予补助，单个项目最高500万元。",
        "请登录企业服务平台填报，纸质材料报送至市经信局。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "允许有条件的地方先行先试，分批推开。",
        "一、请各市组织申报主体在10月28日前完成线上申报。",
        "依法将产废单位纳入强制责任保险投保范围。",
        "企业按培育条件申报，由盟市初审。",
        "平台全年受理企业注册。",
    ],
)
def test_a_word_in_passing_does_not_say_who_may_apply(line: str) -> None:
    assert gist("各有关单位：", line).who is None


@pytest.mark.parametrize(
    "line",
    [
        "二、条件：省内注册的独立法人；",
        "（一）市内注册的制造业法人。",
        "申报单位应当是注册在本省的独立法人。",
        "支持对象为本市规模以上工业企业。",
        "申报企业应同时符合国家有关规定。",
    ],
)
def test_a_label_or_a_demand_says_who_may_apply(line: str) -> None:
    assert quotes(gist("各有关单位：", line).lines) == [line]


@pytest.mark.parametrize(
    ("line", "amounts"),
    [
        ("对认定的企业给予一次性奖励50万元。", ["50万元"]),
        ("按设备投资额的10%给予补助，单个项目最高不超过500万元。", ["10%", "最高不超过500万元"]),
        ("对国家级小巨人奖励100万元，省级奖励30万元。", ["100万元", "30万元"]),
        ("给予 1,000 万元 补助。", ["1,000万元"]),
        ("資助金額上限為２００萬元。", ["上限为200万元"]),
        ("对通过评定的企业一次性奖励3万至20万元。", ["3万至20万元"]),
        ("余热发电最高补贴0.35元/千瓦时。", ["最高补贴0.35元/千瓦时"]),
        ("单个项目财政支持60-90万元。", ["60-90万元"]),
        ("可申请吸纳就业补贴，标准为每人1500元。", ["1500元"]),
        ("上年度营业收入2000万元以上。", []),
        ("申报项目设备投资额不低于500万元。", []),
        ("研发投入占比达到3%。", []),
        ("逾期不改的，处以10万元罚款。", []),
        ("请于10月20日前报送材料一式3份。", []),
    ],
)
def test_amounts_are_those_that_are_given(line: str, amounts: list[str]) -> None:
    assert said("各有关企业：", line) == amounts


def test_amount_has_its_clause_for_proof() -> None:
    (amount,) = gist("对通过验收的项目，给予最高300万元补助。").amounts

    assert amount.evidence.quote == "给予最高300万元补助"


def test_conditions_are_the_items_below_their_heading() -> None:
    found = gist(
        "二、申报条件",
        "（一）在本市注册的工业企业；",
        "（二）近三年无安全事故；",
        "三、申报程序",
        "（一）企业登录平台填报。",
    )

    assert quotes(found.conditions) == ["（一）在本市注册的工业企业；", "（二）近三年无安全事故；"]


def test_conditions_leave_out_what_stands_deeper() -> None:
    found = gist(
        "一、申报条件",
        "（一）企业须满足：",
        "1.注册满一年；",
        "（二）信用良好。",
        "二、材料",
    )

    assert quotes(found.conditions) == ["（二）信用良好。"]


def test_conditions_in_one_line_are_taken_apart() -> None:
    found = gist("申报企业应同时符合以下条件：1.在本市注册；2.信用良好；3.无欠税。")

    assert quotes(found.conditions) == ["1.在本市注册；", "2.信用良好；", "3.无欠税。"]


def test_a_list_of_attachments_holds_no_conditions() -> None:
    found = gist("附件：1.申报条件", "2.省重点实验室名单", "电话：0571-12345678，欢迎咨询。")

    assert found.conditions == ()


def test_what_only_the_attachment_says_is_told_with_its_place() -> None:
    guide = Attachment("申报指南.doc", text="一、申报条件\n（一）在本市注册的企业；\n（二）信用良好。")

    found = gist("申报指南见附件。", attachments=(guide,))

    assert {one.place for one in found.conditions} == {"attachment"}


def test_a_notice_that_says_nothing_of_it_gets_nothing() -> None:
    found = gist("现将有关事项通知如下。")

    assert found == Gist()


@pytest.mark.parametrize(
    "line",
    [
        "推荐对象、材料份数、报送方式等其他要求不变。",
        "申报条件：仍按原通知执行。",
        "支持范围和对象不作调整。",
    ],
)
def test_gist_quotes_no_sentence_that_leaves_the_answer_to_another_notice(line: str) -> None:
    assert gist("各有关单位：", line, "请于5月20日前报送。").who is None


def test_gist_finds_the_answer_behind_a_sentence_that_leaves_it_open() -> None:
    found = gist("申报对象不变，其他要求照旧。", "申报对象为本市注册的工业企业。")
    assert found.who
    assert found.who.quote == "申报对象为本市注册的工业企业。"


@pytest.mark.parametrize(
    "line",
    [
        "省级第二批示范县申报条件和要求",
        "一、范围、条件和程序参照行业协会要求。",
        "申报条件和附表见省厅网站。",
        "不得违反法定权限、条件、程序采取措施；",
        "逐项明确许可条件、办理时限、适用范围、有效期限等要素。",
    ],
)
def test_gist_takes_no_heading_list_or_reference_for_who_may_apply(line: str) -> None:
    assert line not in quotes(gist("各有关单位：", line, "请于5月20日前报送。").lines)


def test_gist_takes_no_many_sides_for_money() -> None:
    assert gist("支持进出口市场多元化，扶持外贸企业发展。").given is None


def test_gist_takes_no_act_of_the_office_for_how_to_apply() -> None:
    assert gist("省科技厅将于3月17日前把评审结果报送至省政府审定。").how is None


def test_gist_quotes_from_behind_those_addressed() -> None:
    how = gist("各有关企业：请登录企业服务平台填报。").how

    assert how
    assert how.quote == "请登录企业服务平台填报。"
