"""Sweeps by wording: days that ask for nothing, days that are moved, periods that are counted.

The wordings were written before the rules that read them were looked at. `unasked_days.txt`: clauses with a
day after publication by which nobody outside the office must act. `still_asked.txt`: their look-alikes that
ask for something by {x}. `moved_days.txt`: clauses that move {o} to {n} (and {p} to {q}), with by how much
where no new day is named. `counted_periods.txt`: periods from publication, with how many days or workdays.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from notices.lexicon.kinds import Kind
from notices.lexicon.workdays import add_workdays
from notices.reading import read
from notices.reading.values import Reading

HERE = Path(__file__).parent
PUBLISHED, DUE = date(2024, 5, 10), date(2024, 6, 27)
OFFICE = "\n泰州市工业和信息化局\n"
ASKING = "关于组织开展2024年度市级绿色工厂申报工作的通知"
CALL = (
    "各市（区）工信局，有关企业：\n现就组织申报2024年度市级绿色工厂有关事项通知如下。\n一、申报条件\n"
    "在本市依法注册，具有独立法人资格。\n二、有关事项\n{}\n三、申报程序\n企业自愿申报，属地主管部门审核推荐。{}"
    f"{OFFICE}2024年5月10日"
)
DUE_BY = "\n四、时间\n请各有关企业于2024年6月27日前将材料报送至所在地工信局。"
QUIET = (
    (ASKING, CALL.format("{}", "")),
    (
        "泰州市制造业高质量发展行动方案",
        "一、总体要求\n坚持创新驱动、绿色发展。\n二、重点任务\n{}\n三、保障措施\n各地要落实要素保障。\n泰州市人民政府办公室\n2024年5月10日",
    ),
    (
        "关于公布2024年泰州市智能车间名单的通知",
        f"各市（区）工信局：\n经专家评审，现将智能车间名单予以公布。\n{{}}\n请各地加强指导服务。{OFFICE}2024年5月10日",
    ),
    (
        "泰州：技术改造激活制造业新动能",
        "连日来，各制造企业车间一片繁忙。\n{}\n据统计，一季度全市工业技改投资同比增长15.2%。（记者 李华）",
    ),
)
OLD, NEW, LATER_OLD, LATER = date(2024, 5, 20), date(2024, 6, 14), date(2024, 5, 27), date(2024, 6, 24)
MOVING = (
    (
        "关于延长2024年度市级绿色工厂申报时间的通知",
        f"各有关企业：\n现就申报时间有关事项通知如下：\n{{}}{OFFICE}2024年5月10日",
    ),
    (
        "关于调整2024年度市级绿色工厂申报时间的通知",
        (
            "各有关企业：\n根据《关于组织开展绿色工厂申报工作的通知》（泰工信发〔2024〕33号）要求，申报截止时间为{o}。"
            f"现将有关事项补充通知如下：\n一、{{}}\n二、其他事项按原通知要求执行。{OFFICE}2024年5月10日"
        ),
    ),
    (
        "关于延长原定{o}截止的2024年度绿色工厂申报时间的公告",
        "各有关单位：\n因部分企业材料准备时间不足，{}特此公告。",
    ),
    (
        "关于2024年度绿色工厂申报时间延期的通知",
        f"各有关企业：\n为给企业充分准备时间，{{}}原通知中规定的{{o}}截止时间不再执行。{OFFICE}2024年5月10日",
    ),
)
HEARD = {
    "R": ("关于智能车间拟认定名单的公示", "经专家评审，拟认定以下企业为市级智能车间，现予以公示。\n{}"),
    "C": (
        "关于公开征求《泰州市制造业促进办法（征求意见稿）》意见的公告",
        "我局起草了征求意见稿，现公开征求意见。\n{}",
    ),
    "A": (
        "关于组织开展市级创新平台申报工作的通知",
        "各有关企业：\n现组织申报市级创新平台。\n一、条件\n具有法人资格。\n二、时间要求\n{}",
    ),
}
BEFORE_FEASTS = (date(2021, 9, 29), date(2024, 2, 7))


def said(file: str) -> list[str]:
    return (HERE / file).read_text(encoding="utf-8").splitlines()


def pairs(file: str) -> list[list[str]]:
    return [line.split("\t") for line in said(file)]


def written(day: date, *, full: bool) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if full else f"{day.month}月{day.day}日"


def main_of(reading: Reading) -> date | None:
    return reading.main_deadline.on if reading.main_deadline else None


@pytest.mark.parametrize("words", said("unasked_days.txt"))
def test_a_day_that_asks_for_nothing_is_no_deadline(words: str) -> None:
    title, text = QUIET[len(words) % len(QUIET)]
    asked = read(ASKING, CALL.format(words, DUE_BY), PUBLISHED)

    assert [d.on for d in asked.deadlines] == [DUE]
    assert not read(title, text.format(words), PUBLISHED).deadlines


@pytest.mark.parametrize("words", said("still_asked.txt"))
def test_its_look_alikes_are_still_deadlines(words: str) -> None:
    begins = date(2024, 5, 20)
    full = len(words) % 2 == 0
    clause = words.format(x=written(DUE, full=full), a=written(begins, full=full))

    assert main_of(read(ASKING, CALL.format(clause, ""), PUBLISHED)) == DUE


@pytest.mark.parametrize(("words", "moved"), pairs("moved_days.txt"))
def test_the_day_it_is_moved_to_is_the_main_one(words: str, moved: str) -> None:
    for n, (title, text) in list(enumerate(MOVING))[len(words) % 2 :: 2]:
        days = {"o": OLD, "n": NEW, "p": LATER_OLD, "q": LATER}
        names = {name: written(day, full=n < 2) for name, day in days.items()}
        reading = read(title.format(**names), text.format(words.format(**names), **names), PUBLISHED)

        assert reading.kind.value is Kind.EXTENSION
        assert main_of(reading) == _moved(moved)


def _moved(by: str) -> date:
    """The day named as new, or the old one moved by days, workdays or a month."""
    if by == "n":
        return NEW
    n, unit = int(by[:-1]), by[-1]
    if unit == "m":
        return OLD.replace(month=OLD.month + n)
    return add_workdays(OLD, n) if unit == "w" else OLD + timedelta(days=n)


@pytest.mark.parametrize(("heard", "words", "days"), pairs("counted_periods.txt"))
def test_a_period_is_counted_over_feasts(heard: str, words: str, days: str) -> None:
    published = BEFORE_FEASTS[len(words) % len(BEFORE_FEASTS)]
    title, text = HEARD[heard]
    begins, ends = published + timedelta(days=1), add_workdays(published, 5)
    clause = words.format(s=written(begins, full=True), e=written(ends, full=True))
    reading = read(title, text.format(clause) + OFFICE + written(published, full=True), published)

    assert [main_of(reading)] == [d.on for d in reading.deadlines]
    assert main_of(reading) in _counted(days, published, begins, ends)


def _counted(days: str, published: date, begins: date, ends: date) -> set[date]:
    """The end that is written (e), or the n-th day (d) or workday (w), from publication or the start (s)."""
    if days == "e":
        return {ends}
    n, unit = int(days[:-1]), days[-1]
    eve = timedelta(days=1)
    if unit == "s":
        return {add_workdays(begins - eve, n)}
    if unit == "d":
        return {published + timedelta(days=n), published + timedelta(days=n - 1)}
    return {add_workdays(published, n), add_workdays(published - eve, n)}
