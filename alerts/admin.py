"""Deliveries, reminders, changes and slots, for staff; and a notice's matches on its page."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.utils.timezone import localtime

from alerts import explain_page, filter_admin, pace, wording  # noqa: F401 filter_admin registers its page
from alerts.models import (
    Alarm,
    Change,
    Delivery,
    DeliveryItem,
    Lane,
    Match,
    Outgoing,
    Receipt,
    Reminder,
    Run,
    SoftBounce,
    StaffLetter,
    State,
)
from alerts.wording_of_keys import own_words, region_key_words, topic_words
from config.clock import SHANGHAI, machine_now
from config.read_only import ReadOnly, link, table
from notices.admin import NoticeAdmin
from notices.models import Notice
from subscribers.admin import SubscriberAdmin
from subscribers.models import Cadence, Filter, Subscriber

SHOWN = 100
SENDING = (
    "standing", "result", "attempts", "outcome", "settled_at", "provider_id", "sender", "heard"
)  # fmt: skip


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, admin.ModelAdmin):
    """Every message, where it stands, and what it says of which notice."""

    list_display = ("key", "kind", "address", "standing", "result", "composed", "said")
    list_filter = ("state", "outgoing__state", "result", "kind", "channel", "composed_at")
    search_fields = ("key", "contact__address", "contact__subscriber__name", "items__notice__title")
    date_hierarchy = "composed_at"
    fieldsets = (
        (None, {"fields": ("key", "kind", "recipient", "channel", "rhythm", "slot", "composed_at")}),
        ("发送", {"fields": SENDING}),
        ("内容", {"fields": ("template_version", "says")}),
    )
    readonly_fields = ("recipient", "rhythm", "says", "heard", "standing", "sender")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        return super().get_queryset(request).select_related("contact__subscriber", "outgoing")

    @admin.display(description="状态", ordering="state")
    def standing(self, delivery: Delivery) -> str:
        return str(State(delivery.standing).label)

    @admin.display(description="持有者")
    def sender(self, delivery: Delivery) -> str:
        return getattr(delivery, "outgoing", Outgoing()).lease_owner

    @admin.display(description="地址", ordering="contact__address")
    def address(self, delivery: Delivery) -> str:
        return delivery.contact.address

    @admin.display(description="编成", ordering="composed_at")
    def composed(self, delivery: Delivery) -> str:
        return short_time(delivery.composed_at)

    @admin.display(description="了结", ordering="settled_at")
    def settled(self, delivery: Delivery) -> str:
        return short_time(delivery.settled_at)

    @admin.display(description="对方答复")
    def said(self, delivery: Delivery) -> str:
        return Truncator(delivery.outcome).chars(60)

    @admin.display(description="其后的回执")
    def heard(self, delivery: Delivery) -> str:
        rows = delivery.receipts.order_by("pk")
        return table(
            ("收到", "结论", "原文"),
            [(short_time(row.at), heard_words(row.verdict), row.said) for row in rows],
        )

    @admin.display(description="收件人")
    def recipient(self, delivery: Delivery) -> str:
        return link(delivery.contact.subscriber, f"{delivery.contact.subscriber} · {delivery.contact}")

    @admin.display(description="频率")
    def rhythm(self, delivery: Delivery) -> str:
        return str(Cadence(delivery.cadence).label) if delivery.cadence else ""

    @admin.display(description="条目")
    def says(self, delivery: Delivery) -> str:
        items = list(delivery.items.select_related("notice", "revision", "reading", "deadline"))
        filters = Filter.objects.in_bulk({number for item in items for number in _met(item)})
        rows = [_item_row(item, [filters[n] for n in _met(item) if n in filters]) for item in items]
        return table(("通知", "变更", "版本", "截止", "命中的条件"), rows)


def heard_words(verdict: str) -> str:
    """A verdict in Chinese; WeChat's own word where it is a new one."""
    return wording.VERDICTS.get(verdict, verdict)


def short_time(moment: datetime | None) -> str:
    """10-25 08:30 in Shanghai; nothing for what has not come."""
    return f"{localtime(moment):%m-%d %H:%M}" if moment else ""


def _met(item: DeliveryItem) -> list[int]:
    """The ids of the filters that the notice met for this person."""
    return [int(number) for number in item.filters.split(",") if number]


def _item_row(item: DeliveryItem, filters: Iterable[Filter]) -> tuple[object, ...]:
    return (
        link(item.notice),
        item.change,
        f"第 {item.revision.number} 版" if item.revision else "",
        item.deadline or "",
        "；".join(map(str, filters)),
    )


class NoticeWithMatches(NoticeAdmin):
    """The notice's page, with whom it was matched to. It stands here since notices know no filter."""

    fields = (*NoticeAdmin.fields, "met_by", "why")
    readonly_fields = (*NoticeAdmin.readonly_fields, "met_by", "why")

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(explain_page.show)
        return [path("explain/", page, name=explain_page.NAME), *super().get_urls()]

    @admin.display(description="谁收到了")
    def why(self, notice: Notice) -> str:
        return explain_page.link_to("某人为何收到或没有收到这条通知", notice=notice.pk)

    @admin.display(description="命中")
    def met_by(self, notice: Notice) -> str:
        matches = list(Match.objects.filter(notice=notice).select_related("filter")[: SHOWN + 1])
        words = own_words(match.topic for match in matches)
        rows: list[tuple[object, ...]] = [
            (
                link(match.filter),
                region_key_words(match.region_key),
                topic_words(match.topic, words),
                short_time(match.matched_at),
            )
            for match in matches[:SHOWN]
        ]
        if len(matches) > SHOWN:
            rows.append((f"只列出前 {SHOWN} 条", "", "", ""))
        return table(("条件", "因地区", "因主题", "时间"), rows)


