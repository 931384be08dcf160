import pytest

from subscribers.leaving import leave, look_up, masked
from subscribers.models import Consent, Contact
from tests.builders import START, person

pytestmark = pytest.mark.django_db


def test_leave_stops_the_contact_and_records_the_withdrawal() -> None:
    contact = person().contacts.get()
    left = leave(contact.leave_token, START, "一键退订")
    contact.refresh_from_db()
    assert left is not None
    assert (left.already, contact.left_at) == (False, START)
    assert Consent.objects.filter(contact=contact, given=False, how="一键退订").count() == 1


def test_leave_twice_is_fine() -> None:
    token = person().contacts.get().leave_token
    leave(token, START, "一键退订")
    again = leave(token, START, "一键退订")
    assert again is not None
    assert again.already


def test_leave_knows_no_foreign_token() -> None:
    assert leave("x" * 22, START, "一键退订") is None


def test_token_outlives_the_erased_contact() -> None:
    contact = person().contacts.get()
    token = contact.leave_token
    Contact.objects.filter(pk=contact.pk).delete()
    left = leave(token, START, "一键退订")
    assert left is not None
    assert left.already


def test_look_up_finds_the_contact() -> None:
    contact = person().contacts.get()
    assert look_up(contact.leave_token) == contact


def test_masked_address_tells_its_owner_alone() -> None:
    assert masked(Contact(channel="email", address="zhang.san@example.com")) == "z***@example.com"
