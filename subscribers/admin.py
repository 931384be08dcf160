"""People, their contacts and wishes, lists and filters, for staff."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from import_export import resources
from simple_history.admin import SimpleHistoryAdmin

from config.clock import business_now
from config.read_only import ReadOnly
from notices.lexicon import regions, topics
from notices.lexicon.kinds import KIND_NAMES, Kind
from notices.lexicon.normal import normalise
from notices.lexicon.region_keys import key
from notices.source_admin import ChineseTables
from subscribers import contacts, subscribing
from subscribers.erasing_admin import ErasesOnRequest
from subscribers.filters import FilterSpec
from subscribers.models import WISH_FIELDS, Consent, Contact, Filter, List, Subscriber, Subscription, Word
from subscribers.staff_inlines import (
    BeginsAndEnds,
    ConsentInline,
    ContactForm,
    ContactInline,
    MemberInline,
    MembershipInline,
    SubscriptionForm,
    SubscriptionInline,
    begin,
    end,
)


class SubscriberTable(resources.ModelResource):
    """People as a table for import and export. Contacts are not in it: each needs a consent of its own."""

    class Meta:
        model = Subscriber
        fields = ("id", "name", "organisation")
        export_order = fields
        skip_unchanged = True

    def init_instance(self, row: Any = None) -> Subscriber:  # noqa: ARG002, import-export's signature
        """A person who was not known before is registered now."""
        return Subscriber(created_at=business_now())


@admin.register(Subscriber)
class SubscriberAdmin(BeginsAndEnds, ErasesOnRequest, ChineseTables, SimpleHistoryAdmin):
    """A person with contacts, subscriptions and lists."""

    resource_classes = (SubscriberTable,)
    list_display = (
        "name",
        "organisation",
        "contact_count",
        "subscription_count",
        "paused_until",
        "created_at",
    )
    list_filter = (("paused_until", admin.EmptyFieldListFilter), "contacts__channel")
    search_fields = ("name", "organisation", "contacts__address")
    fields: tuple[str, ...] = ("name", "organisation", "paused_until", "created_at", "erased_at")
    readonly_fields: tuple[str, ...] = ("created_at", "erased_at")
    inlines = (ContactInline, SubscriptionInline, MembershipInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscriber]:
        open_rows = Q(subscriptions__ended_at=None, subscriptions__isnull=False)
        return (
            super()
            .get_queryset(request)
            .annotate(
                contact_total=Count("contacts", Q(contacts__left_at=None), distinct=True),
                subscription_total=Count("subscriptions", open_rows, distinct=True),
            )
        )

    def save_model(self, request: HttpRequest, obj: Subscriber, form: Any, change: bool) -> None:
        if not change:
            obj.created_at = business_now()
        elif "paused_until" in form.changed_data:
            obj.resumed_at = business_now()
        super().save_model(request, obj, form, change)

    @admin.display(description="联系方式", ordering="contact_total")
    def contact_count(self, subscriber: Subscriber) -> int:
        return int(subscriber.contact_total)  # type: ignore[attr-defined]

    @admin.display(description="订阅", ordering="subscription_total")
    def subscription_count(self, subscriber: Subscriber) -> int:
        return int(subscriber.subscription_total)  # type: ignore[attr-defined]


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):
    """An address; once registered it is suppressed, restored or left, never typed over."""

    form = ContactForm
    list_display = ("address", "channel", "subscriber", "reachable_since", "suppressed_at", "left_at")
    list_filter = (
        "channel",
        ("suppressed_at", admin.EmptyFieldListFilter),
        ("left_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("subscriber",)
    search_fields = ("address", "subscriber__name")
    autocomplete_fields = ("subscriber",)
    actions = ("restore", "ask_again")
    inlines = (ConsentInline,)
    state = ("reachable_since", "asked_at", "suppressed_at", "suppressed_why", "left_at")

    def get_fields(self, request: HttpRequest, obj: Contact | None = None) -> tuple[str, ...]:  # noqa: ARG002
        return (*self.form.Meta.fields, *(self.state if obj else ("ask",)))

    def get_readonly_fields(self, request: HttpRequest, obj: Contact | None = None) -> tuple[str, ...]:
        return self.get_fields(request, obj) if obj else ()

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: bool) -> None:  # noqa: ARG002
        if not change:
            obj.pk = begin(obj, request).pk

    @admin.action(description="解除停发（此前的命中不补发）", permissions=["change"])
    def restore(self, request: HttpRequest, chosen: QuerySet[Contact]) -> None:
        suppressed = list(chosen.exclude(suppressed_at=None).values_list("pk", flat=True))
        for contact_id in suppressed:  # a handful, picked by hand
            contacts.restore(contact_id, business_now())
        self.message_user(request, f"已解除 {len(suppressed)} 个地址的停发。", messages.SUCCESS)

    @admin.action(description="再发一次确认邮件（一天至多一次）", permissions=["change"])
    def ask_again(self, request: HttpRequest, chosen: QuerySet[Contact]) -> None:
        ids = list(chosen.values_list("pk", flat=True))
        asked = sum(contacts.ask_again(pk, business_now()) for pk in ids)  # a handful, picked by hand
        self.message_user(
            request,
            f"将给 {asked} 个地址再发确认邮件；"
            f"其余 {len(ids) - asked} 个已确认、已退订、停发，或一天内刚发过。",
            messages.SUCCESS if asked else messages.WARNING,
        )


@admin.register(Subscription)
class SubscriptionAdmin(SimpleHistoryAdmin):
    """Who follows what; an edit ends one row and begins another (DESIGN section 5)."""

    form = SubscriptionForm
    list_display = (
        "subscriber",
        "filter",
        "cadence",
        "by_email",
        "by_wechat",
        "list",
        "began_at",
        "ended_at",
    )
    list_filter = ("cadence", "by_email", "by_wechat", ("ended_at", admin.EmptyFieldListFilter), "list")
    list_select_related = ("subscriber", "filter", "list")
    search_fields = ("subscriber__name", "subscriber__organisation", "subscriber__contacts__address")
    autocomplete_fields = ("subscriber", "filter")
    fields = ("subscriber", "filter", *WISH_FIELDS, "with_last_week", "list", "began_at", "ended_at")
    readonly_fields = ("list", "began_at", "ended_at")
    actions = ("end_now",)

    def get_readonly_fields(self, request: HttpRequest, obj: Subscription | None = None) -> tuple[str, ...]:  # noqa: ARG002
        return (*self.readonly_fields, "subscriber", "with_last_week") if obj else self.readonly_fields

    def has_change_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        """What is over stays as it was, and what came of a list is changed there."""
        closed = obj is not None and (obj.ended_at is not None or obj.list_id is not None)
        return super().has_change_permission(request, obj) and not closed

    def has_delete_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:  # noqa: ARG002
        return False

    def save_model(self, request: HttpRequest, obj: Subscription, form: Any, change: bool) -> None:
        if not change:
            begin(obj, request)
        elif form.changed_data:
            before = Subscription.objects.get(pk=obj.pk)
            spec = FilterSpec.from_json(obj.filter.spec)
            obj.pk = subscribing.edit(before, spec, business_now(), **obj.terms).pk

    @admin.action(description="自此结束所选订阅", permissions=["change"])
    def end_now(self, request: HttpRequest, chosen: QuerySet[Subscription]) -> None:
        running = list(chosen.filter(ended_at=None))
        for subscription in running:  # a handful, picked by hand
            end(subscription)
        self.message_user(request, f"已结束 {len(running)} 个订阅。", messages.SUCCESS)


@admin.register(List)
class ListAdmin(BeginsAndEnds, admin.ModelAdmin):
    """A named group, its filter and its members."""

    list_display = ("name", "filter", "member_count", "note")
    list_select_related = ("filter",)
    search_fields = ("name", "note")
    autocomplete_fields = ("filter",)
    inlines = (MemberInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[List]:
        members = Q(memberships__ended_at=None, memberships__isnull=False)
        return super().get_queryset(request).annotate(member_total=Count("memberships", members))

    def save_model(self, request: HttpRequest, obj: List, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "filter" in form.changed_data:
            spec = FilterSpec.from_json(obj.filter.spec) if obj.filter else None
            subscribing.set_list_filter(obj, spec, business_now())

    @admin.display(description="成员", ordering="member_total")
    def member_count(self, list_: List) -> int:
        return int(list_.member_total)  # type: ignore[attr-defined]


@admin.register(Filter)
class FilterAdmin(ReadOnly, admin.ModelAdmin):
    """What can be followed. A filter's row never changes; a search takes names of regions, topics, words."""

    list_display = ("__str__", "kinds", "verify", "follower_count", "created_at")
    list_filter = ("verify",)
    search_fields = ("digest",)  # asked for by autocompletion; the search itself is below
    search_help_text = "地区、主题或自定词的名称，用空格隔开，如：浙江省 绿色工厂"
    ordering = ("id",)
    fields = ("description", "kinds", "verify", "follower_count", "created_at")
    readonly_fields = ("description", "kinds", "follower_count")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Filter]:
        followers = Q(subscriptions__ended_at=None, subscriptions__isnull=False)
        return super().get_queryset(request).annotate(follower_total=Count("subscriptions", followers))

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002, Django's signature
        queryset: QuerySet[Filter],
        search_term: str,
    ) -> tuple[QuerySet[Filter], bool]:
        """Filters that name every one of the given regions, topics and words."""
        for name in search_term.split():
            queryset = queryset.filter(pk__in=filters_naming(name))
        return queryset, False

    @admin.display(description="条件")
    def description(self, filter_: Filter) -> str:
        return str(filter_)

    @admin.display(description="类别")
    def kinds(self, filter_: Filter) -> str:
        return "、".join(KIND_NAMES[kind] for kind in Kind if filter_.kinds_mask & kind.bit)

    @admin.display(description="在用订阅", ordering="follower_total")
    def follower_count(self, filter_: Filter) -> int:
        return int(filter_.follower_total)  # type: ignore[attr-defined]


def filters_naming(name: str) -> QuerySet[Filter, int]:
    """The ids of filters that ask for a region, topic or word of this name."""
    named = Q(pairs__topic__in=[word.topic for word in Word.objects.filter(text=normalise(name))])
    region = regions.find(name)
    if region is not None:
        named |= Q(pairs__region_key__in=[key("d", region), key("s", region)])
    named |= Q(pairs__topic__in=[topic.id for topic in topics.all_topics() if topic.name == name])
    return Filter.objects.filter(named).values_list("pk", flat=True)


@admin.register(Word)
class WordAdmin(ReadOnly, admin.ModelAdmin):
    """Subscribers' own words."""

    list_display = ("text",)
    search_fields = ("text",)
    ordering = ("text",)


@admin.register(Consent)
class ConsentAdmin(ReadOnly, admin.ModelAdmin):
    """The record of who agreed to be told, and who took it back."""

    list_display = ("contact", "given", "at", "how")
    list_filter = ("given", "at")
    list_select_related = ("contact",)
    search_fields = ("contact__address", "contact__subscriber__name", "how")
    date_hierarchy = "at"
