"""Rows that look as they did are not read again; whatever a line says or stands in is part of the look."""

import random
from datetime import date, datetime, timedelta
from urllib.parse import urljoin

import pytest

from notices.intake.absolute import WEB, absolute
from notices.intake.answers import Fetched
from notices.intake.families import parse_list
from notices.intake.list_digests import NONE, Digests
from notices.intake.listing import ListPage
from notices.intake.polling import poll
from notices.models import Item, Source
from tests.intake.conftest import Reply, Web, list_html

URL = "http://www.yy.gov.cn/tzgg/index.html"
ROWS = [(f"/t2019100{n}_{n}.html", f"关于开展第{n}批项目申报的通知", f"2019-10-0{n}") for n in range(1, 9)]
LIST = list_html(*ROWS)
MINUTES = timedelta(minutes=30)


def read(text: str, known: str = "", recipe: dict[str, str] | None = None, url: str = URL) -> ListPage:
    answer = Fetched(url, 200, {}, text.encode())
    found = parse_list("trs", answer, recipe or {}, today=date(2019, 10, 22), known_look=known)
    assert isinstance(found, ListPage)
    return found


def menu(version: int, text: str = LIST) -> str:
    return text.replace("<body>", f"<body><ul><li><a href='/a?v={version}'>首页</a></li></ul>", 1)


def test_rows_that_look_as_they_did_are_not_read() -> None:
    first = read(menu(1))
    again = read(menu(2), first.look)
    assert menu(1) != menu(2)
    assert (len(first.items), again.items, again.look) == (8, (), first.look)


@pytest.mark.parametrize(
    "other",
    [
        LIST.replace("_3.html", "_9.html"),
        LIST.replace("第3批", "第三批"),
        LIST.replace("2019-10-03", "2019-10-13"),
        LIST.replace(">2019-10-03", ">[置顶]2019-10-03"),
        LIST.replace("</ul>", "<li><a href='/t20191009_9.html'>关于开展第9批项目申报的通知</a></li></ul>"),
        LIST.replace(
            "</body>", "<ul><li><a href='/t20191009_9.html'>又一条新的通知公告</a></li></ul></body>"
        ),
    ],
)
def test_any_other_line_is_another_look(other: str) -> None:
    assert other != LIST
    assert read(other, read(LIST).look).items


def test_look_is_of_one_address_and_one_recipe() -> None:
    look = read(LIST).look
    assert (
        len(
            {
                look,
                read(LIST, url=URL.replace("tzgg", "gsgg")).look,
                read(LIST, recipe={"charset": "gbk"}).look,
            }
        )
        == 3
    )


def test_recipe_that_looks_beyond_the_rows_tells_no_look() -> None:
    assert read(LIST, recipe={"date": "string(//title)"}).look == ""


def test_rows_all_over_the_page_tell_no_look() -> None:
    boxes = "".join(
        f"<div><div><p><a href='/t20191001_{n}.html'>第{n}批项目的通知</a></p></div></div>" for n in range(99)
    )
    scattered = "".join(f"<form>{box}</form>" for box in boxes.split("</div></div>"))
    assert read(f"<html><body>{scattered}</body></html>").look == ""


def test_menu_that_changes_is_read_once_and_then_known(
    on_the_web: Web, source: Source, now: datetime
) -> None:
    looks = []
    for version in range(4):
        on_the_web["/tzgg/index.html"] = Reply(menu(version))
        poll(now + version * MINUTES)
        looks.append(Source.objects.get().items_hash)
    assert len(set(looks)) == 4  # each poll keeps what the page looked like
    assert len({look[32:] for look in looks}) == 1  # of which rows and lines are the same
    assert Item.objects.count() == 8


def test_links_that_move_without_news_are_not_asked_until_the_next_day(
    on_the_web: Web, source: Source, now: datetime
) -> None:
    links = []
    for version, after in enumerate((0 * MINUTES, MINUTES, 2 * MINUTES, timedelta(days=1))):
        on_the_web["/tzgg/index.html"] = Reply(menu(version))
        poll(now + after)
        links.append(Digests.kept(Source.objects.get().items_hash).links)
    assert [link == NONE for link in links] == [False, True, True, False]


def test_new_line_beside_a_changed_menu_is_found(on_the_web: Web, source: Source, now: datetime) -> None:
    for version in range(3):
        on_the_web["/tzgg/index.html"] = Reply(menu(version))
        poll(now + version * MINUTES)
    fresh = ("/t20191022_22.html", "关于公布第9批名单的公告", "2019-10-22")
    on_the_web["/tzgg/index.html"] = Reply(menu(3, list_html(fresh, *ROWS)))
    assert poll(now + 3 * MINUTES).items_new == 1


PARTS = ["a", "b.html", "..", ".", "t2019_1.htm", "x:y", "中 文", "~u", "c.html?q=1", "d#f", "-1_2"]
WHOLE = [
    "",
    "/",
    "//h.cn/a",
    "http://z.cn/a#b",
    "https://z.cn/a/../b",
    "ftp://z.cn/",
    "x:y",
    "?q",
    "#f",
    "a//b",
]
BASES = [
    "http://h.cn",
    "http://h.cn/",
    "http://h.cn/a/b.html?c=/d/e#f",
    "https://h.cn/a/b/",
    "http://h.cn/a/../b/c",
]


@pytest.mark.parametrize("base", BASES)
def test_quick_forms_of_addresses_mean_what_urljoin_says(base: str) -> None:
    dice = random.Random(20191021)
    for href in [*WHOLE, *("/".join(dice.choices(PARTS, k=dice.randint(1, 4))) for _ in range(500))]:
        whole = urljoin(base, href) if not href.startswith("http://") else href
        assert absolute(base, href) == (whole.partition("#")[0] if whole.startswith(WEB) else ""), href
