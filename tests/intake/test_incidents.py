"""One incident per trouble: raised by the second poll, with the page before and after."""

import secrets
from datetime import datetime, timedelta

import pytest

from notices.intake.incidents import forget_pages
from notices.intake.kept_pages import MOST, excerpt, pack, unpack
from notices.intake.polling import poll
from notices.intake.repairs import accept, take_as_usual
from notices.models import Incident, Item, Source
from tests.intake.conftest import Reply, Web, list_html, page

DAY = timedelta(days=1)
ROWS = [(f"/t2019100{n}_{n}.html", f"关于开展第{n}批项目申报的通知", f"2019-10-0{n}") for n in range(1, 9)]
LIST = "/tzgg/index.html"
JPAGE = "".join(
    f"<record><![CDATA[<li><a href='/art/2019/10/{n}/art_1_{n}.html' title='{title}'>{title}</a>"
    f"<span>{day}</span></li>]]></record>"
    for n, (_, title, day) in enumerate(ROWS, start=1)
)
JCMS = f"<html><script type='text/xml'><datastore><recordset>{JPAGE}</recordset></datastore></script></html>"


@pytest.fixture
def well(on_the_web: Web, source: Source, now: datetime) -> Web:
    """A source that was read on two days, so that its page is kept."""
    for days in (2, 1):
        on_the_web[LIST] = list_html(*ROWS)
        poll(now - days * DAY)
    return on_the_web


def polls(web: Web, reply: Reply | str, now: datetime, times: int = 2) -> None:
    web[LIST] = reply
    for number in range(times):
        poll(now + number * DAY)


LOGIN = "<html><title>统一身份认证登录</title><form><input type='password' name=p></form></html>"
DOWN = "<html><title>提示</title><body>网站升级改造中，给您带来不便敬请谅解。</body></html>"
KINDS = [
    (Reply("<p>改版</p>"), "container_gone"),
    (list_html(), "no_items"),
    (Reply(page("challenge_412.html"), status=412), "challenge"),
    (Reply(page("challenge_412.html"), status=202), "challenge"),
    (Reply("<script>document.cookie='__jsl_clearance=1'</script>", status=521), "challenge"),
    (LOGIN, "login"),
    (DOWN, "maintenance"),
    (Reply(DOWN, status=503), "maintenance"),
    (Reply(status=500), "status"),
    (Reply(status=403), "refused"),
    (Reply(status=404), "gone"),
    (list_html(*((f"/{n}.html", title, "") for n, (_, title, _) in enumerate(ROWS))), "undated"),
    (list_html(*ROWS[:2]), "count_jump"),
]


@pytest.mark.parametrize(("reply", "kind"), KINDS, ids=[f"{kind}{n}" for n, (_, kind) in enumerate(KINDS)])
def test_trouble_is_told_apart(well: Web, now: datetime, reply: Reply | str, kind: str) -> None:
    polls(well, reply, now)
    assert Incident.objects.get().kind == kind


def test_page_where_a_feed_was_due_is_told(on_the_web: Web, source: Source, now: datetime) -> None:
    Source.objects.update(family="feed")
    polls(on_the_web, "<!doctype html><html><body>关于我们</body></html>", now)
    assert Incident.objects.get().kind == "html_instead"


def test_one_poll_in_trouble_raises_nothing(well: Web, now: datetime) -> None:
    polls(well, Reply(status=500), now, times=1)
    assert not Incident.objects.exists()


def test_trouble_that_lasts_is_one_incident(well: Web, now: datetime) -> None:
    polls(well, Reply(status=500), now, times=5)
    incident = Incident.objects.get()
    assert (incident.seen, incident.opened_at, incident.last_seen_at) == (4, now + DAY, now + 4 * DAY)


def test_trouble_that_changes_its_face_stays_one_incident(well: Web, now: datetime) -> None:
    polls(well, Reply(status=500), now)
    polls(well, LOGIN, now + 2 * DAY)
    assert Incident.objects.get().kind == "login"


def test_incident_keeps_the_page_before_and_after(well: Web, now: datetime) -> None:
    polls(well, Reply("<p>改版</p>"), now)
    incident = Incident.objects.get()
    assert "关于开展第8批项目申报的通知" in excerpt(bytes(incident.before or b""), incident.before_type, 3000)
    assert unpack(bytes(incident.after or b"")) == "<p>改版</p>".encode()


@pytest.mark.parametrize("reply", [Reply(status=500), list_html(*ROWS[:2])], ids=["failure", "doubt"])
def test_recovery_closes_the_incident(well: Web, now: datetime, reply: Reply | str) -> None:
    polls(well, reply, now)
    polls(well, list_html(*ROWS), now + 2 * DAY, times=1)
    assert Incident.objects.get().closed_at == now + 2 * DAY


def test_source_in_trouble_never_stops(well: Web, source: Source, now: datetime) -> None:
    polls(well, Reply(status=500), now, times=8)
    source.refresh_from_db()
    assert source.enabled
    assert source.next_poll_at == now + 8 * DAY


def test_doubt_accepted_as_usual_is_not_raised_again(well: Web, now: datetime) -> None:
    polls(well, list_html(*ROWS[:2]), now)
    take_as_usual(Incident.objects.get(), now + DAY)
    polls(well, list_html(*ROWS[:3]), now + 2 * DAY, times=3)
    assert Incident.objects.filter(closed_at=None).count() == 0


