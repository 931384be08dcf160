from datetime import timedelta

import pytest
from django.db import IntegrityError

from subscribers.models import Cadence, Contact, List, Subscription
from subscribers.subscribing import drop, edit, join, set_list_filter, subscribe, unsubscribe
from tests.builders import START, person, spec

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=2)


def test_subscribe_twice_to_the_same_filter_is_refused_by_the_schema() -> None:
    someone = person()
    subscribe(someone, spec("浙江省"), START, cadence=Cadence.DAILY)
    with pytest.raises(IntegrityError):
        subscribe(someone, spec("浙江省"), START, cadence=Cadence.WEEKLY)


def test_edit_moves_the_subscription_in_time() -> None:
    old = subscribe(person(), spec("浙江省"), START, cadence=Cadence.DAILY)
    new = edit(old, spec("安徽省"), LATER)
    old.refresh_from_db()
    assert (old.ended_at, old.moved, new.began_at, new.cadence) == (LATER, True, LATER, Cadence.DAILY)


def test_unsubscribe_ends_without_moving() -> None:
    row = subscribe(person(), spec("浙江省"), START, cadence=Cadence.DAILY)
    unsubscribe(row, LATER)
    row.refresh_from_db()
    assert (row.ended_at, row.moved) == (LATER, False)


def test_join_brings_the_filter_of_the_list() -> None:
    clients = List.objects.create(name="京津冀客户")
    set_list_filter(clients, spec("京津冀"), START)
    join(clients, person(), START, cadence=Cadence.WEEKLY)
    assert Subscription.objects.filter(list=clients, filter=clients.filter, ended_at=None).count() == 1


def test_list_filter_changed_moves_all_members() -> None:
    clients = List.objects.create(name="京津冀客户")
    set_list_filter(clients, spec("京津冀"), START)
    for _ in range(3):
        join(clients, person(), START, cadence=Cadence.WEEKLY)
    set_list_filter(clients, spec("长三角"), LATER)
    moved = Subscription.objects.filter(list=clients, moved=True, ended_at=LATER).count()
    assert (moved, Subscription.objects.filter(filter=clients.filter, ended_at=None).count()) == (3, 3)


def test_drop_ends_what_the_membership_brought() -> None:
    clients = List.objects.create(name="京津冀客户")
    set_list_filter(clients, spec("京津冀"), START)
    drop(join(clients, person(), START, cadence=Cadence.WEEKLY), LATER)
    assert not Subscription.objects.filter(ended_at=None).exists()


def test_contact_address_is_one_persons_only() -> None:
    address = person().contacts.get().address
    with pytest.raises(IntegrityError):
        Contact.objects.create(subscriber=person(), channel="email", address=address)
