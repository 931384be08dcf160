"""A full row for every admin page, with all that its change form shows."""

from collections.abc import Callable
from datetime import date
from itertools import count

from django.db.models import Model

from alerts.models import (
    Alarm,
    Change,
    Delivery,
    DeliveryItem,
    Lane,
    Match,
    Receipt,
    Reminder,
    Run,
    SoftBounce,
    StaffLetter,
)
from notices.intake.kept_pages import pack
from notices.models import (
    Attachment,
    Deadline,
    Found,
    Incident,
    Item,
    Notice,
    OwnTopic,
    Proving,
    Source,
    Term,
)
from subscribers.models import Cadence, Consent, Contact, Filter, List, Subscriber, Subscription, Word
from subscribers.subscribing import join
from tests.builders import START, notice, person, source, spec, wish

_numbers = count(1)


def a_source() -> Source:
    return source("淮北市", trouble="连不上")


def a_notice() -> Notice:
    """Read, with evidence of every sort, attachments, a deadline, and matched by two filters."""
    proof = {"quote": "淮北市经信局", "place": "body", "start": 3}
    row = notice(
        region="淮北市",
        deadline=date(2019, 10, 29),
        doubts=["文号不明"],
        excluded_regions=[1],
        evidence={"issuer": proof, "deadline:2019-10-29": proof, "kind": {**proof, "place": "title"}},
    )
    assert row.reading is not None
    topic = row.reading.topics[0]
    type(row.reading).objects.filter(pk=row.reading.pk).update(
        evidence={f"topic:{topic}": proof, "issuer": proof}
    )
    row.revisions.update(attachments=[{"name": "附件1.doc", "url": "http://n.example/1.doc"}])
    for filter_, key, number in ((a_filter(), 0, 0), (a_filter(), 4, a_word().topic)):
        Match.objects.create(notice=row, filter=filter_, region_key=key, topic=number, matched_at=START)
    return row


def an_attachment() -> Attachment:
    """A file of an archive's kind, read in part: its page shows places, names and what is wrong."""
    row = a_notice()
    return Attachment.objects.create(
        notice=row, name="附件.zip", url="http://n.example/1.zip", url_key=str(next(_numbers)), state="read",
        kind="zip", why="带有宏，没有运行", members=["指南.doc"],
        parts=[["压缩包内《指南.doc》，第1页", "申报指南"]],
    )  # fmt: skip


def an_item() -> Item:
    row = a_notice()
    return Item.objects.create(
        source=row.source,
        url=row.url,
        url_key=str(next(_numbers)),
        title=row.title,
        first_seen_at=START,
        notice=row,
    )


def a_proving() -> Proving:
    return Proving.objects.create(
        source=source("淮北市"), address="A", reading="D", found=Found.FAILED, why="连不上", tried_at=START
    )


def an_incident() -> Incident:
    """A flood with a proposal: its page shows all that a page of an incident can."""
    row = source("淮北市")
    proposal = {"family": "ucap", "recipe": {}, "items": [], "count": 0}
    return Incident.objects.create(
        source=row, kind="flood", opened_at=START, last_seen_at=START, proposal=proposal,
        before=pack(b"<p>old</p>"), after=pack(b"<p>new</p>"),
    )  # fmt: skip


def a_deadline() -> Deadline:
    """One that was moved."""
    row = a_notice()
    old = row.deadlines.get()
    new = Deadline.objects.create(
        notice=row, reading=old.reading, on=date(2019, 11, 5), what="报送", quote="延至11月5日"
    )
    Deadline.objects.filter(pk=old.pk).update(superseded_by=new)
    return new


def a_filter() -> Filter:
    return wish(person(), spec("淮北市", topic_names=["绿色工厂"], words=(f"词{next(_numbers)}",))).filter


def a_word() -> Word:
    return Word.objects.create(text=f"自定{next(_numbers)}")


