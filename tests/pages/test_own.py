"""A reader's own pages, by token: a GET changes nothing, one POST does it, and it can be taken back."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from alerts import marks
from alerts.compose import compose_slot
from alerts.models import Delivery, Follow, Mark
from alerts.slots import Slot
from notices.models import Notice
from subscribers.contacts import add_unconfirmed
from subscribers.leaving import leave
from subscribers.models import Cadence, Contact
from tests.builders import START, at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NOW = at("2019-10-25", "09:00")
DEADLINE = date(2019, 11, 6)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client() -> Client:
    """A browser without a cookie, held to Django's CSRF rules."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def contact() -> Contact:
    """Somebody's mail address."""
    return person().contacts.get()


@pytest.fixture
def row() -> Notice:
    """A notice with a deadline."""
    made = notice(deadline=DEADLINE, seen=START)
    taken_in(made)
    return made


def own(contact: Contact, row: Notice) -> str:
    return f"/u/{contact.leave_token}/n/{row.pk}/"


def post(client: Client, contact: Contact, row: Notice, **body: str) -> str:
    answer = client.post(own(contact, row), body)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("wanted", ["", "done", "later", "muted", "follow", "nonsense"])
def test_get_changes_nothing(client: Client, contact: Contact, row: Notice, wanted: str) -> None:
    answer = client.get(own(contact, row), {"do": wanted})

    assert answer.status_code == 200
    assert not Mark.objects.exists()
    assert not Follow.objects.exists()


def test_link_of_the_mail_puts_its_button_first(client: Client, contact: Contact, row: Notice) -> None:
    page = client.get(own(contact, row), {"do": "follow"}).content.decode()

    assert page.index(">关注</button>") < page.index(">已办理</button>")


@pytest.mark.parametrize(("act", "state"), [("done", "done"), ("muted", "muted")])
def test_one_post_marks(client: Client, contact: Contact, row: Notice, act: str, state: str) -> None:
    page = post(client, contact, row, do=act)

    assert Mark.objects.get().state == state
    assert "已记下" in page
    assert ">撤销</button>" in page


def test_one_post_puts_off(client: Client, contact: Contact, row: Notice) -> None:
    page = post(client, contact, row, do="later", until="2019-10-28")

    assert (Mark.objects.get().state, Mark.objects.get().until) == ("later", date(2019, 10, 28))
    assert "10月28日" in page


def test_one_post_follows_by_the_channel_of_the_link(client: Client, contact: Contact, row: Notice) -> None:
    post(client, contact, row, do="follow")

    assert (Follow.objects.get().channel, Follow.objects.get().ended_at) == ("email", None)


@pytest.mark.parametrize("stood", ["", "done", "later", "follow"])
@pytest.mark.parametrize("act", ["done", "muted", "follow", "clear", "unfollow"])
def test_undo_puts_everything_back(
    client: Client, contact: Contact, row: Notice, stood: str, act: str
) -> None:
    def standing() -> tuple[object, ...]:
        mark, follow = marks.standing(contact.subscriber_id, row.pk)
        return (mark and mark.state, mark and mark.until, follow is not None)

    if stood:
        post(client, contact, row, do=stood, until="2019-10-28" if stood == "later" else "")
    before = standing()
    page = post(client, contact, row, do=act)
    was = page.split('name="was" value="')[1].split('"')[0]

    assert "已撤销" in post(client, contact, row, do="undo", was=was)
    assert standing() == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"do": "later", "until": "2019-12-31"}, "提醒日应不晚于截止日"),
        ({"do": "later", "until": "2019-10-25"}, "提醒日应在今天之后"),
        ({"do": "later", "until": "明天"}, "不是日期"),
        ({"do": "later"}, "没有看懂"),
        ({"do": "drop table"}, "没有看懂"),
        ({"do": "undo", "was": "later:x"}, "没有看懂"),
        ({}, "没有看懂"),
    ],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(
    client: Client, contact: Contact, row: Notice, body: dict[str, str], words: str
) -> None:
    marks.done(contact.subscriber_id, row.pk, NOW)
    answer = client.post(own(contact, row), body)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert Mark.objects.get().state == "done"


