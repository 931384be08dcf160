"""The sources that come with the product, and their proof on the operator's machine."""

from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.clock import SHANGHAI
from demo.sources import SOURCES
from notices.intake import proving_rounds
from notices.intake.proving import NotPassed, Passed, look, same_list
from notices.intake.shipped import BadTable, read_table, ship
from notices.models import Found, Proving, Source
from tests.intake.conftest import Asked, Reply, Web, list_html

NOW = datetime(2024, 7, 1, 10, 0, tzinfo=SHANGHAI)
ROW = """[[source]]
slug = "{slug}"
name = "某市{slug} 通知公告"
url = "http://{slug}.mou.gov.cn/tzgg/"
family = "generic"
region = "浙江省"
address = "A"
lines = "B"
"""
ROWS = [
    (f"关于开展第{n}批绿色工厂申报工作的通知", f"/tzgg/{n}.html", f"2024-06-{n:02}") for n in range(10, 17)
]


def table(tmp_path: Path, *slugs: str, more: str = "") -> Path:
    path = tmp_path / "sources.toml"
    path.write_text("".join(ROW.format(slug=slug) + more for slug in slugs), encoding="utf-8")
    return path


def probe_all(path: Path, *options: str) -> str:
    out = StringIO()
    call_command(
        "probe", "--all", "--table", str(path), "--apart", "0", "--now", NOW.isoformat(), *options,
        stdout=out, stderr=StringIO(),
    )  # fmt: skip
    return out.getvalue()


@pytest.fixture
def two_sites(on_the_web: Web, tmp_path: Path) -> Path:
    on_the_web["good.mou.gov.cn/tzgg/"] = Reply(list_html(*ROWS))
    on_the_web["thin.mou.gov.cn/tzgg/"] = Reply(list_html(*ROWS[:2]))
    return table(tmp_path, "good", "thin")


# ── the table ──
def test_table_has_the_81_sources_each_with_its_certainty() -> None:
    rows = read_table()

    assert len(rows) == len({row.slug for row in rows}) == 81
    assert {row.address + row.lines for row in rows} >= {"AA", "BB", "DD"}


def test_table_names_the_nine_of_the_seed_as_they_are() -> None:
    shipped = {row.slug: (row.name, row.issuer) for row in read_table()}

    assert {row["slug"]: (row["name"], row["issuer"]) for row in SOURCES}.items() <= shipped.items()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('recipe = { rows = "css:ul.." }\n', "a：取法中的“rows”不是正确的 CSS 选择器"),
        ("colour = 1\n", "a：缺少或多出了一项"),
        ('note = "', "不是 TOML"),
    ],
)
def test_table_says_what_is_wrong_with_it(tmp_path: Path, more: str, said: str) -> None:
    with pytest.raises(BadTable, match=said):
        read_table(table(tmp_path, "a", more=more))


@pytest.mark.django_db
def test_shipped_sources_are_all_off_and_shipped_once() -> None:
    rows = read_table()

    assert (ship(rows), ship(rows)) == (81, 0)
    assert Source.objects.filter(enabled=True).count() == 0


@pytest.mark.django_db
def test_shipping_keeps_what_staff_made_of_a_row() -> None:
    Source.objects.create(slug="mee-gsgg", name="我们的名字", url="http://x.gov.cn/", region=1, enabled=True)

    ship(read_table())

    kept = Source.objects.get(slug="mee-gsgg")
    assert (kept.name, kept.url, kept.enabled) == ("我们的名字", "http://x.gov.cn/", True)


# ── the proof ──
@pytest.mark.django_db(transaction=True)
def test_probe_all_switches_on_what_passes_and_says_what_failed(two_sites: Path) -> None:
    printed = probe_all(two_sites)

    assert dict(Proving.objects.values_list("source__slug", "found")) == {"good": "proven", "thin": "failed"}
    assert list(Source.objects.filter(enabled=True).values_list("slug", flat=True)) == ["good"]
    assert "thin  某市thin 通知公告  http://thin.mou.gov.cn/tzgg/\n    只有 2 条，少于 5 条" in printed
    assert "自带来源 2 个：1 个通过（1 个已启用），1 个未通过，0 个还没试完" in printed


@pytest.mark.django_db(transaction=True)
def test_probe_all_goes_on_where_it_was_stopped(
    two_sites: Path, on_the_web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(read_table(two_sites))
    list(proving_rounds.prove(proving_rounds.waiting(Found.UNTRIED), NOW, switch_on=True))
    on_the_web.asked.clear()

    probe_all(two_sites)

    assert on_the_web.paths() == ["/tzgg/"]
    assert Proving.objects.get(source__slug="good").found == Found.PROVEN


@pytest.mark.django_db(transaction=True)
def test_probe_all_leaves_a_proven_source_that_staff_switched_off(two_sites: Path) -> None:
    probe_all(two_sites)
    Source.objects.update(enabled=False)

    probe_all(two_sites, "--again")

    assert Source.objects.filter(enabled=True).count() == 0


@pytest.mark.django_db(transaction=True)
def test_probe_all_only_proves_where_asked(two_sites: Path) -> None:
    printed = probe_all(two_sites, "--keep-off")

    assert "1 个通过（0 个已启用）" in printed


@pytest.mark.django_db(transaction=True)
def test_probe_all_fails_a_site_that_shows_one_list_and_then_another(on_the_web: Web, tmp_path: Path) -> None:
    def turn(asked: Asked) -> Reply:
        number = len(on_the_web.asked)
        return Reply(list_html(*[(f"/{number}{url}", title, day) for url, title, day in ROWS]))

    on_the_web["good.mou.gov.cn/tzgg/"] = turn

    with pytest.raises(CommandError, match="没有一个通过"):
        probe_all(table(tmp_path, "good"))

    assert "不是同一份列表" in Proving.objects.get().why


@pytest.mark.django_db(transaction=True)
def test_look_reads_a_list_whose_selectors_no_longer_fit(on_the_web: Web) -> None:
    on_the_web["/tzgg/"] = Reply(list_html(*ROWS))
    old = {"rows": "css:ul.of-last-year li", "link": "css:a"}
    source = Source(pk=1, url="http://www.mou.gov.cn/tzgg/", family="trs", recipe=old)

    seen = look(source, NOW)

    assert isinstance(seen, Passed)
    assert (seen.recipe, len(seen.lines)) == ({}, 7)


@pytest.mark.django_db(transaction=True)
def test_look_asks_a_site_that_is_down_once(on_the_web: Web) -> None:
    on_the_web["/tzgg/"] = Reply("", status=502)

    seen = look(Source(pk=1, url="http://www.mou.gov.cn/tzgg/", family="trs", recipe={"rows": "//li"}), NOW)

    assert isinstance(seen, NotPassed)
    assert len(on_the_web.asked) == 1


def test_same_list_allows_a_new_line_and_not_another_list() -> None:
    before = list("abcdefghij")

    assert same_list(before, ["new", *before[:-1]])
    assert not same_list(before, list("fghijklmno"))
    assert not same_list(before, [])


@pytest.mark.django_db
def test_probe_load_brings_the_sources_and_asks_nobody(on_the_web: Web, tmp_path: Path) -> None:
    out = StringIO()

    call_command("probe", "--load", "--table", str(table(tmp_path, "a", "b")), stdout=out)

    assert (Source.objects.count(), on_the_web.asked) == (2, [])
    assert "新载入 2 个自带来源，都未启用。" in out.getvalue()


def test_probe_wants_an_address_or_all() -> None:
    with pytest.raises(CommandError, match="要么给出一个地址，要么写 --all 或 --load"):
        call_command("probe")
