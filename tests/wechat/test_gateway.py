import json
import logging
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
import requests
from redis import Redis

from alerts.channels.wechat import Gateway, MemoryTokenStore, RedisTokenStore, TokenStore
from alerts.channels.wechat.answers import codes
from alerts.outcomes import Outcome, Refused, Sent, TryLater
from demo.wechat import Simulator
from demo.wechat.tokens import LIFE
from tests.wechat.conftest import ALERT, READER, message

SEND, TOKEN = "/cgi-bin/message/template/send", "/cgi-bin/stable_token"


def lines(simulator: Simulator) -> list[dict[str, object]]:
    """What was accepted, counted in the file and not in anyone's memory."""
    return [json.loads(line) for line in simulator.account.log.read_text(encoding="utf-8").splitlines()]


def test_send_hands_over_and_returns_the_msgid(gateway: Gateway, simulator: Simulator) -> None:
    outcome = gateway.send(message())

    (line,) = lines(simulator)
    assert outcome == Sent(provider_id=str(line["msgid"]))
    assert int(outcome.provider_id) > 2**53
    assert (line["openid"], line["template_id"], line["url"]) == (READER, ALERT, "https://kx.example/n/1/")
    assert line["data"] == message().data


def test_send_twice_with_one_id_is_one_message(gateway: Gateway, simulator: Simulator) -> None:
    first, second = gateway.send(message()), gateway.send(message())

    assert first == second
    assert len(lines(simulator)) == 1


def test_send_after_a_lost_reply_is_one_message(gateway: Gateway, simulator: Simulator) -> None:
    simulator.faults.order(kind="drop", accept=True)

    assert isinstance(gateway.send(message()), TryLater)
    assert isinstance(gateway.send(message()), Sent)
    assert len(lines(simulator)) == 1


# ── the token ──
def test_token_is_fetched_once_for_many_sends(gateway: Gateway, simulator: Simulator) -> None:
    for number in range(3):
        gateway.send(message(client_msg_id=f"m{number}", title=f"通知{number}"))

    assert simulator.calls == [TOKEN, SEND, SEND, SEND]


def test_token_expired_on_the_server_heals_with_one_call(gateway: Gateway, simulator: Simulator) -> None:
    gateway.send(message())
    simulator.control({"do": "expire_tokens"})
    simulator.calls.clear()

    assert isinstance(gateway.send(message(title="另一条", client_msg_id="delivery2")), Sent)
    assert simulator.calls == [SEND, TOKEN, SEND]


def test_token_refused_for_ever_ends_after_two_sends(gateway: Gateway, simulator: Simulator) -> None:
    simulator.faults.order(kind="errcode", errcode=40001, times=99)

    outcome = gateway.send(message())

    assert isinstance(outcome, Refused)
    assert outcome.scope == "configuration"
    # The second token call brought the same token back, so a third one forced another.
    assert simulator.calls == [TOKEN, SEND, TOKEN, TOKEN, SEND]


def test_token_is_forced_once_in_thirty_seconds(gateway: Gateway, simulator: Simulator) -> None:
    simulator.faults.order(kind="errcode", errcode=40001, times=99)
    gateway.send(message())
    simulator.calls.clear()

    gateway.send(message())

    assert simulator.calls == [SEND, TOKEN, SEND]


def test_token_is_fetched_once_by_eight_cold_gateways(
    new_gateway: Callable[[TokenStore], Gateway], simulator: Simulator, clean_redis: str
) -> None:
    with Redis.from_url(clean_redis) as redis:
        store = RedisTokenStore(redis, simulator.appid)
        outcomes = send_at_once([new_gateway(store) for _ in range(8)])
        remaining = redis.ttl("kuaixun:wechat:wx0000000000simulator:token")

    assert [type(outcome) for outcome in outcomes] == [Sent] * 8
    assert simulator.calls.count(TOKEN) == 1
    assert LIFE - 130 < remaining <= LIFE - 120


