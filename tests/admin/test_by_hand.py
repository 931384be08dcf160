"""Staff bring in a notice by link, text or file, or a whole past newsletter: looked over first, then kept."""

import io
import re
import zipfile
from datetime import date, timedelta
from html import escape
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alerts.explanation import explanation
from alerts.models import Match
from alerts.taking_in import take_in
from notices.intake.by_hand import source_by_hand
from notices.intake.detail import Page
from notices.intake.identity import url_key
from notices.intake.ingest import ingest
from notices.models import Item, Notice
from notices.understanding import understand
from subscribers.models import Cadence
from tests.builders import at, person, place, source, spec, wish
from tests.intake.conftest import Reply, Web, detail_html

pytestmark = pytest.mark.django_db
NEWSLETTER = Path(__file__).parents[1] / "reading" / "newsletters" / "printed.txt"
URL = "http://gxj.yy.gov.cn/tzgg/7.html"
TITLE = "关于组织申报余姚市绿色工厂的通知"
BODY = (
    "各有关单位：\n现组织申报余姚市绿色工厂，请于2019年11月8日前报送申报书。\n"
    "联系人：林涛，电话：0574-62703312。\n余姚市经济和信息化局\n2019年10月21日"
)
BY_HAND = reverse("admin:notices_notice_by_hand")
NEWS = reverse("admin:notices_notice_newsletter")
KEEP = reverse("admin:notices_notice_keep")


def shown(staff: Client, address: str, **typed: object) -> str:
    answer = staff.post(address, typed)
    assert answer.status_code == 200
    return answer.content.decode()


def fields(page: str) -> dict[str, str]:
    """What a person would send who presses the button as the page stands."""
    packed = re.search(r'name="packed" value="([^"]*)"', page)
    assert packed, page
    ticked = dict.fromkeys(re.findall(r'name="(take-\d+)" checked', page), "on")
    told = {"tell": "on"} if re.search(r'name="tell" checked', page) else {}
    return {"packed": packed[1], **ticked, **told}


def kept(staff: Client, page: str, **changes: str | None) -> str:
    sent = {name: value for name, value in {**fields(page), **changes}.items() if value is not None}
    return staff.post(KEEP, sent, follow=True).content.decode()