def test_repair_is_proposed_by_another_family(well: Web, now: datetime) -> None:
    polls(well, Reply(JCMS), now)
    proposal = Incident.objects.get().proposal or {}
    assert (proposal["family"], proposal["count"]) == ("hanweb_jcms", 8)
    assert proposal["items"][0]["title"] == ROWS[0][1]


ELSEWHERE = {
    "text": "<li class='row'><h4>{title}</h4><p>发布时间：{day}</p><a href='{url}'>查看详情</a></li>",
    "attribute": "<li><p class='t' title='{title}'>关于…</p><i>{day}</i><a href='{url}'>[ 详细 ]</a></li>",
    "card": (
        "<li><a href='{url}'>MORE&gt;&gt;</a><div class='c'><div class='d'>{day}</div>"
        "<div class='t'>{title}</div></div></li>"
    ),
}


def redesigned(row: str) -> str:
    rows = "".join(
        row.format(url=url.replace("/t", "/info/"), title=title, day=day) for url, title, day in ROWS
    )
    return (
        f"<html><body><ul><li><a href='/a'>首页</a></li></ul><ul class='news list'>{rows}</ul></body></html>"
    )


@pytest.mark.parametrize("row", ELSEWHERE.values(), ids=ELSEWHERE)
def test_repair_finds_titles_that_stand_beside_their_links(well: Web, now: datetime, row: str) -> None:
    polls(well, redesigned(row), now)
    accept(Incident.objects.get(), now + DAY)
    report = poll(now + 2 * DAY)
    titles = set(Item.objects.values_list("title", flat=True))
    assert (report.troubles, report.items_new, titles) == ((), 0, {title for _, title, _ in ROWS})


def test_accepted_repair_mends_the_source_and_tells_nobody_twice(
    well: Web, source: Source, now: datetime
) -> None:
    polls(well, Reply(JCMS), now)
    accept(Incident.objects.get(), now + DAY)
    report = poll(now + 2 * DAY)
    assert (report.troubles, report.items_new) == ((), 0)
    assert source.history.latest().family == "hanweb_jcms"


def test_no_repair_is_proposed_that_gives_no_more_than_the_sources_own_way(well: Web, now: datetime) -> None:
    more = [(f"/t20191009_{n}.html", f"关于开展第{n}批企业申报的通知", "2019-10-09") for n in range(9, 99)]
    polls(well, list_html(*more, *ROWS), now, times=3)
    assert Incident.objects.get(kind="count_jump").proposal is None


def test_no_repair_is_proposed_for_a_challenge(well: Web, now: datetime) -> None:
    polls(well, Reply(page("challenge_412.html"), status=412), now)
    assert Incident.objects.get().proposal is None


def test_move_for_good_is_proposed_after_three_polls(well: Web, source: Source, now: datetime) -> None:
    well["/new/"] = list_html(*ROWS)
    polls(well, Reply(status=301, headers={"Location": "http://kjj.yy.gov.cn/new/"}), now)
    assert not Incident.objects.exists()
    poll(now + 2 * DAY)
    incident = Incident.objects.get()
    assert (incident.kind, incident.proposal) == ("moved", {"url": "http://kjj.yy.gov.cn/new/", "items": []})
    accept(incident, now + 2 * DAY)
    source.refresh_from_db()
    assert source.url == "http://kjj.yy.gov.cn/new/"


def test_move_to_another_domain_is_not_followed(well: Web, source: Source, now: datetime) -> None:
    well["www.casino.example/"] = list_html(*ROWS)
    polls(well, Reply(status=301, headers={"Location": "http://www.casino.example/"}), now)
    incident = Incident.objects.get()
    assert (incident.kind, incident.detail) == ("moved_away", "http://www.casino.example/")
    assert "www.casino.example" not in {asked.host for asked in well.asked}


def test_kept_page_is_cut_where_it_would_be_too_long() -> None:
    noise = bytes(range(256)) * 10_000
    assert unpack(pack(noise)) == noise
    assert len(pack(secrets.token_bytes(2 * MOST))) <= MOST + 1000


@pytest.mark.parametrize(("days", "kept"), [(170, True), (190, False)])
def test_incident_long_over_loses_its_pages(well: Web, now: datetime, days: int, kept: bool) -> None:
    polls(well, Reply("<p>改版</p>"), now)
    polls(well, list_html(*ROWS), now + 2 * DAY, times=1)
    forget_pages(now + (2 + days) * DAY)
    incident = Incident.objects.get()
    assert (incident.before is not None, incident.after is not None) == (kept, kept)


def test_links_that_turn_to_another_house_are_told(on_the_web: Web, source: Source, now: datetime) -> None:
    Source.objects.update(family="feed")
    polls(on_the_web, rss("www.yy.gov.cn"), now)
    polls(on_the_web, rss("bet.example"), now + 2 * DAY)
    assert Incident.objects.get().kind == "foreign_host"


def rss(host: str) -> str:
    """A feed of ROWS with links to a host."""
    items = "".join(
        f"<item><title>{title}</title><link>http://{host}{path}</link>"
        f"<pubDate>0{n} Oct 2019 08:00:00 +0800</pubDate></item>"
        for n, (path, title, _) in enumerate(ROWS, start=1)
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>"
