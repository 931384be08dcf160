"""From pages to inbox, through a real worker that is killed; counted from the sinks' files alone."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import redis

from alerts.models import Outgoing, State
from demo.replay import Moment, moments, play
from demo.sink import Sink
from demo.sink.server import read_mail
from demo.web.server import GovernmentWeb
from demo.wechat import Simulator
from notices.models import Notice, Source
from subscribers.models import Cadence
from tasks.composing import compose
from tests.builders import START, at, person, spec, wish
from tests.services.celery import Worker

pytestmark = pytest.mark.usefixtures("world")
CROWD = 40


def mails(outbox: Path) -> Counter[tuple[str, str]]:
    """(recipient, Message-ID) → how often it arrived."""
    parsed = [read_mail(path) for path in outbox.glob("*.eml")]
    return Counter((mail["To"], mail["Message-ID"]) for mail in parsed)


def replay(web: GovernmentWeb, first: date, last: date) -> None:
    for moment in moments(first, last):
        web.now = moment.now
        play(moment, still_alive=lambda: None)


def test_two_days_reach_inbox_and_phone(
    celery_worker: Worker, government_web: GovernmentWeb, sink: Sink, wechat: Simulator
) -> None:
    replay(government_web, date(2019, 10, 20), date(2019, 10, 22))
    told = {recipient for recipient, _ in mails(sink.folder)}
    assert Notice.objects.count() == 4
    # Those who asked for a weekly digest on Mondays wait: at 08:30 on 10-21 nothing had come in yet.
    assert told == {"chen@zhejiang.example", "li@anhui.example"}
    assert [message["openid"] for message in wechat.messages] == ["oKx00000000000000000000sun02"] * 2


def test_second_replay_after_a_flushed_broker_tells_nobody_twice(
    celery_worker: Worker, government_web: GovernmentWeb, sink: Sink, clean_redis: str
) -> None:
    days = date(2019, 10, 20), date(2019, 10, 22)
    replay(government_web, *days)
    once = mails(sink.folder)
    redis.Redis.from_url(clean_redis).flushall()
    replay(government_web, *days)
    assert (mails(sink.folder), Notice.objects.count()) == (once, 4)


def test_site_that_is_down_is_named_and_made_up_for_later(
    celery_worker: Worker, government_web: GovernmentWeb, sink: Sink
) -> None:
    government_web.faults["jxj.huaibei.gov.cn"] = "error500"
    replay(government_web, date(2019, 10, 20), date(2019, 10, 20))
    trouble = Source.objects.get(slug="huaibei-jxj").trouble
    del government_web.faults["jxj.huaibei.gov.cn"]
    replay(government_web, date(2019, 10, 21), date(2019, 10, 22))
    mended = Source.objects.get(slug="huaibei-jxj")
    assert ("500" in trouble, mended.trouble, mended.items.exists()) == (True, "", True)


def test_killed_worker_loses_no_mail(
    celery_worker: Worker, government_web: GovernmentWeb, sink: Sink
) -> None:
    crowd = [person(f"人 {number}", since=START) for number in range(CROWD)]
    for someone in crowd:
        wish(someone, spec("浙江省"), Cadence.DAILY, since=START)
    replay(government_web, date(2019, 10, 20), date(2019, 10, 21))
    morning = Moment(at("2019-10-22", "08:30"), "compose")
    compose.delay(now=morning.now.isoformat())
    while not mails(sink.folder):
        pass
    celery_worker.kill()
    # A minute passes: the dead sender's leases run out.
    Outgoing.objects.filter(state=State.CLAIMED).update(lease_until=0)
    celery_worker.start()
    play(morning, still_alive=lambda: None)
    arrived = mails(sink.folder)
    expected = {contact.address for someone in crowd for contact in someone.contacts.all()}
    assert expected <= {recipient for recipient, _ in arrived}
    assert len(arrived) == len({recipient for recipient, _ in arrived})
    assert sum(arrived.values()) - len(arrived) <= 1
