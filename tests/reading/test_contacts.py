"""Contacts as notices write them, line by line: what is sure is found, what is not is absent."""

import pytest

from notices.reading.contacts import MOST, find_contacts
from notices.reading.layout import lay_out
from notices.reading.page import Page
from notices.reading.values import ContactFound

BEFORE, AFTER = "各有关单位：\n请认真组织。\n", "\n特此通知。"

# text → `kind value` or `kind value @ whose`, in order.
LINES: list[tuple[str, list[str]]] = [
    ("联系人：王晓燕", ["person 王晓燕"]),
    ("联 系 人：王晓燕  电 话：0574-62703312", ["person 王晓燕", "phone 0574-62703312 @ 王晓燕"]),
    ("联系人：王某某 张某", ["person 王某某", "person 张某"]),
    ("联系人：王 某、李　明", ["person 王某", "person 李明"]),
    ("联系人：欧阳建国；联系电话：87052213", ["person 欧阳建国", "phone 87052213 @ 欧阳建国"]),
    ("联系人：买买提·艾力，0991-4536789", ["person 买买提·艾力", "phone 0991-4536789 @ 买买提·艾力"]),
    ("联系人：综合处 沈洁 周磊", ["person 沈洁 @ 综合处", "person 周磊 @ 综合处"]),
    ("联系人：节能处沈洁", ["person 沈洁 @ 节能处"]),
    ("联系人：赵老师、孙科长", ["person 赵老师", "person 孙科长"]),
    ("联系人及电话：钱程 13805741234", ["person 钱程", "phone 13805741234 @ 钱程"]),
    ("联系人（电话）：钱程（0571-87055566）", ["person 钱程", "phone 0571-87055566 @ 钱程"]),
    (
        "联系方式：林涛，0571-87051122；郑敏，0571-87053344",
        ["person 林涛", "phone 0571-87051122 @ 林涛", "person 郑敏", "phone 0571-87053344 @ 郑敏"],
    ),
    (
        "联系人：规划处 林涛\n电话：（0571）87051122，87053344",
        ["person 林涛 @ 规划处", "phone 0571-87051122 @ 林涛", "phone 87053344 @ 林涛"],
    ),
    (
        "（联系人：市经信局技改科 林涛；联系电话：83601122；\n市财政局企业科 郑敏；联系电话：83603344）",
        [
            "person 林涛 @ 市经信局技改科", "phone 83601122 @ 林涛",
            "person 郑敏 @ 市财政局企业科", "phone 83603344 @ 郑敏",
        ],
    ),
    (
        "四、联系方式\n林涛  0571-87051122\n郑敏  0571-87053344",
        ["person 林涛", "phone 0571-87051122 @ 林涛", "person 郑敏", "phone 0571-87053344 @ 郑敏"],
    ),
    ("联系人\t林涛\t联系电话\t0571-87051122", ["person 林涛", "phone 0571-87051122 @ 林涛"]),
    ("联系电话 62831133", ["phone 62831133"]),
    ("咨询电话：010－６６１０３３２２", ["phone 010-66103322"]),
    ("联系电话：010-88656611 88656622", ["phone 010-88656611", "phone 88656622"]),
    ("电话：0571-87052713转8012", ["phone 0571-87052713转8012"]),
    ("技术支持电话：400-800-1234", ["phone 400-800-1234"]),
    ("支持热线：8008205566（座机）、4008205566", ["phone 8008205566", "phone 4008205566"]),
    ("监督举报电话：12345", ["phone 12345"]),
    ("电话/传真：0571-87051122", ["phone 0571-87051122", "fax 0571-87051122"]),
    ("传真：（010）66556611", ["fax 010-66556611"]),
    ("手机：138 0574 1234", ["phone 13805741234"]),
    ("电子邮箱：jnc＠zj.gov.cn", ["email jnc@zj.gov.cn"]),
    ("邮箱：jnc[at]zj.gov.cn", ["email jnc@zj.gov.cn"]),
    ("请将电子版发送至 JNC_2019 @163.com。", ["email jnc_2019@163.com"]),
    ("邮政编码：315400", ["postcode 315400"]),
    ("地址：余姚市新建北路52号市行政中心3号楼A座301室，邮编315400",
     ["address 余姚市新建北路52号市行政中心3号楼A座301室", "postcode 315400"]),
    ("纸质材料请寄至：杭州市文晖路 28 号省经信厅节能处（邮编 310007）。",
     ["address 杭州市文晖路28号省经信厅节能处", "postcode 310007"]),
    ("材料报送地点：市民中心二楼15号窗口", ["address 市民中心二楼15号窗口"]),
    ("一式三份报送至省厅。", ["copies 一式三份"]),
    ("申报书（纸质版五份，电子版一份）报我局。", ["copies 纸质版五份", "copies 电子版一份"]),
    ("纸质材料一式 9 份，光盘一张。", ["copies 一式9份 @ 纸质材料", "copies 光盘一张"]),
    ("企业登录“余姚市惠企资金申报平台”（http://hq.yy.gov.cn:8080/sb）填报。",
     ["system http://hq.yy.gov.cn:8080/sb @ 余姚市惠企资金申报平台"]),
    ("申报网址：www.zjkjsb.gov.cn/login。", ["system www.zjkjsb.gov.cn/login"]),
    ("请通过浙江省科技管理信息系统提交申报书。", ["system 浙江省科技管理信息系统 @ 浙江省科技管理信息系统"]),
    ("网上填报在工业节能平台（https://Green.miit.gov.cn/Apply）进行。",
     ["system https://Green.miit.gov.cn/Apply @ 工业节能平台"]),
    ("联系人：信息科 薛冰 86988113", ["person 薛冰 @ 信息科", "phone 86988113 @ 薛冰"]),
    ("电话：+86-571-87051122", []),
    ("电话：86-0571-87051122", ["phone 0571-87051122"]),
    (
        "咨询电话：惠阳 3826125 博罗 6626339",
        ["phone 3826125 @ 惠阳", "phone 6626339 @ 博罗"],
    ),
    (
        "受理地点：园中路1号7号楼1楼\n    项目备案须在21年1月1日后。",
        ["address 园中路1号7号楼1楼"],
    ),
    (
        "企业在资源综合利用管理平台（https://zy.miit.gov.cn）申报。",
        ["system https://zy.miit.gov.cn @ 资源综合利用管理平台"],
    ),
    ("市工信局技改科 0756-2256011", ["phone 0756-2256011 @ 市工信局技改科"]),
    ("（经发局 李工 0898-28829511）", ["person 李工 @ 经发局", "phone 0898-28829511 @ 李工"]),
    ("装备工业科：0710-3610411，邮箱 zbk@zj.gov.cn",
     ["phone 0710-3610411 @ 装备工业科", "email zbk@zj.gov.cn"]),
    ("咨询：成果科 0523-84862211", ["phone 0523-84862211 @ 成果科"]),
    ("联系科室：智能制造科，84126511。", ["phone 84126511 @ 智能制造科"]),
    ("如有疑问请致电0531-76210011。", ["phone 0531-76210011"]),
    ("参会回执传真到61881611。", ["fax 61881611"]),
    ("联系人：固体处 蒲晓东，电话：028-80589011", ["person 蒲晓东 @ 固体处", "phone 028-80589011 @ 蒲晓东"]),
    ("请登录https://green.miit.gov.cn填写动态管理表。", ["system https://green.miit.gov.cn"]),
    # What is none.
    ("市财政局 2150517 产业发展", []),
    ("浙江某某科技有限公司 13805741234", []),
    ("咨询服务费 0571-87051122", []),
    ("联系人：________  电话：________", []),
    ("联系人：姓名、职务、手机号码", []),
    ("联系人：高新技术处", []),
    ("请各单位确定一名联系人，并于10月20日前报送姓名和电话。", []),
    ("余经信〔2019〕62831698号", []),
    ("统一社会信用代码：91330281MA2AF12345", []),
    ("电话：20191021", []),
    ("咨询时间：2019-10-21至2019-11-05", []),
    ("索引号：002482087/2019-87052713", []),
    ("合同编号 0571-20191105，金额 62831698 元。", []),
    ("北京某某科技有限公司 电话：62227788 欢迎咨询", []),
    ("欢迎来电垂询，联系电话：010-62227788", []),
    ("地址：见附件2", []),
    ("通讯地址及邮编：由申报单位填写", []),
    ("本合同一式四份，双方各执两份。", []),
    ("附件下载：http://www.yy.gov.cn/attach/1.doc", []),
    ("详见余姚市人民政府网站（http://www.yy.gov.cn）。", []),
    ("登录系统填报。", []),
    ("项目负责人：林涛", []),
    ("法定代表人：郑敏 注册资本：5000000", []),
]  # fmt: skip


