"""From a page with files to a reading that says where in them it read; over real HTTP, in a real child."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from alerts.taking_in import take_in
from notices import understanding
from notices.intake.attachment_rows import plan
from notices.intake.attachment_visits import any_due, fetch_files
from notices.intake.attachments import AttachmentLink
from notices.intake.detail import Page
from notices.intake.ingest import ingest
from notices.models import Attachment, Item, Notice, Source
from tests.attachments import ole_files, zip_files
from tests.builders import at
from tests.intake.conftest import Reply, Web

pytestmark = pytest.mark.django_db
NOW = at("2023-06-01")
CORPUS = Path(__file__).parent / "corpus"
TITLE = "关于组织申报2023年度绿色工厂的通知"
BODY = "各县（区、市）经信局：\n现将申报指南印发给你们，请遵照执行。\n余姚市经济和信息化局\n2023年6月1日"
GUIDE, PDF = "http://www.yy.gov.cn/files/zhinan.doc", "http://www.yy.gov.cn/files/2.pdf"


def item(source: Source, *links: AttachmentLink, now: datetime = NOW) -> Notice:
    """A notice whose page was just fetched, and read without its files."""
    row = Item.objects.create(
        source=source, url="http://www.yy.gov.cn/1.html", url_key="1", title=TITLE, first_seen_at=now
    )
    ingested = ingest(row.pk, Page(TITLE, text=BODY, attachments=links), now)
    understanding.understand(ingested.notice_id, now)
    take_in(ingested.notice_id, now)
    return Notice.objects.select_related("reading").get(pk=ingested.notice_id)


def fetched(notice: Notice, now: datetime = NOW) -> Notice:
    """The notice after its files were fetched, and it was read again where that is due."""
    fetch_files(now)
    understanding.understand(notice.pk, now)
    return Notice.objects.select_related("reading").get(pk=notice.pk)


def only() -> Attachment:
    return Attachment.objects.get()


def pdf() -> Reply:
    return Reply((CORPUS / "公文-UniGB.pdf").read_bytes(), headers={"Content-Type": "application/pdf"})


def test_notice_is_read_and_matched_before_its_files(on_the_web: Web, source: Source) -> None:
    notice = item(source, AttachmentLink("申报指南.pdf", PDF))

    assert (notice.read_at, notice.matched_at, any_due(NOW)) == (NOW, NOW, True)


def test_deadline_in_a_file_tells_its_page(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = pdf()
    notice = item(
        source, AttachmentLink("附件1：汇总表.xls", GUIDE), AttachmentLink("附件2：申报指南.pdf", PDF)
    )
    assert not notice.deadlines.exists()

    notice = fetched(notice)

    main = notice.deadlines.get(is_main=True)
    proof = notice.reading.evidence[f"deadline:{main.on}"]  # type: ignore[union-attr]
    assert (str(main.on), proof["place"], proof["where"]) == ("2023-06-30", "attachment", "附件2，第1页")


def test_later_reading_is_matched_anew(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = pdf()
    notice = fetched(item(source, AttachmentLink("申报指南.pdf", PDF)))

    assert (notice.readings.count(), notice.matched_at) == (2, None)


def test_file_that_adds_nothing_makes_no_reading(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = Reply((CORPUS / "图片.png").read_bytes())
    notice = item(source, AttachmentLink("流程图.png", PDF))
    Notice.objects.update(read_at=None)

    notice = fetched(notice, NOW + timedelta(minutes=1))

    assert (notice.readings.count(), notice.matched_at) == (1, NOW)


def test_scan_is_noted_for_staff(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = Reply((CORPUS / "扫描件.pdf").read_bytes())
    fetched(item(source, AttachmentLink("批复.pdf", PDF)))

    assert (only().state, only().why) == ("scan", "扫描件，没有文字层，请人工看")


def test_refused_file_keeps_its_link_and_the_reason(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = Reply(status=403)
    notice = item(source, AttachmentLink("指南.pdf", PDF))
    for hour in range(4):
        fetched(notice, NOW + timedelta(hours=hour))

    assert (only().state, only().url, only().next_try_at) == ("refused", PDF, None)
    assert "网站拒绝访问（HTTP 403）" in only().why


def test_missing_file_is_not_asked_for_again(on_the_web: Web, source: Source) -> None:
    fetched(item(source, AttachmentLink("指南.pdf", PDF)))

    assert (only().state, only().attempts, only().next_try_at) == ("refused", 1, None)


def test_page_of_the_notice_keeps_the_link_of_a_refused_file(
    on_the_web: Web, source: Source, client: Client
) -> None:
    on_the_web["/files/2.pdf"] = Reply(b"", status=404)
    notice = fetched(item(source, AttachmentLink("申报指南.pdf", PDF)))

    page = client.get(f"/n/{notice.pk}/").content.decode()
    assert (
        f'<a href="{PDF}" rel="noopener">申报指南.pdf</a> <span class="small">这里没有取到，请在原网站打开'
        in page
    )


def test_page_of_the_notice_says_that_a_file_is_a_scan(
    on_the_web: Web, source: Source, client: Client
) -> None:
    on_the_web["/files/2.pdf"] = Reply((CORPUS / "扫描件.pdf").read_bytes())
    notice = fetched(item(source, AttachmentLink("红头文件.pdf", PDF)))

    assert "扫描件，没有读取文字" in client.get(f"/n/{notice.pk}/").content.decode()


def test_private_address_is_refused(on_the_web: Web, source: Source, settings: pytest.MonkeyPatch) -> None:
    settings.INTAKE_ALLOW_NETS = []  # type: ignore[attr-defined]
    on_the_web["/files/2.pdf"] = pdf()
    fetched(item(source, AttachmentLink("指南.pdf", PDF)))

    assert (only().state, on_the_web.asked) == ("refused", [])
    assert "内网" in only().why


def test_robots_are_heeded(on_the_web: Web, source: Source) -> None:
    on_the_web["/robots.txt"] = Reply("User-agent: *\nDisallow: /files/")
    on_the_web["/files/2.pdf"] = pdf()
    fetched(item(source, AttachmentLink("指南.pdf", PDF)))

    assert (only().state, on_the_web.asked) == ("refused", [])


def test_file_too_large_is_refused(on_the_web: Web, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notices.intake.attachment_visits.LARGEST", 1000)
    on_the_web["/files/2.pdf"] = pdf()
    fetched(item(source, AttachmentLink("指南.pdf", PDF)))

    assert (only().state, "16 MB" in only().why) == ("refused", True)


def test_hostile_file_does_not_stop_the_others(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/zhinan.doc"] = Reply(zip_files.xlsx({"表": [("1",)]}, first="XFD1048576"))
    on_the_web["/files/2.pdf"] = pdf()
    fetched(item(source, AttachmentLink("炸弹.xlsx", GUIDE), AttachmentLink("指南.pdf", PDF)))

    states = dict(Attachment.objects.values_list("name", "state"))
    assert states == {"炸弹.xlsx": "unreadable", "指南.pdf": "read"}


def test_throttled_host_is_left_alone_as_long_as_it_says(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = Reply(status=429, headers={"Retry-After": "7200"})
    fetched(item(source, AttachmentLink("指南.pdf", PDF)))

    assert (only().state, only().next_try_at) == ("waiting", NOW + timedelta(hours=2))


def test_killed_fetch_is_begun_again(
    on_the_web: Web, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_web["/files/2.pdf"] = pdf()
    notice = item(source, AttachmentLink("指南.pdf", PDF))
    with monkeypatch.context() as patch:
        patch.setattr("notices.intake.attachment_visits._keep", _killed)
        with pytest.raises(KeyboardInterrupt):
            fetch_files(NOW)

    fetched(notice, NOW + timedelta(minutes=11))

    assert (only().state, only().attempts) == ("read", 2)


def _killed(*args: object) -> None:
    raise KeyboardInterrupt


def test_file_that_kills_us_each_time_is_given_up(on_the_web: Web, source: Source) -> None:
    item(source, AttachmentLink("指南.pdf", PDF))
    Attachment.objects.update(attempts=3)
    fetch_files(NOW)

    assert (only().state, on_the_web.asked) == ("refused", [])


def test_two_fetchers_take_a_file_once(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = pdf()
    item(source, AttachmentLink("指南.pdf", PDF))
    first, second = fetch_files(NOW), fetch_files(NOW)

    assert (first.taken, second.taken, on_the_web.paths()) == (1, 0, ["/files/2.pdf"])


def test_revised_page_has_its_files_looked_at_again_but_not_read(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = pdf()
    notice = fetched(item(source, AttachmentLink("指南.pdf", PDF)))
    plan(notice, [AttachmentLink("指南（修订）.pdf", PDF)], NOW)
    report = fetch_files(NOW + timedelta(hours=1))

    assert (report.taken, report.told, only().name, only().next_try_at) == (1, 0, "指南（修订）.pdf", None)


def test_archive_s_names_and_texts_are_kept(on_the_web: Web, source: Source) -> None:
    inside = {"附件1：指南.doc": ole_files.doc(["请于2023年6月20日前报送。"])}
    on_the_web["/files/zhinan.doc"] = Reply(zip_files.gbk_zip(inside))
    notice = fetched(item(source, AttachmentLink("附件下载.zip", GUIDE)))

    proof = notice.reading.evidence["deadline:2023-06-20"]  # type: ignore[union-attr]
    assert (only().members, proof["where"]) == (["附件1：指南.doc"], "附件，压缩包内《附件1：指南.doc》")


def test_site_sees_the_page_that_led_there(on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = pdf()
    fetched(item(source, AttachmentLink("指南.pdf", PDF)))

    assert on_the_web.asked[0].headers["Referer"] == "http://www.yy.gov.cn/1.html"