class SubscriberWithReasons(SubscriberAdmin):
    """The person's page, with the way to why they got something or not; subscribers know no alerts."""

    fields = (*SubscriberAdmin.fields, "why")
    readonly_fields = (*SubscriberAdmin.readonly_fields, "why")

    @admin.display(description="收到了什么")
    def why(self, subscriber: Subscriber) -> str:
        if not subscriber.pk:
            return ""
        return explain_page.link_to("此人为何收到或没有收到某条通知", subscriber=subscriber.pk)


admin.site.unregister(Notice)
admin.site.register(Notice, NoticeWithMatches)
admin.site.unregister(Subscriber)
admin.site.register(Subscriber, SubscriberWithReasons)


@admin.register(Alarm)
class AlarmAdmin(ReadOnly, admin.ModelAdmin):
    """What the proof found overdue, and when it was well again."""

    list_display = ("said", "raised_at", "seen_at", "over_at")
    list_filter = (("over_at", admin.EmptyFieldListFilter), "raised_at")
    ordering = ("-raised_at",)


@admin.register(StaffLetter)
class StaffLetterAdmin(ReadOnly, admin.ModelAdmin):
    """What staff were told by mail, and whether it got there."""

    list_display = ("subject", "address", "state", "composed_at", "settled_at", "outcome")
    list_filter = ("state", "composed_at")
    search_fields = ("subject", "address", "text")
    fields = ("address", "subject", "text", "composed_at", "state", "attempts", "settled_at", "outcome")
    ordering = ("-id",)


@admin.register(Lane)
class LaneAdmin(ReadOnly, admin.ModelAdmin):
    """Channels and mail domains: which rest after trouble, and how far those with a pace are booked."""

    list_display = ("name", "resting", "why", "pace", "booked")
    search_fields = ("name",)
    fields = ("name", "resting", "why", "pace", "booked")

    @admin.display(description="因故歇至", ordering="rests_until")
    def resting(self, lane: Lane) -> str:
        return ahead(lane.rests_until)

    @admin.display(description="每秒几条")
    def pace(self, lane: Lane) -> str:
        rate = pace.rates().get(lane.name)
        return f"{rate:g}" if rate else "不限"

    @admin.display(description="已排到", ordering="next_at")
    def booked(self, lane: Lane) -> str:
        return ahead(lane.next_at)


def ahead(machine: float) -> str:
    """A moment of the machine's clock that is still to come; else nothing."""
    return f"{datetime.fromtimestamp(machine, SHANGHAI):%m-%d %H:%M:%S}" if machine > machine_now() else ""


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly, admin.ModelAdmin):
    """Mails that came back, and what WeChat said later."""

    list_display = ("heard", "contact", "meant", "delivery", "said", "done")
    fields = ("channel", "contact", "delivery", "provider_id", "meant", "said", "at", "taken_at")
    list_filter = ("channel", "verdict", "at")
    list_select_related = ("contact", "delivery")
    search_fields = ("contact__address", "delivery__key", "said")

    @admin.display(description="收到", ordering="at")
    def heard(self, receipt: Receipt) -> str:
        return short_time(receipt.at)

    @admin.display(description="结论", ordering="verdict")
    def meant(self, receipt: Receipt) -> str:
        return heard_words(receipt.verdict)

    @admin.display(description="处理", ordering="taken_at")
    def done(self, receipt: Receipt) -> str:
        return short_time(receipt.taken_at)


@admin.register(SoftBounce)
class SoftBounceAdmin(ReadOnly, admin.ModelAdmin):
    """On which days a contact refused for the time being; alerts.ladder says after how many it is stopped."""

    list_display = ("day", "contact", "ailment", "said")
    list_filter = ("ailment", "day")
    list_select_related = ("contact",)
    search_fields = ("contact__address",)


@admin.register(Run)
class RunAdmin(ReadOnly, admin.ModelAdmin):
    """The slots that were composed."""

    list_display = ("name", "cut_at", "composed_at")
    search_fields = ("name",)
    ordering = ("-cut_at",)


@admin.register(Change)
class ChangeAdmin(ReadOnly, admin.ModelAdmin):
    """What follow-ups were told about."""

    list_display = ("notice", "how", "old_on", "new_on", "by", "urgent", "at")
    list_filter = ("how", "urgent", "at")
    list_select_related = ("notice", "by")
    search_fields = ("notice__title", "by__title")
    date_hierarchy = "at"


@admin.register(Reminder)
class ReminderAdmin(ReadOnly, admin.ModelAdmin):
    """The reminders that are due and those that were."""

    list_display = ("due_on", "days", "deadline", "notice", "done_at")
    list_filter = (("done_at", admin.EmptyFieldListFilter), "days", "due_on")
    list_select_related = ("deadline__notice",)
    search_fields = ("deadline__notice__title", "deadline__what")
    date_hierarchy = "due_on"

    @admin.display(description="通知")
    def notice(self, reminder: Reminder) -> str:
        return str(reminder.deadline.notice)
