"""The other guards of `make check` see what they should."""

from pathlib import Path

import pytest
from jinja2 import Environment

from tests.guards import chinese_punctuation, house, sizes, templates

HERE = Path("alerts/long.py")


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("截止,请尽快", ["止,请"]),
        ("一\n通知: 公告", ["知: 公"]),
        ("浙江(省)", ["江(省"]),
        ("截止，请尽快", []),
        ("3.5 万元,2019", []),
        ("see 通知, and 公告", []),
    ],
)
def test_slips_are_ascii_marks_between_han(text: str, slips: list[str]) -> None:
    assert [slip for _, slip in chinese_punctuation.slips(text)] == slips


def test_template_slips_do_not_look_inside_tags() -> None:
    source = '<p title="x">截止</p>{% if 甲,乙 %}\n{{ a }}好,的'
    assert chinese_punctuation.template_slips(source) == [(2, "好,的")]


def test_spoken_slips_leave_docstrings_and_patterns_alone() -> None:
    source = '"""申报, 推荐."""\nimport re\nre.sub("关于(做好", "", x)\nsay("截止,请")'
    assert list(chinese_punctuation.spoken_slips(source)) == [(4, "止,请")]


def test_sizes_find_what_is_too_long() -> None:
    source = "def f():\n" + "    x = 1\n" * 350
    assert list(sizes.too_long(HERE, source)) == [
        "alerts/long.py:1: 351 lines, a module has at most 350",
        "alerts/long.py:1: f has 351 lines, a function at most 45",
    ]


def test_templates_that_do_not_compile_are_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("\n{% if %}", encoding="utf-8")
    assert [
        line.split(": ")[0] for line in templates.troubles(Environment(autoescape=True), iter([bad]))
    ] == [f"{bad}:2"]


def test_house_knows_its_files() -> None:
    assert {Path("manage.py"), Path("config/clock.py"), Path("tests/guards/house.py")} <= set(
        house.python_files()
    )