def contacts(text: str) -> tuple[ContactFound, ...]:
    return find_contacts([lay_out(Page(text))])


def said(found: ContactFound) -> str:
    return f"{found.kind} {found.value}" + (f" @ {found.whose}" if found.whose else "")


@pytest.mark.parametrize(("text", "expected"), LINES, ids=[text[:24] for text, _ in LINES])
def test_contacts_are_found_as_written(text: str, expected: list[str]) -> None:
    found = [said(contact) for contact in contacts(BEFORE + text + AFTER)]

    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("text", [text for text, expected in LINES if expected])
def test_each_contact_quotes_words_of_the_text(text: str) -> None:
    whole = BEFORE + text + AFTER

    for contact in contacts(whole):
        proof = contact.evidence
        assert proof.start is not None
        assert whole[proof.start : proof.start + len(proof.quote)] == proof.quote != ""


def test_contacts_of_an_attachment_say_so() -> None:
    paper = lay_out(Page("申报书\n联系人：林涛 电话：87051122", "attachment"))

    assert [found.evidence.place for found in find_contacts([paper])] == ["attachment", "attachment"]


def test_a_contact_said_twice_is_one() -> None:
    assert len(contacts("联系电话：87051122\n" * 3)) == 1


def test_a_directory_is_cut_short() -> None:
    lines = "\n".join(f"联系电话：8705{number:04}" for number in range(1000, 1200))

    assert len(contacts(lines)) == MOST