def a_list() -> List:
    row = List.objects.create(name=f"咨询公司 {next(_numbers)}", filter=a_filter())
    join(row, person(), START, cadence=Cadence.DAILY)
    return row


def a_subscriber() -> Subscriber:
    """With contacts, a subscription of their own and one by a list."""
    row = person(wechat=True)
    wish(row, spec("淮北市", topic_names=["绿色工厂"]))
    join(a_list(), row, START, cadence=Cadence.WEEKLY)
    return row


def a_subscription() -> Subscription:
    return wish(person(), spec("余姚市", words=(f"词{next(_numbers)}",)))


def a_contact() -> Contact:
    return person().contacts.get()


def a_consent() -> Consent:
    return a_contact().consents.get()


def a_delivery() -> Delivery:
    """Sent, with an item that says which filter it met."""
    told = a_notice()
    row = Delivery.objects.create(
        key=f"digest:{next(_numbers)}", kind="digest", contact=a_contact(), channel="email", cadence="daily",
        slot="2019-10-25", template_version="x", composed_at=START, state="sent", settled_at=START,
        outcome="250 OK", result="accepted",
    )  # fmt: skip
    a_receipt(row)
    DeliveryItem.objects.create(
        delivery=row, notice=told, change="new", revision=told.revisions.get(), reading=told.reading,
        deadline=told.deadlines.get(), filters=f"{a_filter().pk},{a_filter().pk}",
    )  # fmt: skip
    return row


def a_receipt(row: Delivery | None = None) -> Receipt:
    return Receipt.objects.create(
        key=f"receipt {next(_numbers)}", channel="email", contact=row.contact if row else a_contact(),
        delivery=row, verdict="full", said="552 5.2.2 Mailbox full", at=START, taken_at=START,
    )  # fmt: skip


def a_lane() -> Lane:
    return Lane.objects.create(name=f"email:d{next(_numbers)}.example", rests_until=9e9, why="451 稍后")


def a_soft_bounce() -> SoftBounce:
    return SoftBounce.objects.create(
        contact=a_contact(), ailment="full", day=START.date(), said="552 Mailbox full", at=START
    )


def an_alarm() -> Alarm:
    return Alarm.objects.create(said=f"没有编发：{next(_numbers)}", raised_at=START, seen_at=START)


def a_staff_letter() -> StaffLetter:
    return StaffLetter.objects.create(
        address="zhiban@kuaixun.example",
        subject=f"来源异常 {next(_numbers)}",
        text="找不到列表",
        composed_at=START,
    )


def a_run() -> Run:
    return Run.objects.create(name=f"daily:{next(_numbers)}", cut_at=START, composed_at=START)


def a_change() -> Change:
    return Change.objects.create(notice=a_notice(), by=a_notice(), how="extends", at=START, urgent=True)


def a_reminder() -> Reminder:
    return Reminder.objects.create(deadline=a_deadline(), days=3, due_on=date(2019, 10, 25))


def an_own_topic() -> OwnTopic:
    return OwnTopic.objects.create(name=f"低空经济 {next(_numbers)}", parent=10)


def a_term() -> Term:
    return Term.objects.create(topic=11, text=f"超级工厂{next(_numbers)}")


MAKERS: dict[type[Model], Callable[[], Model]] = {
    Source: a_source,
    Notice: a_notice,
    Incident: an_incident,
    Attachment: an_attachment,
    Item: an_item,
    Proving: a_proving,
    OwnTopic: an_own_topic,
    Term: a_term,
    Deadline: a_deadline,
    Subscriber: a_subscriber,
    Contact: a_contact,
    Filter: a_filter,
    Subscription: a_subscription,
    List: a_list,
    Word: a_word,
    Consent: a_consent,
    Delivery: a_delivery,
    Receipt: a_receipt,
    Lane: a_lane,
    SoftBounce: a_soft_bounce,
    Alarm: an_alarm,
    Run: a_run,
    StaffLetter: a_staff_letter,
    Change: a_change,
    Reminder: a_reminder,
}