def test_one_person_never_marks_for_another(client: Client, contact: Contact, row: Notice) -> None:
    other = person().contacts.get()
    post(client, contact, row, do="done")

    assert marks.standing(other.subscriber_id, row.pk) == (None, None)


def test_left_contact_is_told_that_nothing_will_come(client: Client, contact: Contact, row: Notice) -> None:
    leave(contact.leave_token, NOW, "退订页")

    assert "已经退订，提醒不会发出" in client.get(own(contact, row)).content.decode()


@pytest.mark.parametrize("path", ["n/1/", "d/1/", "confirm/"])
def test_unknown_token_is_told_so_in_chinese(client: Client, path: str) -> None:
    answer = client.get(f"/u/AAAAAAAAAAAAAAAAAAAAAA/{path}")

    assert (answer.status_code, "没有这个链接" in answer.content.decode()) == (404, True)


def digest(count: int) -> tuple[Contact, Delivery]:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.DAILY)
    taken_in(*(notice(f"通知甲{number}号", seen=at("2019-10-24")) for number in range(count)))
    compose_slot(Slot("daily", NOW.date()), NOW)
    return someone.contacts.get(), Delivery.objects.get()


def test_letter_page_has_what_the_mail_cut(client: Client) -> None:
    contact, delivery = digest(63)

    page = client.get(f"/u/{contact.leave_token}/d/{delivery.pk}/").content.decode()

    assert page.count('<article class="card">') == 63
    assert f"/u/{contact.leave_token}/n/" in page


def test_mail_that_was_cut_leads_to_its_page(client: Client) -> None:
    from alerts.letters import letter
    from alerts.presenting import letter_orders
    from alerts.rendering import render_mail

    contact, delivery = digest(63)
    mail = render_mail(letter(letter_orders([delivery.pk])[delivery.pk]))

    for part in (mail.html, mail.text):
        assert "另有3条" in part
        assert f"/u/{contact.leave_token}/d/{delivery.pk}/" in part
    assert len(mail.html.encode()) < 60_000


def test_letter_page_is_for_its_own_reader_alone(client: Client, contact: Contact) -> None:
    _, delivery = digest(1)

    assert client.get(f"/u/{contact.leave_token}/d/{delivery.pk}/").status_code == 404


def test_confirming_takes_a_post(client: Client) -> None:
    asked = add_unconfirmed(person(email=False), "chen@example.com", START)
    address = f"/u/{asked.leave_token}/confirm/"

    assert ">确认</button>" in client.get(address).content.decode()
    asked.refresh_from_db()
    assert asked.reachable_since is None
    assert "已确认" in client.post(address).content.decode()
    asked = Contact.objects.get()
    assert (asked.reachable_since, asked.consents.get().given) == (NOW, True)


def test_confirming_twice_is_fine_and_recorded_once(client: Client) -> None:
    asked = add_unconfirmed(person(email=False), "chen@example.com", START)
    for _ in range(2):
        client.post(f"/u/{asked.leave_token}/confirm/")

    assert asked.consents.count() == 1


def test_confirming_after_leaving_is_refused_in_words(client: Client) -> None:
    asked = add_unconfirmed(person(email=False), "chen@example.com", START)
    leave(asked.leave_token, NOW, "退订页")

    assert "不能再用这个链接确认" in client.post(f"/u/{asked.leave_token}/confirm/").content.decode()


@pytest.mark.parametrize("path", ["n/{notice}/", "confirm/"])
def test_pages_are_kept_from_caches_referrers_and_search(
    client: Client, contact: Contact, row: Notice, path: str
) -> None:
    answer = client.get(f"/u/{contact.leave_token}/{path.format(notice=row.pk)}")

    assert "no-store" in answer["Cache-Control"]
    assert (answer["Referrer-Policy"], "noindex" in answer["X-Robots-Tag"]) == ("no-referrer", True)


@pytest.mark.parametrize("place", ["n", "d"])
def test_number_that_no_row_has_is_not_found(client: Client, contact: Contact, place: str) -> None:
    assert client.get(f"/u/{contact.leave_token}/{place}/{9 * 10**30}/").status_code == 404
