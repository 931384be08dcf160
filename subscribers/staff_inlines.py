"""The parts of staff pages where contacts, subscriptions and memberships begin and end.

All of it goes through `contacts` and `subscribing`, so that consent, the way out and moments in time are kept
as everywhere else.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from config.clock import business_now
from config.read_only import ReadOnly
from subscribers import contacts, subscribing
from subscribers.models import WISH_FIELDS, Channel, Consent, Contact, Membership, Subscription


def taken(words: str) -> dict[str, dict[str | None, str]]:
    """What a form says where a constraint stands in the way; Django names the constraint, with no code."""
    return {NON_FIELD_ERRORS: {None: words}}


class CheckedWhileOpen(forms.ModelForm):
    """Checks the constraints that hold for open rows, though the form has no field for when a row closed."""

    closing = ("left_at", "ended_at", "list")

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - set(self.closing)  # type: ignore[misc]


class SubscriptionForm(CheckedWhileOpen):
    """A new subscription; a person follows a filter once."""

    class Meta:
        error_messages = taken("此人已订阅这个条件；请改原有的那一条，或先结束它")


class MembershipForm(CheckedWhileOpen):
    """A new membership; a person is on a list once."""

    class Meta:
        error_messages = taken("此人已在这个名单上")


class ContactForm(CheckedWhileOpen):
    """A new contact: an e-mail address must be one, nobody else's, and a person has one per channel."""

    ask = forms.BooleanField(
        label="发确认邮件",
        required=False,
        initial=True,
        help_text="本人在邮件里确认之前，不发其他任何消息；不勾即表示已另行取得本人同意",
    )

    class Meta:
        model = Contact
        fields = ("subscriber", "channel", "address")
        error_messages = taken("这个地址已经登记，或此人在这个渠道已有地址")

    def clean(self) -> dict[str, Any]:
        """The form's values; in Chinese what is wrong with an address."""
        values = super().clean() or self.cleaned_data
        self.instance.ask = bool(values.get("ask")) and values.get("channel") == Channel.EMAIL
        if values.get("channel") == Channel.EMAIL and values.get("address"):
            try:
                validate_email(values["address"])
            except ValidationError:
                self.add_error("address", "这不是能收信的邮件地址；@ 前只能是英文字母、数字和常用符号")
        return values


def begin(row: models.Model, request: HttpRequest) -> models.Model:
    """Starts a contact, membership or subscription that staff typed in, as of now; the row as it was kept."""
    now = business_now()
    if isinstance(row, Contact) and getattr(row, "ask", False):
        return contacts.add_unconfirmed(row.subscriber, row.address, now)
    if isinstance(row, Contact):
        how = f"工作人员登记：{request.user.get_username()}"
        return contacts.add_confirmed(row.subscriber, Channel(row.channel), row.address, now, how)
    if isinstance(row, Membership):
        return subscribing.join(row.list, row.subscriber, now, **row.terms)
    if isinstance(row, Subscription):
        row.began_at = now
        row.since = now - subscribing.LAST_WEEK if row.with_last_week else None
    row.save()
    return row


def end(row: models.Model) -> None:
    """Ends what staff ticked for deletion: rows in time are closed, never erased."""
    if isinstance(row, Membership):
        subscribing.drop(row, business_now())
    elif isinstance(row, Subscription):
        subscribing.unsubscribe(row, business_now())


class BeginsAndEnds:
    """Mixed into admins whose inlines are rows in time."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: ARG002
        formset.save(commit=False)
        for row in formset.deleted_objects:
            end(row)
        for row in formset.new_objects:
            begin(row, request)


class OpenRows(admin.TabularInline):
    """Rows still in force: more can be added, and ticking 删除 ends one as of now."""

    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(ended_at=None)


class ContactInline(admin.TabularInline):
    """How the person is reached; an address is never changed, since its consent was for it."""

    model = Contact
    form = ContactForm
    extra = 0
    can_delete = False
    show_change_link = True
    fields = ("channel", "address", "ask", "reachable_since", "suppressed_at", "suppressed_why", "left_at")
    readonly_fields = fields[3:]

    @admin.display(description="发确认邮件")
    def ask(self, contact: Contact) -> str:
        """What became of the mail, in place of the tick that a new row has."""
        if contact.asked_at is None:
            return "未发"
        return "已确认" if contact.confirmed_at else "已发，等本人确认"

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False


class SubscriptionInline(OpenRows):
    """What the person follows now, through filters of their own or of a list."""

    model = Subscription
    form = SubscriptionForm
    verbose_name_plural = "订阅（勾选“删除”即自此结束）"
    fields = ("filter", "through", *WISH_FIELDS, "with_last_week", "began_at")
    readonly_fields = ("through", "began_at")
    autocomplete_fields = ("filter",)
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        return super().get_queryset(request).select_related("filter", "list", "subscriber")

    @admin.display(description="来自名单")
    def through(self, subscription: Subscription) -> str:
        return str(subscription.list or "")


class MembershipInline(OpenRows):
    """The lists that the person is on."""

    model = Membership
    form = MembershipForm
    verbose_name_plural = "名单（勾选“删除”即自此退出）"
    fields = ("list", *WISH_FIELDS, "began_at")
    readonly_fields = ("began_at",)
    autocomplete_fields = ("list",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("list", "subscriber")


class MemberInline(MembershipInline):
    """The same from the list's side."""

    verbose_name_plural = "成员（勾选“删除”即自此退出）"
    fields = ("subscriber", *WISH_FIELDS, "began_at")
    autocomplete_fields = ("subscriber",)


class ConsentInline(ReadOnly, admin.TabularInline):
    """What the owner agreed to, and when."""

    model = Consent
    fields = ("given", "at", "how")
    readonly_fields = fields
