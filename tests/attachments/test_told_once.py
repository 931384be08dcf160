"""What a file says comes after the notice was told: the difference goes out, and nothing is said again."""

from datetime import timedelta

import pytest
from django.test import Client

from alerts.compose import compose_alerts
from alerts.explanation import explanation
from alerts.models import DeliveryItem, Reminder
from alerts.presenting import notice_facts
from alerts.taking_in import take_in
from notices import understanding
from notices.intake.attachments import AttachmentLink
from notices.models import Source
from subscribers.models import Cadence, Subscriber
from tests.attachments.test_fetching_files import NOW, PDF, fetched, item, pdf
from tests.builders import person, place, spec, wish
from tests.intake.conftest import Web

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def someone(source: Source) -> Subscriber:
    """Wants the notices of 余姚 at once."""
    Source.objects.filter(pk=source.pk).update(region=place("余姚市"))
    source.refresh_from_db()
    row = person()
    wish(row, spec("余姚市"), since=NOW - timedelta(days=1), cadence=Cadence.AT_ONCE)
    return row


def told() -> int:
    return DeliveryItem.objects.count()


def test_notice_is_told_before_its_file_and_not_again_after(
    someone: Subscriber, on_the_web: Web, source: Source
) -> None:
    on_the_web["/files/2.pdf"] = pdf()
    notice = item(source, AttachmentLink("申报指南.pdf", PDF))
    compose_alerts(NOW + timedelta(minutes=6))
    assert told() == 1

    notice = fetched(notice, LATER)
    take_in(notice.pk, LATER)
    compose_alerts(LATER + timedelta(minutes=6))

    assert (told(), notice.readings.count()) == (1, 2)


def test_deadline_of_a_file_gets_its_reminders(someone: Subscriber, on_the_web: Web, source: Source) -> None:
    on_the_web["/files/2.pdf"] = pdf()
    notice = item(source, AttachmentLink("申报指南.pdf", PDF))
    assert not Reminder.objects.exists()

    take_in(fetched(notice, LATER).pk, LATER)

    assert {str(row.deadline.on) for row in Reminder.objects.all()} == {"2023-06-30"}


def test_deadline_of_a_file_says_where_it_was_read(
    someone: Subscriber, on_the_web: Web, source: Source, client: Client
) -> None:
    on_the_web["/files/2.pdf"] = pdf()
    notice = fetched(item(source, AttachmentLink("申报指南.pdf", PDF)), LATER)
    take_in(notice.pk, LATER)

    (facts,) = notice_facts([notice.pk])
    assert facts.deadline_where == "附件，第1页"
    assert "（见附件，第1页）" in client.get(f"/n/{notice.pk}/").content.decode()
    assert any(
        "截止 2023-06-30（见附件，第1页）" in str(step) for step in explanation(notice, someone, LATER)
    )


def test_reading_without_files_needs_no_row(source: Source) -> None:
    notice = item(source)

    assert understanding.attachments_of(notice, notice.revisions.get()) == []
