"""Who wants what: people, contacts with their consent, filters, subscriptions, lists."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from subscribers import lead_days


class Channel(models.TextChoices):
    """How a person can be reached."""

    EMAIL = "email", "邮件"
    WECHAT = "wechat", "微信"


class Cadence(models.TextChoices):
    """When a match is told."""

    AT_ONCE = "at_once", "即时"
    DAILY = "daily", "每日摘要"
    WEEKLY = "weekly", "每周摘要"
    REMINDERS = "reminders", "只收提醒"


class Weekday(models.IntegerChoices):
    """The day of a weekly digest, numbered as ISO 8601 does."""

    MONDAY = 1, "周一"
    TUESDAY = 2, "周二"
    WEDNESDAY = 3, "周三"
    THURSDAY = 4, "周四"
    FRIDAY = 5, "周五"
    SATURDAY = 6, "周六"
    SUNDAY = 7, "周日"


class Subscriber(models.Model):
    """A person."""

    name = models.CharField("姓名", max_length=100)
    organisation = models.CharField("单位", max_length=200, blank=True)
    created_at = models.DateTimeField("登记时间")
    paused_until = models.DateTimeField("暂停至", null=True, blank=True)
    # When a pause was ended before its time: what came meanwhile is due from then on.
    resumed_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField("已删除个人信息", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "订户"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name}（{self.organisation}）" if self.organisation else self.name


def new_leave_token() -> str:
    """128 random bits in 22 URL-safe characters; independent of the secret key (DESIGN 6.8)."""
    return secrets.token_urlsafe(16)


class Contact(models.Model):
    """An address of a person on one channel. Told only while confirmed, not suppressed, not left."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="contacts", verbose_name="订户")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    address = models.CharField("地址", max_length=254, help_text="邮件地址或微信 openid")
    reachable_since = models.DateTimeField(
        "可用自", null=True, blank=True, help_text="确认之时，或解除停发之时；此前的命中不补发"
    )
    # Double opt-in: the mail that asks is composed once for each asking (alerts.confirming).
    asked_at = models.DateTimeField("请求确认时间", null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True, editable=False)
    suppressed_at = models.DateTimeField("停发时间", null=True, blank=True)
    suppressed_why = models.TextField("停发原因", blank=True)
    left_at = models.DateTimeField("退订时间", null=True, blank=True)
    leave_token = models.CharField(max_length=22, unique=True, default=new_leave_token, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "联系方式"
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address"], condition=Q(left_at=None), name="contact_address_once"
            ),
            models.UniqueConstraint(
                fields=["subscriber", "channel"],
                condition=Q(left_at=None),
                name="contact_one_per_channel",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], name="contact_asked", condition=Q(reachable_since=None, left_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.address}"


