import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from jinja2 import FileSystemLoader, UndefinedError

from alerts.letters import ROOMY, letter
from alerts.rendering import TEMPLATE_VERSION, TEMPLATES, RenderedMail, environment, fold, look, render_mail
from tests.mail import samples
from tests.mail.samples import ORDERS, items, many, order

HTML_BUDGET = 60_000
HTML_HARD_STOP = 90_000


@pytest.fixture(params=sorted(ORDERS))
def mail(request: pytest.FixtureRequest) -> RenderedMail:
    """Every sample letter, rendered."""
    return render_mail(letter(ORDERS[request.param]))


def _tree(mail: RenderedMail) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(mail.html)


def test_no_line_is_long(mail: RenderedMail) -> None:
    assert max(len(line.encode()) for line in (mail.html + mail.text).split("\n")) <= 900


def test_html_stays_within_its_budget(mail: RenderedMail) -> None:
    assert len(mail.html.encode()) <= HTML_BUDGET


def test_the_fullest_letter_stays_below_what_clients_clip() -> None:
    quotes = ("凡在本市注册的企业均可申报，" * 30,) * 5
    files = tuple(
        (f"附件{n}：申报材料清单.docx", f"https://jxj.beijing.gov.cn/files/{n}.docx") for n in range(20)
    )
    full = [
        replace(item, facts=replace(item.facts, extract=quotes, attachments=files)) for item in many(ROOMY)
    ]

    mail = render_mail(letter(order("digest", *full, cadence="weekly")))

    assert len(mail.html.encode()) <= HTML_HARD_STOP


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_become_links(address: str) -> None:
    facts = replace(samples.HUAIBEI, source_url=address, attachments=(("附件", address),))

    assert address not in render_mail(letter(order("alert", *items(facts)))).html


def test_html_has_no_images_scripts_or_outside_files(mail: RenderedMail) -> None:
    assert _tree(mail).xpath("//img | //script | //link | //svg | //iframe | //form") == []
    assert "url(" not in mail.html


def test_layout_does_not_hang_on_styles(mail: RenderedMail) -> None:
    styles = " ".join(_tree(mail).xpath("//@style"))

    assert not re.search(r"float|flex|grid|position\s*:|margin[^;]*-\d|background-image|display", styles)
    assert _tree(mail).xpath("//div") == []


def test_every_text_cell_states_its_font_size(mail: RenderedMail) -> None:
    cells = _tree(mail).xpath("//td[not(.//table)][normalize-space()]")

    assert [cell.text_content() for cell in cells if "font-size" not in (cell.get("style") or "")] == []


def test_no_text_is_smaller_than_13_pixels(mail: RenderedMail) -> None:
    sizes = {
        float(size)
        for cell in _tree(mail).xpath("//*[@style][normalize-space(translate(., '\u00a0', ''))]")
        for size in re.findall(r"font-size:([\d.]+)px", cell.get("style"))
    }

    assert min(sizes) >= 13


def test_no_python_value_leaks_into_the_words(mail: RenderedMail) -> None:
    assert not re.search(r"\b(None|True|False|Undefined)\b|\{\{|\{%", mail.html + mail.text)


def test_both_parts_carry_the_same_notices_under_the_same_numbers(mail: RenderedMail) -> None:
    in_text = dict(re.findall(r"^(\d+)\. (.+)$", mail.text, re.MULTILINE))
    page = re.sub(r"\s+", " ", _tree(mail).text_content())

    assert in_text
    assert [f"{n} {title}" for n, title in in_text.items() if f"{n} {title}" not in page] == []


def test_both_parts_say_in_which_file_a_deadline_was_read() -> None:
    mail = render_mail(letter(ORDERS["reminder"]))

    assert "（见附件2，第3页）" in mail.text
    assert "（见附件2，第3页）" in _tree(mail).text_content()


def test_both_parts_have_the_way_out_and_the_source(mail: RenderedMail) -> None:
    for part in (mail.html, mail.text):
        assert f"{samples.BASE}/u/{samples.TOKEN}/" in part
        assert "以原文为准" in part


def test_links_of_both_parts_go_to_the_same_places(mail: RenderedMail) -> None:
    in_html = {link for link in _tree(mail).xpath("//a/@href") if "/n/" not in link}
    in_text = set(re.findall(r"https?://[^\s）]+", mail.text))

    assert in_html - in_text == set()


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "关于淮北<b>绿色&工厂的通知", '"onclick="x'])
def test_a_hostile_title_is_shown_and_not_obeyed(title: str) -> None:
    facts = replace(
        samples.HUAIBEI, title=title, attachments=((title, "http://x.gov.cn/"),), extract=(title,)
    )

    mail = render_mail(letter(order("digest", *items(facts), cadence="weekly")))

    assert title in _tree(mail).text_content()
    assert _tree(mail).xpath("//script | //a[@onclick]") == []
    assert title in mail.text


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert render_mail(letter(ORDERS["weekly"])) == render_mail(letter(ORDERS["weekly"]))


def test_an_unknown_name_in_a_template_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ nobody }}", encoding="utf-8")

    with pytest.raises(UndefinedError):
        environment(loader=FileSystemLoader(tmp_path)).get_template("x.html").render()


def test_every_template_compiles() -> None:
    env = environment(loader=FileSystemLoader(TEMPLATES))

    names = env.list_templates(extensions=["html", "txt"])

    assert [env.get_template(name).name for name in names] == names


def test_template_version_is_short_enough_for_a_delivery() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", TEMPLATE_VERSION)


def test_look_keeps_only_classes_that_the_head_speaks_of() -> None:
    assert str(look("small quiet")) == 'class="quiet" style="color:#57606a;font-size:13px;line-height:22px"'


def test_look_does_not_know_a_class_that_mail_css_lacks() -> None:
    with pytest.raises(LookupError, match="nonsense"):
        look("nonsense")


@pytest.mark.parametrize(
    ("line", "first"),
    [("a" * 500 + " " + "b" * 600, "a" * 500), ("甲" * 200 + "。" + "乙" * 200, "甲" * 200 + "。")],
)
def test_fold_breaks_where_a_reader_does_not_see_it(line: str, first: str) -> None:
    assert fold(line).split("\n")[0] == first
