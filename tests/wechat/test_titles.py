import json
from pathlib import Path

import pytest

from notices.reading.short_titles import LIMIT, cut, place_names, shorten

# title, the notice's places, its topics, what the card says
CASES = [
    ("2023年度绿色制造名单公示", [], [], "2023年度绿色制造名单公示"),
    (
        "关于做好2021年芜湖市绿色工厂推荐工作的通知",
        ["安徽省芜湖市"],
        ["绿色工厂"],
        "2021年芜湖市绿色工厂推荐",
    ),
    (
        "关于组织开展2022年度台州市数字化车间认定工作的通知",
        ["浙江省台州市"],
        [],
        "2022年度台州市数字化车间认定",
    ),
    (
        "关于公开征求《某某省土壤污染防治条例（草案征求意见稿）》意见的通知",
        [],
        ["土壤污染"],
        "征求意见：某某省土壤污染防治条例（草案）",
    ),
    (
        "《青海省“零碳园区”建设实施方案（征求意见稿）》公开征求意见的公告",
        ["青海省"],
        [],
        "征求意见：青海省“零碳园区”建设实施方案",
    ),
    (
        "福建省工业和信息化厅关于开展全省2022年度节能诊断服务工作的通知",
        ["福建省"],
        [],
        "福建省2022年度节能诊断服务工作的通知",
    ),
    (
        "【截止日：6月4日】广州市科学技术局关于组织开展2021年度研发费用补助工作的通知",
        ["广东省广州市"],
        [],
        "广州市2021年度研发费用补助工作的通知",
    ),
    (
        "关于提升污水收集处理能力、污泥处置能力和应急监测能力的实施意见",
        [],
        [],
        "提升污水收集处理能力等的实施意见",
    ),
    (
        "长春市工业和信息化局关于印发《长春市推动工业绿色发展若干措施》等文件的通知",
        ["吉林省长春市"],
        [],
        "印发长春市推动工业绿色发展若干措施等文件",
    ),
    (
        "关于申报2020年昆明市工业发展专项资金（技术改造方向）项目有关事项的通知",
        ["云南省昆明市"],
        [],
        "申报2020年昆明市工业发展专项资金项目",
    ),
]


@pytest.mark.parametrize(("title", "places", "topics", "said"), CASES)
def test_shorten_says(title: str, places: list[str], topics: list[str], said: str) -> None:
    assert shorten(title, names=[*place_names(places), *topics]) == said


def test_shorten_moves_a_place_that_would_be_cut_off() -> None:
    title = "小微企业创业创新示范基地经验交流暨工作部署视频会议近日在德阳召开"

    short = shorten(title, names=place_names(["四川省德阳市"]))

    assert short.startswith("德阳")
    assert len(short) <= LIMIT


def test_shorten_leaves_no_bracket_open() -> None:
    short = shorten("国家发展改革委等部门联合公布《固定资产投资项目节能审查和碳排放评价办法》解读全文")

    assert short.count("《") == short.count("》")


@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        ("一二三四五六七八九十", [], "一二三四五六七八九十"),
        ("一二三四五六七八九十百", [], "一二三四五六七八九…"),
        ("一二三四五六七八绿色工厂", ["绿色工厂"], "一二三四五六七八…"),
        ("一二三四五六2019年度一", [], "一二三四五六…"),
        ("一二三四五六“小巨人”一", [], "一二三四五六…"),
        ("一二三四五六七八、九十百", [], "一二三四五六七八…"),
    ],
)
def test_cut_ends_before_a_name(text: str, names: list[str], said: str) -> None:
    assert cut(text, 10, names) == said


def test_place_names_run_from_the_finest_up() -> None:
    assert place_names(["浙江省宁波市余姚市"]) == ("余姚市", "余姚", "宁波市", "宁波", "浙江省", "浙江")


# What each seed title must still say.
SEED_WORDS = [
    ("危险废物",),
    ("科技型中小企业", "抽查"),
    ("征求意见", "矿山生态修复"),
    ("淮北市", "绿色工厂"),
    ("余姚市", "绿色制造专项资金"),
    ("征求意见", "生态环境监测条例"),
    ("北京市", "智能制造", "供应商"),
    ("天津市", "智能制造专项资金", "申报指南"),
    ("山西省", "平台基地", "申报指南"),
]


@pytest.mark.needs_shared
def test_seed_titles_fit_whole_with_place_and_noun(shared_folder: Path) -> None:
    text = (shared_folder / "corpus" / "seed.jsonl").read_text(encoding="utf-8")
    titles = [json.loads(line)["title"] for line in text.splitlines()]

    for title, words in zip(titles, SEED_WORDS, strict=True):
        short = shorten(title)
        assert len(short) <= LIMIT
        assert "…" not in short
        assert all(word in short for word in words), short
