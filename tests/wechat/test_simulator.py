import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from demo.wechat import Simulator
from tests.wechat.conftest import ALERT, READER, message


class Clock:
    """Seconds that stand still until told."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tencent(tmp_path: Path, clock: Clock) -> Iterator[Simulator]:
    monday = datetime.fromisoformat("2019-10-21T10:00:00+08:00")
    with Simulator(tmp_path / "sent.jsonl", {READER: "王岚"}, now=lambda: monday, clock=clock) as running:
        yield running


def call(tencent: Simulator, path: str, body: object = None, **query: str) -> dict[str, Any]:
    """One call as any HTTP client makes it; the body goes out as raw UTF-8."""
    raw = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    method = "GET" if body is None else "POST"
    reply = requests.request(method, f"{tencent.base_url}/cgi-bin/{path}", params=query, data=raw, timeout=5)
    answer: dict[str, Any] = reply.json()
    return answer


def credentials(tencent: Simulator, **other: object) -> dict[str, object]:
    given = {"grant_type": "client_credential", "appid": tencent.appid, "secret": tencent.secret}
    return {**given, **other}


def token(tencent: Simulator, **other: object) -> str:
    return str(call(tencent, "stable_token", credentials(tencent, **other))["access_token"])


def asked(**other: object) -> dict[str, object]:
    each = message()
    data = {field: {"value": value} for field, value in each.data.items()}
    return {"touser": READER, "template_id": ALERT, "url": each.url, "data": data, **other}


def send(tencent: Simulator, **other: object) -> dict[str, Any]:
    return call(tencent, "message/template/send", asked(**other), access_token=token(tencent))


def test_send_writes_the_line_before_it_answers(tencent: Simulator) -> None:
    reply = send(tencent, client_msg_id="a")

    (line,) = map(json.loads, tencent.account.log.read_text(encoding="utf-8").splitlines())
    assert (reply["errcode"], str(reply["msgid"])) == (0, line["msgid"])
    assert list(line) == ["openid", "template_id", "data", "url", "client_msg_id", "msgid", "at"]
    assert line["at"] == "2019-10-21T10:00:00+08:00"


def test_log_of_an_earlier_run_is_continued(tencent: Simulator, clock: Clock) -> None:
    first = send(tencent)
    with Simulator(tencent.account.log, {READER: "王岚"}, clock=clock) as again:
        second = send(again)

        assert len(again.messages) == 2
        assert second["msgid"] > first["msgid"]


def test_same_id_is_answered_alike_for_ten_minutes(tencent: Simulator, clock: Clock) -> None:
    first = send(tencent, client_msg_id="a")
    clock.seconds += 599
    second = send(tencent, client_msg_id="a")
    clock.seconds += 2
    third = send(tencent, client_msg_id="a")

    assert second["msgid"] == first["msgid"] != third["msgid"]


def test_same_content_is_refused_for_a_minute(tencent: Simulator, clock: Clock) -> None:
    send(tencent, client_msg_id="a")
    assert send(tencent, client_msg_id="b")["errcode"] == 40241

    clock.seconds += 60
    assert send(tencent, client_msg_id="b")["errcode"] == 0


def with_value(field: str, value: str) -> dict[str, object]:
    data = {key: {"value": each} for key, each in message().data.items()}
    return {"data": {**data, field: {"value": value}}}


@pytest.mark.parametrize(
    ("other", "code", "text"),
    [
        ({"touser": "oNobody"}, 40003, "invalid openid"),
        ({"template_id": "x" * 43}, 40037, "invalid template_id"),
        ({"template_id": "x"}, 40036, "invalid template_id size"),
        ({"url": "https://kx.example/" + "x" * 600}, 40039, "invalid url size"),
        (with_value("thing3", "字" * 21), 47003, "argument invalid! data.thing3.value invalid"),
        (with_value("phrase1", "剩3天"), 47003, "argument invalid! data.phrase1.value invalid"),
        (with_value("time2", "10月29日"), 47003, "argument invalid! data.time2.value invalid"),
        (with_value("thing5", ""), 40250, "argument invalid! data.thing5.value is empty"),
        ({"data": {}}, 40250, "argument invalid! data.phrase1.value is empty"),
    ],
)
def test_send_refuses(tencent: Simulator, other: dict[str, object], code: int, text: str) -> None:
    reply = send(tencent, **other)

    assert reply["errcode"] == code
    assert reply["errmsg"].startswith(f"{text} rid: ")
    assert tencent.messages == []


def test_send_refuses_escaped_han(tencent: Simulator) -> None:
    escaped = json.dumps(asked()).encode()
    address = f"{tencent.base_url}/cgi-bin/message/template/send"

    reply = requests.post(address, params={"access_token": token(tencent)}, data=escaped, timeout=5).json()

    assert reply["errcode"] == 40033


def test_send_stops_at_the_daily_limit(tencent: Simulator) -> None:
    tencent.account.daily_limit = 0

    assert send(tencent)["errcode"] == 45009


@pytest.mark.parametrize(("given", "code"), [("", 41001), ("made-up", 40001)])
def test_call_without_a_good_token_is_refused(tencent: Simulator, given: str, code: int) -> None:
    assert call(tencent, "user/info", openid=READER, access_token=given)["errcode"] == code


def test_token_past_its_life_is_expired(tencent: Simulator, clock: Clock) -> None:
    old = token(tencent)
    clock.seconds += 7200

    assert call(tencent, "user/info", openid=READER, access_token=old)["errcode"] == 42001


def test_stable_token_stays_until_five_minutes_before_its_end(tencent: Simulator, clock: Clock) -> None:
    first = token(tencent)
    clock.seconds += 6899
    assert token(tencent) == first

    clock.seconds += 1
    assert token(tencent) != first


def test_stable_token_is_forced_at_most_every_thirty_seconds(tencent: Simulator, clock: Clock) -> None:
    first = token(tencent, force_refresh=True)
    assert token(tencent, force_refresh=True) == first

    clock.seconds += 30
    assert token(tencent, force_refresh=True) != first


def test_classic_token_shortens_the_earlier_one(tencent: Simulator, clock: Clock) -> None:
    query = {key: str(value) for key, value in credentials(tencent).items()}
    first = call(tencent, "token", **query)["access_token"]
    call(tencent, "token", **query)
    clock.seconds += 300

    assert call(tencent, "user/info", openid=READER, access_token=first)["errcode"] == 42001


@pytest.mark.parametrize(
    ("wrong", "code"), [({"appid": "wx"}, 40013), ({"secret": "no"}, 40125), ({"grant_type": "x"}, 40002)]
)
def test_token_is_not_given_to_strangers(tencent: Simulator, wrong: dict[str, object], code: int) -> None:
    assert call(tencent, "stable_token", credentials(tencent, **wrong))["errcode"] == code


def test_stable_token_wants_post(tencent: Simulator) -> None:
    assert call(tencent, "stable_token")["errcode"] == 43002


def test_user_info_knows_who_left(tencent: Simulator) -> None:
    tencent.control({"do": "unfollow", "openid": READER})

    assert call(tencent, "user/info", openid=READER, access_token=token(tencent))["subscribe"] == 0


def test_private_templates_are_listed_with_their_fields(tencent: Simulator) -> None:
    listed = call(tencent, "template/get_all_private_template", access_token=token(tencent))["template_list"]

    assert ALERT in {each["template_id"] for each in listed}
    assert "{{time2.DATA}}" in listed[0]["content"]


def test_control_address_orders_a_fault(tencent: Simulator) -> None:
    order = json.dumps({"do": "fault", "kind": "errcode", "errcode": 48001})
    requests.post(f"{tencent.base_url}/__control", data=order, timeout=5).raise_for_status()

    assert send(tencent)["errcode"] == 48001
    assert send(tencent)["errcode"] == 0


@pytest.mark.parametrize("order", [{}, {"do": "dance"}, {"do": "fault", "kind": "flood"}, {"do": "mute"}])
def test_control_address_says_what_is_wrong(tencent: Simulator, order: dict[str, str]) -> None:
    reply = requests.post(f"{tencent.base_url}/__control", json=order, timeout=5)

    assert reply.status_code == 400
    assert "指令有误" in reply.text


def test_phone_shows_the_card_and_escapes_it(tencent: Simulator) -> None:
    send(tencent, **with_value("thing3", "<b>绿色工厂</b>"))

    page = requests.get(f"{tencent.base_url}/phone/{READER}", timeout=5).text

    assert "&lt;b&gt;绿色工厂" in page
    assert page.index("2019年10月29日 23:59") < page.index("绿色工厂")
    assert 'href="https://kx.example/n/1/"' in page


@pytest.mark.parametrize(
    ("deadline", "urgency"),
    [
        ("2019年10月24日", "now"),
        ("2019年10月28日", "week"),
        ("2019年11月4日", "fortnight"),
        ("2019年11月5日", "later"),
    ],
)
def test_phone_colours_the_card_by_its_deadline(tencent: Simulator, deadline: str, urgency: str) -> None:
    send(tencent, **with_value("time2", f"{deadline} 17:00"))

    assert f'class="card {urgency}"' in requests.get(f"{tencent.base_url}/phone/{READER}", timeout=5).text


def test_list_of_people_leads_to_their_phones(tencent: Simulator) -> None:
    page = requests.get(tencent.base_url, timeout=5).text

    assert f'href="/phone/{READER}"' in page
    assert "王岚" in page


def test_phone_of_nobody_is_not_found(tencent: Simulator) -> None:
    assert requests.get(f"{tencent.base_url}/phone/oNobody", timeout=5).status_code == 404


def test_follower_of_the_page_is_written_to_and_still_there_after_a_restart(tmp_path: Path) -> None:
    book = tmp_path / "followers.json"
    with Simulator(tmp_path, {}, book=book) as running:
        page = requests.post(f"{running.base_url}/follow", data={"name": "周岚"}, timeout=5)
        openid = page.url.rsplit("/", 1)[1]
        answer = send(running, touser=openid)
    with Simulator(tmp_path, {}, book=book) as again:
        assert (answer["errcode"], again.account.followers) == (0, {openid: "周岚"})


def test_following_without_a_name_is_refused_and_says_what_to_do(tencent: Simulator) -> None:
    page = requests.post(f"{tencent.base_url}/follow", data={"name": "  "}, timeout=5)
    assert (page.status_code, page.text) == (400, "请填写名字，再按“关注”")
