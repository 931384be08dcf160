"""A short title has at most 20 characters and says the place and the matter that the title says."""

import json
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from notices.lexicon import regions
from notices.lexicon.topics import shipped
from notices.reading import read
from notices.reading.region import names_upward
from notices.reading.short_titles import LIMIT, short_title

HERE = Path(__file__).parent
BLIND = [
    json.loads(line)
    for file in sorted(HERE.glob("blind/*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]
LABELLED = [
    line.split("\t")[0] for line in (HERE / "cases/topic_titles.tsv").read_text(encoding="utf-8").splitlines()
]
TITLES = [*((one["title"], one["text"]) for one in BLIND), *((title, "") for title in LABELLED)]
PLACES = [
    one.id for one in regions.all_regions() if one.kind in {"province", "city", "county"} and not one.retired
]
NOUNS = sorted(set(chain.from_iterable(topic.strong for topic in shipped().all())))
WRAPPINGS = (
    "{place}{office}关于组织开展{year}年度{place}{noun}申报工作的通知",
    "关于公布{place}第三批{noun}名单（2023年认定、2024年复核通过）的公告",
    "{place}人民政府办公室关于印发《{place}加快推进{noun}高质量发展若干政策措施（试行）》的通知",
    "关于征求《{place}{noun}管理办法（征求意见稿）》意见的函",
    "关于做好{noun}、优秀企业家和先进集体推荐工作的通知（{place}）",
)


def keeps(title: str, short: str, region: int | None, nouns: list[str]) -> bool:
    places = names_upward(region)
    finest = next((said for forms in places if (said := [one for one in forms if one in title])), [])
    said = [noun for noun in nouns if noun in title]
    return all(any(name in short for name in group) for group in (finest, said) if group)


@pytest.mark.parametrize(("title", "text"), TITLES)
def test_short_title_of_a_real_one_fits_and_keeps_place_and_noun(title: str, text: str) -> None:
    reading = read(title, text)
    nouns = [proof.quote for proof in reading.topic_evidence.values() if proof.place == "title"]

    assert 0 < len(reading.short_title) <= LIMIT
    assert keeps(" ".join(title.split()), reading.short_title, next(iter(reading.regions), None), nouns)


@example(3030, "5G+工业互联网", WRAPPINGS[0], "工业和信息化局", 2015, False)  # 积石山…自治县 alone has 15
@given(
    place=st.sampled_from(PLACES),
    noun=st.sampled_from(NOUNS),
    wrapping=st.sampled_from(WRAPPINGS),
    office=st.sampled_from(["工业和信息化局", "发展和改革委员会", "科技局"]),
    year=st.integers(2015, 2026),
    whole=st.booleans(),
)
def test_short_title_of_any_fits_and_keeps_place_and_noun(
    place: int, noun: str, wrapping: str, office: str, year: int, whole: bool
) -> None:
    name = regions.full_name(place) if whole else regions.region(place).name
    title = wrapping.format(place=name, noun=noun, office=office, year=year)
    # 中沙群岛的岛礁及其海域 has no shorter name, and no room for 两化融合管理体系贯标 beside it.
    assume(min(len(form) for form in names_upward(place)[0]) + len(noun) <= LIMIT)

    short = short_title(title, names_upward(place), [noun])

    assert len(short) <= LIMIT
    assert keeps(title, short, place, [noun])


def test_a_title_that_fits_stays_as_it_is() -> None:
    assert read("关于绿色工厂的通知", "").short_title == "关于绿色工厂的通知"


def test_a_place_in_brackets_is_kept() -> None:
    short = read(
        "关于组织开展2024年专精特新企业申报工作的通知（吴江区）", "苏州市吴江区工业和信息化局\n2024年3月1日"
    ).short_title

    assert short == "吴江区2024年专精特新企业申报工作…"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (  # the papers of traditional pages are shortened as others are, in their own characters
            "關於組織開展2021年度開封市數字化車間認定工作的通知",
            "2021年度開封市數字化車間認定",
        ),
        ("襄陽市經濟和信息化局關於公布2020年市級綠色工廠名單的通知", "襄陽市公布2020年市級綠色工廠名單"),
        (  # several offices
            "商务部办公厅 财政部办公厅 国家发展改革委办公厅关于组织申报2022年再生资源回收试点的通知",
            "申报2022年再生资源回收试点的通知",
        ),
        (  # a paper handed on: of the one who hands it on the place, of the other the matter
            "遂昌县经济商务局关于转发《浙江省经济和信息化厅关于开展2023年度未来工厂申报工作的通知》的通知",
            "遂昌县2023年度未来工厂申报工作的通知",
        ),
        ("【国家】《水效标识管理规定（征求意见稿）》征求社会公众意见的公告", "征求意见：水效标识管理规定"),
        ("关于《滦州市餐厨垃圾收运处置管理办法》听取意见的启事", "征求意见：滦州市餐厨垃圾收运处置管理办法"),
        ("《衡水市企业技术中心认定管理办法》政策解读", "解读：衡水市企业技术中心认定管理办法"),
        ("大连市生态环境局关于做好我市2021年度排污许可执行报告提交工作的通知", None),
        ("温馨提示：2022年度科技型中小企业评价工作即将截止", "2022科技型中小企业评价工作即将截止"),
        ("关于2023年度“智改数转、绿色化”诊断服务机构拟入选名单的公示", None),
        ("吉林省关于填报2019-2021年度科技计划项目年度执行情况报告的通知", None),
    ],
)
def test_short_title_of_a_shape_says(title: str, short: str | None) -> None:
    said = read(title, "").short_title

    assert short is None or said == short
    assert len(said) <= LIMIT
    assert said.count("“") == said.count("”")
    assert not any(odd in said for odd in ("我市", "-2021", "2019-科"))


@pytest.mark.parametrize("end", range(12, 22))
def test_a_cut_splits_no_word(end: int) -> None:
    title = "第三届全省机器人创新大赛现场推进会暨专项资金竞争性分配结果发布仪式"

    kept = short_title(title, [], [], end).removesuffix("…")

    assert title.startswith(kept)
    assert kept[-1] not in "机创大现推专竞结发"


def test_a_headline_of_two_clauses_keeps_the_one_with_the_matter() -> None:
    title = "喜讯频传再创佳绩振奋人心！全市新增12家企业入围省级绿色工厂"

    assert short_title(title, [], ["绿色工厂"]) == "全市新增12家企业入围省级绿色工厂"


def test_an_answer_of_comments_taken_is_no_call_for_comments() -> None:
    short = read("关于《滨河新城噪声功能区划分方案》公开征求意见采纳情况的公告", "").short_title

    assert not short.startswith("征求意见：")