def test_token_is_fetched_once_by_eight_threads_of_one_process(
    new_gateway: Callable[[TokenStore], Gateway], simulator: Simulator
) -> None:
    store = MemoryTokenStore()

    outcomes = send_at_once([new_gateway(store) for _ in range(8)])

    assert [type(outcome) for outcome in outcomes] == [Sent] * 8
    assert simulator.calls.count(TOKEN) == 1


def test_token_forced_by_one_process_is_not_forced_by_another(clean_redis: str) -> None:
    with Redis.from_url(clean_redis) as redis:
        one, other = RedisTokenStore(redis, "wx1"), RedisTokenStore(redis, "wx1")

        assert (one.may_force(), other.may_force()) == (True, False)


def test_token_store_out_of_reach_is_tried_later(new_gateway: Callable[[TokenStore], Gateway]) -> None:
    with Redis.from_url("redis://127.0.0.1:1/0") as nowhere:
        outcome = new_gateway(RedisTokenStore(nowhere, "wx1")).send(message())

    assert isinstance(outcome, TryLater)
    assert "Redis" in outcome.said


def send_at_once(gateways: list[Gateway]) -> list[Outcome]:
    """Every gateway sends one message of its own, all from the same moment."""
    start, outcomes = threading.Barrier(len(gateways)), list[Outcome]()

    def run(number: int, gateway: Gateway) -> None:
        start.wait(5)
        outcomes.append(gateway.send(message(title=f"通知{number}", client_msg_id=f"m{number}")))

    threads = [threading.Thread(target=run, args=each) for each in enumerate(gateways)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    return outcomes


# ── what WeChat says ──
REFUSED = {
    "contact": [40003, 43019],
    "pair": [43101],
    "template": [40036, 40037, 43116],
    "content": [40033, 40039, 40249, 40250, 47001, 47003],
    "configuration": [40164, 40243, 41001, 48001, 48004],
}


@pytest.mark.parametrize(("scope", "code"), [(scope, code) for scope in REFUSED for code in REFUSED[scope]])
def test_errcode_refuses(gateway: Gateway, simulator: Simulator, scope: str, code: int) -> None:
    simulator.faults.order(kind="errcode", errcode=code)

    outcome = gateway.send(message())

    assert isinstance(outcome, Refused)
    assert outcome.scope == scope
    assert outcome.said.startswith(f"{code} ")


@pytest.mark.parametrize(
    ("code", "after"),
    [
        (-1, 8),
        (45011, 60),
        (40241, 90),
        (43117, 3600),
        (40252, 21600),
        (89503, 3600),
        (43004, 1800),
        (99999, 300),
    ],
)
def test_errcode_waits(gateway: Gateway, simulator: Simulator, code: int, after: float) -> None:
    simulator.faults.order(kind="errcode", errcode=code)

    outcome = gateway.send(message())

    assert isinstance(outcome, TryLater)
    assert outcome.after == after


@pytest.mark.frozen("2019-10-21T23:05:00+08:00")
@pytest.mark.parametrize("code", [45009, 40251])
def test_errcode_of_a_used_up_day_waits_for_the_next(
    gateway: Gateway, simulator: Simulator, code: int
) -> None:
    simulator.faults.order(kind="errcode", errcode=code)

    outcome = gateway.send(message())

    assert outcome == TryLater(outcome.said, after=3600.0, result="throttled")


def test_errcode_table_names_one_thing_to_do_per_code() -> None:
    for entry in [*codes()["send"].values(), *codes()["token"].values(), codes()["unknown"]]:
        assert len(entry.keys() & {"refuse", "wait", "wait_until"}) == 1
        assert entry["means"]
        assert entry["todo"]
        assert entry.get("refuse", "pair") in REFUSED


def test_address_not_in_the_allow_list_is_shown(gateway: Gateway, simulator: Simulator) -> None:
    errmsg = "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist"
    simulator.faults.order(kind="errcode", errcode=40164, errmsg=errmsg, path="stable_token")

    outcome = gateway.send(message())

    assert isinstance(outcome, Refused)
    assert "加入 203.0.113.9" in outcome.said


def test_field_that_wechat_refuses_is_named(gateway: Gateway, simulator: Simulator) -> None:
    simulator.faults.order(
        kind="errcode", errcode=47003, errmsg="argument invalid! data.thing3.value invalid"
    )

    assert "字段 thing3 " in gateway.send(message()).said


def test_wrong_secret_is_a_matter_of_configuration(simulator: Simulator) -> None:
    gateway = Gateway(simulator.appid, "wrong", simulator.base_url, MemoryTokenStore())

    outcome = gateway.send(message())

    assert isinstance(outcome, Refused)
    assert (outcome.scope, outcome.said[:5]) == ("configuration", "40125")


@pytest.mark.parametrize(
    ("order", "scope"),
    [
        ({"do": "unfollow", "openid": READER}, "contact"),
        ({"do": "block", "openid": READER}, "contact"),
        ({"do": "mute", "openid": READER, "template_id": ALERT}, "pair"),
    ],
)
def test_recipient_who_turned_away_is_refused(
    gateway: Gateway, simulator: Simulator, order: dict[str, str], scope: str
) -> None:
    simulator.control(order)

    outcome = gateway.send(message())

    assert isinstance(outcome, Refused)
    assert outcome.scope == scope


# ── what networks say ──
@pytest.mark.parametrize("kind", ["http_502", "html_200", "empty_200", "truncated", "hang", "drop"])
@pytest.mark.parametrize("path", ["message/template/send", "stable_token"])
def test_spoilt_reply_is_tried_later(gateway: Gateway, simulator: Simulator, kind: str, path: str) -> None:
    simulator.faults.order(kind=kind, path=path)

    assert isinstance(gateway.send(message()), TryLater)
    assert isinstance(gateway.send(message()), Sent)


def test_nobody_listening_is_tried_later() -> None:
    gateway = Gateway("wx1", "s3cret", "http://127.0.0.1:1", MemoryTokenStore(), (0.3, 0.3))

    assert isinstance(gateway.send(message()), TryLater)


# ── what is checked at home ──
@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        (message(title="一二三四五六七八九十一二三四五六七八九十一"), "thing3"),
        (message(title=" "), "thing3"),
        (message(openid=""), "openid"),
        (message(url="ftp://kx.example/"), "链接"),
        (message(url="https://kx.example/" + "a" * 500), "链接"),
        (message(client_msg_id="投递"), "client_msg_id"),
        (replace(message(), data={}), "没有任何字段"),
    ],
)
def test_unfit_message_never_leaves(
    gateway: Gateway, simulator: Simulator, wrong: object, names: str
) -> None:
    outcome = gateway.send(wrong)  # type: ignore[arg-type]

    assert isinstance(outcome, Refused)
    assert outcome.scope == "content"
    assert names in outcome.said
    assert simulator.calls == []


# ── secrets ──
@pytest.mark.parametrize("kind", ["http_502", "html_200", "truncated", "drop", "errcode"])
def test_no_secret_in_logs_or_outcomes(
    gateway: Gateway, simulator: Simulator, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.send(message())
    token = simulator.account.tokens.stable(force=False)
    assert token is not None
    simulator.faults.order(kind=kind, errcode=48001, errmsg=f"no {token[0]} {simulator.secret}")

    outcome = gateway.send(message(client_msg_id="other", title="另一条"))

    told = outcome.said + caplog.text
    assert token[0] not in told
    assert simulator.secret not in told
    assert "access_token=•••" in caplog.text


def test_proxies_of_the_environment_are_not_used(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch, simulator: Simulator
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(requests.ConnectionError):
        requests.get(simulator.base_url, timeout=1)

    assert isinstance(gateway.send(message()), Sent)