def docx(text: str) -> bytes:
    """The least that Word opens."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    body = f"<w:body>{paragraphs}</w:body>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        file.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><w:document {space}>{body}</w:document>',
        )
    return packed.getvalue()


@pytest.mark.parametrize("address", [BY_HAND, NEWS, KEEP])
def test_only_those_who_may_add_notices_come_in(client: Client, address: str) -> None:
    client.force_login(get_user_model().objects.create(username="li", is_staff=True))

    assert client.get(address).status_code == 403


def test_the_list_of_notices_leads_to_both_ways(staff: Client) -> None:
    page = staff.get(reverse("admin:notices_notice_changelist")).content.decode()

    assert "添加一条通知" in page
    assert "导入往期快讯" in page


def test_pasted_text_is_looked_over_before_anything_is_saved(staff: Client) -> None:
    page = shown(staff, BY_HAND, way="text", title="", link=URL, text=f"{TITLE}\n{BODY}")

    assert all(words in page for words in (TITLE, "余姚市经济和信息化局", "浙江省宁波市余姚市", "2019-11-08"))
    assert not Notice.objects.exists()


def test_a_deadline_that_is_left_open_is_shown_as_open(staff: Client) -> None:
    unread = BODY.replace("请于2019年11月8日前报送申报书", "11月8日系统停止填报，11月20日前县区报送市局")

    page = shown(staff, BY_HAND, way="text", text=f"{TITLE}\n{unread}")

    assert 'class="day">待核</td>' in page
    assert "“11月8日系统停止填报”可能先于" in page


def test_pasted_text_becomes_a_notice_that_is_read_and_matched(staff: Client) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE, since=at("2019-10-01"))
    page = shown(staff, BY_HAND, way="text", title="", link=URL, text=f"{TITLE}\n{BODY}")

    assert "已收录 1 条" in kept(staff, page)
    notice = Notice.objects.get()
    now = notice.first_seen_at
    understand(notice.pk, now)
    assert take_in(notice.pk, now) == 1
    assert (notice.source.name, notice.url, notice.title) == ("人工录入", URL, TITLE)


def test_what_is_not_to_be_told_is_matched_with_nobody(staff: Client) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE, since=at("2019-10-01"))
    page = shown(staff, BY_HAND, way="text", title="", link=URL, text=f"{TITLE}\n{BODY}")

    assert "不告知订户" in kept(staff, page, tell=None)
    notice = Notice.objects.get()
    understand(notice.pk, notice.first_seen_at)
    assert take_in(notice.pk, notice.first_seen_at) == 0
    assert not Match.objects.exists()
    assert notice.silent


def test_a_silent_notice_is_told_when_staff_say_so_later(staff: Client) -> None:
    page = shown(staff, BY_HAND, way="text", title="", link=URL, text=f"{TITLE}\n{BODY}")
    kept(staff, page, tell=None)

    again = shown(staff, BY_HAND, way="text", title="", link=URL, text=f"{TITLE}\n{BODY}")
    assert "早已收录" in again
    kept(staff, again, **{"speak-0": "on", "tell": None})

    assert not Notice.objects.get().silent


def test_a_page_is_fetched_read_and_kept(staff: Client, web: Web) -> None:
    web["/tzgg/7.html"] = detail_html(TITLE, BODY)
    page = shown(staff, BY_HAND, way="url", url=URL)

    kept(staff, page)
    notice = Notice.objects.get()
    assert (notice.title, notice.url) == (TITLE, URL)
    assert "62703312" in notice.revisions.get().text


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(status=404), "页面不存在"),
        (Reply(status=403), "网站拒绝访问"),
        (Reply("<html></html>"), "找不到正文"),
    ],
)
def test_a_refused_page_says_why_and_the_way_out(staff: Client, web: Web, reply: Reply, why: str) -> None:
    web["/tzgg/7.html"] = reply
    page = shown(staff, BY_HAND, way="url", url=URL)

    assert why in page
    assert "粘贴文字" in page
    assert f'name="link" value="{URL}"' in page
    assert not Notice.objects.exists()


def test_robots_are_heeded(staff: Client, web: Web) -> None:
    web["/robots.txt"] = "User-agent: *\nDisallow: /tzgg/"
    web["/tzgg/7.html"] = detail_html(TITLE, BODY)

    assert "robots.txt" in shown(staff, BY_HAND, way="url", url=URL)
    assert "/tzgg/7.html" not in web.paths()


def test_a_file_becomes_a_notice(staff: Client) -> None:
    file = SimpleUploadedFile("通知.docx", docx(f"{TITLE}\n{BODY}"))
    page = shown(staff, BY_HAND, way="file", file=file)

    kept(staff, page)
    notice = Notice.objects.get()
    assert notice.title == TITLE
    assert not notice.url.startswith("http")


def test_a_file_without_words_says_so(staff: Client) -> None:
    page = shown(staff, BY_HAND, way="file", file=SimpleUploadedFile("扫描.pdf", b"%PDF-1.4 broken"))

    assert "读不出《扫描.pdf》的文字" in page


def test_a_notice_that_a_source_has_already_is_shown_and_not_doubled(staff: Client, web: Web) -> None:
    web["/tzgg/7.html"] = detail_html(TITLE, BODY)
    kept(staff, shown(staff, BY_HAND, way="url", url=URL))

    page = shown(staff, BY_HAND, way="url", url=f"{URL}?from=timeline")
    assert "早已收录" in page
    kept(staff, page, **{"take-0": "on"})
    assert Notice.objects.count() == 1


def test_a_text_without_a_place_asks_for_it(staff: Client) -> None:
    page = shown(staff, BY_HAND, way="text", title="关于开展培训的通知", link="", text="请各企业参加。")
    assert "请填写地区" in page

    assert "没有收录" in kept(staff, page)
    kept(staff, page, **{"region-0": "余姚市"})
    notice = Notice.objects.get()
    understand(notice.pk, notice.first_seen_at)
    notice.refresh_from_db()
    assert notice.reading is not None
    assert notice.reading.regions == [place("余姚市")]


@pytest.mark.parametrize("form", ["text", "txt", "docx"])
def test_a_past_newsletter_comes_out_as_notices(staff: Client, form: str) -> None:
    text = NEWSLETTER.read_text(encoding="utf-8")
    bare = re.sub(r"\f政策快讯[^\n]*\n|\n\d\n咨询电话[^\n]*", "", text)  # Word keeps heads and feet apart
    files = {"txt": text.encode("gb18030"), "docx": docx(bare)}
    given = {"text": text} if form == "text" else {"file": SimpleUploadedFile(f"快讯.{form}", files[form])}

    page = shown(staff, NEWS, **given)
    assert "看出 4 条" in page
    assert "已收录 4 条，只收录" in kept(staff, page)
    notices = Notice.objects.order_by("pk")
    assert [notice.silent for notice in notices] == [True] * 4
    assert {notice.revisions.get().meta["出自快讯"] for notice in notices} == {
        "2019 年第 18 期（总第 204 期）"
    }


def test_an_imported_notice_keeps_the_section_it_was_printed_in(staff: Client) -> None:
    kept(staff, shown(staff, NEWS, text=NEWSLETTER.read_text(encoding="utf-8")))
    notice = Notice.objects.order_by("pk")[0]

    understand(notice.pk, notice.first_seen_at)
    notice.refresh_from_db()
    assert notice.reading is not None
    assert notice.reading.section == "政策文件"


def test_lines_without_a_tick_are_left_out_and_corrections_hold(staff: Client) -> None:
    page = shown(staff, NEWS, text=NEWSLETTER.read_text(encoding="utf-8"))
    kept(
        staff,
        page,
        **{"take-0": None, "title-1": "另一个标题的通知", "link-1": "http://gxt.hubin.example.gov.cn/2.html"},
    )

    titles = list(Notice.objects.order_by("pk").values_list("title", flat=True))
    assert len(titles) == 3
    assert titles[0] == "另一个标题的通知"
    assert Item.objects.filter(url="http://gxt.hubin.example.gov.cn/2.html").exists()


def test_importing_twice_keeps_each_once(staff: Client) -> None:
    text = NEWSLETTER.read_text(encoding="utf-8")
    kept(staff, shown(staff, NEWS, text=text))

    page = shown(staff, NEWS, text=text)
    assert "其中 0 条还没有收录过" in page
    kept(staff, page)
    assert Notice.objects.count() == 4


@pytest.mark.parametrize("text", ["没有目录，也没有链接的一段话。", "x" * 700_000])
def test_what_is_no_newsletter_is_refused_with_a_reason(staff: Client, text: str) -> None:
    page = shown(staff, NEWS, text=text)

    assert "errorlist" in page
    assert not Notice.objects.exists()


def test_a_newsletter_needs_a_file_or_its_words(staff: Client) -> None:
    assert "请选一个文件" in shown(staff, NEWS, text="")


def test_an_altered_form_is_refused(staff: Client) -> None:
    answer = staff.post(KEEP, {"packed": "gefaelscht", "take-0": "on"}, follow=True)

    assert "请重新上传一次" in answer.content.decode()
    assert not Notice.objects.exists()


def test_the_source_is_one_and_off(staff: Client) -> None:
    assert source_by_hand() == source_by_hand()
    assert not source_by_hand().enabled


def test_what_a_source_then_publishes_itself_is_told_after_all(staff: Client) -> None:
    page = shown(staff, BY_HAND, way="text", title="", link=URL, text=f"{TITLE}\n{BODY}")
    kept(staff, page, tell=None)
    notice = Notice.objects.get()
    later = notice.first_seen_at + timedelta(hours=1)
    list_of = source("余姚市", issuer="余姚市经济和信息化局")
    item = Item.objects.create(
        source=list_of, url=URL, url_key=url_key(URL), title=TITLE, first_seen_at=later
    )

    ingest(item.pk, Page(TITLE, date(2019, 10, 21), text=BODY), later)

    notice.refresh_from_db()
    assert (Notice.objects.count(), notice.silent, notice.first_seen_at) == (1, False, later)


def test_why_nobody_got_it_has_an_answer(staff: Client) -> None:
    who = person()
    kept(staff, shown(staff, BY_HAND, way="text", title="", link=URL, text=f"{TITLE}\n{BODY}"), tell=None)

    steps = explanation(Notice.objects.get(), who, at("2026-11-25"))

    assert any("选了不告知订户" in str(step) for step in steps)
