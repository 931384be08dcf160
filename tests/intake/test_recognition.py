"""Old acquaintances among the lines of a list."""

from datetime import date

from notices.intake.identity import url_key
from notices.intake.listing import ListItem
from notices.intake.recognition import Known, Recognised, recognise

DAY = date(2019, 10, 21)
OLD = "http://www.yy.gov.cn/art/1.html"


def known(url: str = OLD, title: str = "关于绿色工厂的通知", published: date | None = DAY) -> Known:
    return Known(7, url, url_key(url), title, published)


def line(url: str = OLD, title: str = "关于绿色工厂的通知", published: date | None = DAY) -> ListItem:
    return ListItem(title, url, published)


def test_same_line_over_https_is_nothing_new() -> None:
    assert recognise([line("https://yy.gov.cn/art/1.html")], [known()]) == Recognised()


def test_redesign_with_new_addresses_is_a_move() -> None:
    moved = line("http://www.yy.gov.cn/col/991.html")
    assert recognise([moved], [known()]) == Recognised(moved=((7, moved),))


def test_new_host_with_the_old_path_is_a_move_even_undated() -> None:
    moved = line("http://jx.yy.gov.cn/art/1.html", published=None)
    assert recognise([moved], [known(published=None)]) == Recognised(moved=((7, moved),))


def test_two_lines_side_by_side_are_two_items() -> None:
    twin = line("http://www.yy.gov.cn/art/2.html")
    assert recognise([line(), twin], [known()]) == Recognised(new=(twin,))


def test_same_title_on_another_day_is_new() -> None:
    other = line("http://www.yy.gov.cn/art/2.html", published=date(2019, 11, 21))
    assert recognise([other], [known()]) == Recognised(new=(other,))


def test_line_with_other_words_has_changed() -> None:
    changed = line(title="关于绿色工厂的通知（延期）")
    assert recognise([changed], [known()]) == Recognised(changed=((7, changed),))


def test_vanished_line_is_nothing() -> None:
    assert recognise([], [known()]) == Recognised()


BEGAN = date(2019, 10, 1)
TITLES = [
    "关于申报绿色工厂的通知",
    "关于节能诊断服务的公告",
    "关于清洁生产审核的通知",
    "关于公布名单的通知公告",
]


def old_list() -> list[Known]:
    urls = [f"http://www.yy.gov.cn/col69772/art_{n}.html" for n in range(4)]
    days = [date(2019, 10, 21 - n) for n in range(4)]
    rows = zip(urls, TITLES, days, strict=True)
    return [Known(n, url, url_key(url), title, day) for n, (url, title, day) in enumerate(rows)]


def test_moved_column_is_no_news() -> None:
    lines = [line(f"http://www.yy.gov.cn/col1229/art_{n}.html", item.title, item.published)
             for n, item in enumerate(old_list())]  # fmt: skip
    found = recognise(lines, old_list())
    assert (found.new, [known_id for known_id, _ in found.moved]) == ((), [0, 1, 2, 3])


def test_whole_redesign_without_dates_is_no_news() -> None:
    lines = [line(f"https://gxj.yy.gov.cn/n/{n}", title, None) for n, title in enumerate(TITLES)]
    found = recognise(lines, old_list())
    assert found.rebuilt
    assert (found.new, len(found.moved)) == ((), 4)


def test_redesign_tells_the_one_new_line() -> None:
    fresh = line("https://gxj.yy.gov.cn/n/9", "关于新的一项工作的通知", None)
    lines = [line(f"https://gxj.yy.gov.cn/n/{n}", title, None) for n, title in enumerate(TITLES)]
    assert recognise([fresh, *lines], old_list()).new == (fresh,)


def test_one_old_title_among_new_lines_is_no_redesign() -> None:
    again = line("http://www.yy.gov.cn/col69772/art_99.html", TITLES[0], date(2020, 10, 21))
    found = recognise([again], old_list())
    assert (found.rebuilt, found.new) == (False, (again,))


def test_title_that_names_nothing_makes_no_two_lines_one() -> None:
    other = line("http://www.yy.gov.cn/hangzhou/2.html", "名单公示")
    assert recognise([other], [known("http://www.yy.gov.cn/ningbo/1.html", "名单公示")]).new == (other,)


def test_list_that_travels_back_in_time_is_history() -> None:
    frozen = [
        line(f"http://www.yy.gov.cn/art/2017_{n}.html", f"关于第{n}项旧事的通知", date(2017, 5, n + 1))
        for n in range(3)
    ]
    found = recognise(frozen, [], BEGAN)
    assert (found.new, found.history) == ((), tuple(frozen))


def test_old_line_that_moves_up_when_another_is_deleted_is_history() -> None:
    risen = line("http://www.yy.gov.cn/art/0.html", "关于更早一事的通知", date(2019, 9, 1))
    assert recognise([line(), risen], [known()], BEGAN) == Recognised(history=(risen,))


def test_backdated_line_above_a_known_one_is_news() -> None:
    backdated = line("http://www.yy.gov.cn/art/9.html", "关于补发一事的通知", date(2019, 9, 1))
    assert recognise([backdated, line()], [known()], BEGAN) == Recognised(new=(backdated,))


def test_line_from_since_we_began_is_news_wherever_it_stands() -> None:
    low = line("http://www.yy.gov.cn/art/9.html", "关于十月一事的通知", date(2019, 10, 8))
    assert recognise([line(), low], [known()], BEGAN) == Recognised(new=(low,))


def test_known_line_at_the_top_that_is_pinned_proves_no_order() -> None:
    pinned = ListItem("关于绿色工厂的通知", OLD, DAY, pinned=True)
    risen = line("http://www.yy.gov.cn/art/0.html", "关于更早一事的通知", date(2019, 9, 1))
    assert recognise([risen, pinned], [known()], BEGAN).history == (risen,)


def test_year_that_was_guessed_anew_is_no_change() -> None:
    guessed = ListItem("关于绿色工厂的通知", OLD, date(2020, 10, 21), month_day=(10, 21))
    assert recognise([guessed], [known()]) == Recognised()