class LeaveToken(models.Model):
    """The way out, for ever: survives the erasure of its contact as a hash."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "退订凭证"


class Consent(models.Model):
    """That a person agreed (or withdrew), when, and by which way."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="consents", verbose_name="联系方式")
    given = models.BooleanField("同意")
    at = models.DateTimeField("时间")
    how = models.CharField("方式", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "同意记录"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{'同意' if self.given else '退订'}：{self.how}"


class Word(models.Model):
    """A subscriber's own word: a topic shared by all who use it. Its topic id is OWN_WORDS + pk."""

    OWN_WORDS = 1_000_000

    text = models.CharField("词", max_length=60, unique=True)
    # Older notices were not looked through for it; empty: from the beginning.
    known_since = models.DateTimeField("登记时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "自定词"

    def __str__(self) -> str:
        return self.text

    @property
    def topic(self) -> int:
        """The topic id that stands for this word in filter pairs."""
        return self.OWN_WORDS + self.pk


class Filter(models.Model):
    """What to match. Equal filters are one row; a row never changes (subscribers.filters)."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    spec = models.JSONField("条件", editable=False)
    kinds_mask = models.PositiveIntegerField(editable=False)
    verify = models.BooleanField(
        "逐条核对", default=False, editable=False, help_text="键所不能表达：词、排除、不含地区"
    )
    created_at = models.DateTimeField("建立时间")
    # Notices seen since then have met it; empty: since `created_at`. Set back by alerts.starting.
    matched_from = models.DateTimeField(null=True, editable=False)

    # Of the object that `filters.find_or_make` gives: whether nobody had asked for it before.
    is_new = False

    class Meta:
        verbose_name = verbose_name_plural = "条件"

    def __str__(self) -> str:
        # filters.py builds on these models, so it can only be imported once they exist.
        from subscribers.filters import FilterSpec, describe  # noqa: PLC0415

        return describe(FilterSpec.from_json(self.spec))


class FilterPair(models.Model):
    """One (region key, topic) that a filter asks for; 0 stands for any (DESIGN section 5)."""

    pk = models.CompositePrimaryKey("region_key", "topic", "filter_id")
    region_key = models.PositiveIntegerField()
    topic = models.PositiveIntegerField()
    filter = models.ForeignKey(Filter, models.CASCADE, related_name="pairs")


class List(models.Model):
    """A named group that staff keep, with or without a filter."""

    name = models.CharField("名称", max_length=100, unique=True)
    filter = models.ForeignKey(
        Filter, models.PROTECT, null=True, blank=True, related_name="lists", verbose_name="条件"
    )
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "名单"

    def __str__(self) -> str:
        return self.name


class Wish(models.Model):
    """How someone wants to be told: shared by subscriptions and memberships."""

    cadence = models.CharField("频率", max_length=10, choices=Cadence.choices)
    weekday = models.PositiveSmallIntegerField(
        "周几", choices=Weekday.choices, default=Weekday.MONDAY, help_text="每周摘要在周几发"
    )
    workdays_only = models.BooleanField("只在工作日", default=False, help_text="摘要遇节假日并入下一个工作日")
    by_email = models.BooleanField("邮件", default=True)
    by_wechat = models.BooleanField("微信", default=False)
    lead_days = models.CharField(
        "提醒", max_length=40, blank=True, help_text="截止前几天提醒，如 7,3,1；空为默认，“无”为不提醒"
    )
    lead_mask = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Days ahead must be readable."""
        try:
            lead_days.parse(self.lead_days)
        except ValueError as error:
            raise ValidationError({"lead_days": str(error)}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the mask, which SQL asks, true to the words, which people write."""
        self.lead_mask = lead_days.parse(self.lead_days)
        super().save(*args, **kwargs)

    @property
    def rhythm(self) -> str:
        """How often, in words: 即时, 每日摘要, 工作日摘要, 每周四摘要, 每周四摘要（遇节假日顺延）."""
        if self.cadence == Cadence.WEEKLY:
            put_off = "（遇节假日顺延）" if self.workdays_only else ""
            return f"每{Weekday(self.weekday).label}摘要{put_off}"
        if self.cadence == Cadence.DAILY and self.workdays_only:
            return "工作日摘要"
        return str(Cadence(self.cadence).label)

    @property
    def terms(self) -> dict[str, Any]:
        """The wish alone, to be carried over to another row."""
        return {name: getattr(self, name) for name in WISH_FIELDS}


WISH_FIELDS = ("cadence", "weekday", "workdays_only", "by_email", "by_wechat", "lead_days")


class Membership(Wish):
    """A subscriber's place in a list, with a cadence of its own, from a moment to a moment."""

    list = models.ForeignKey(List, models.CASCADE, related_name="memberships", verbose_name="名单")
    subscriber = models.ForeignKey(
        Subscriber, models.CASCADE, related_name="memberships", verbose_name="订户"
    )
    began_at = models.DateTimeField("始于")
    ended_at = models.DateTimeField("止于", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "名单成员"
        constraints = [
            models.UniqueConstraint(
                fields=["list", "subscriber"], condition=Q(ended_at=None), name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.list} · {self.subscriber}"


class Subscription(Wish):
    """A subscriber's use of a filter, from a moment to a moment; `list` when it comes of a membership.

    An edit ends one row as `moved` and begins another, so that pending matches are kept and older
    ones are not inherited (DESIGN section 5).
    """

    subscriber = models.ForeignKey(
        Subscriber, models.CASCADE, related_name="subscriptions", verbose_name="订户"
    )
    filter = models.ForeignKey(Filter, models.PROTECT, related_name="subscriptions", verbose_name="条件")
    list = models.ForeignKey(
        List, models.CASCADE, null=True, blank=True, related_name="subscriptions", verbose_name="名单"
    )
    began_at = models.DateTimeField("始于")
    ended_at = models.DateTimeField("止于", null=True, blank=True)
    # An edit that leaves the filter alone keeps the day from which it counts, and with it the reminders.
    since = models.DateTimeField("计自", null=True, blank=True, editable=False, help_text="空：同“始于”")
    moved = models.BooleanField("因修改而止", default=False, editable=False)
    with_last_week = models.BooleanField(
        "以最近一周开头", default=False, help_text="开始时补发最近七天的通知；只在新建时有用"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "订阅"
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "filter"],
                condition=Q(ended_at=None, list=None),
                name="subscription_once",
            ),
            models.UniqueConstraint(
                fields=["subscriber", "filter", "list"],
                condition=Q(ended_at=None) & ~Q(list=None),
                name="subscription_once_per_list",
            ),
        ]
        indexes = [
            models.Index(fields=["filter", "subscriber"], name="subscription_by_filter"),
            models.Index(fields=["filter"], name="subscription_edited", condition=Q(moved=True)),
            models.Index(
                fields=["filter"],
                name="subscription_starting",
                condition=Q(with_last_week=True, ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} · {self.filter}"
