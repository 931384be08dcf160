"""What we tell whom: matches, told rows and the delivery ledger (DESIGN section 6)."""

from django.db import models

from notices.models import Deadline, Notice, Reading, Revision
from subscribers.models import Channel, Contact, Subscriber


class DeliveryKind(models.TextChoices):
    """The kinds of delivery (DESIGN section 2)."""

    ALERT = "alert", "即时"
    DIGEST = "digest", "摘要"
    REMINDER = "reminder", "提醒"
    FOLLOW_UP = "follow_up", "后续"
    CONFIRM = "confirm", "确认地址"
    STOPPED = "stopped", "停发告知"


class State(models.TextChoices):
    """Where a delivery stands. `queued` is open, and `claimed` while somebody sends it; the rest is final."""

    QUEUED = "queued", "待发"
    CLAIMED = "claimed", "发送中"
    SENT = "sent", "已交付"
    REFUSED = "refused", "被拒"
    CANCELLED = "cancelled", "已取消"


# Who looks for what is being sent looks among what is outgoing.
OF_DELIVERIES = [(state.value, state.label) for state in State if state != State.CLAIMED]
OF_OUTGOING = [(state.value, state.label) for state in (State.QUEUED, State.CLAIMED)]


class Result(models.TextChoices):
    """How far a message came, or what stands in its way (alerts.outcomes)."""

    ACCEPTED = "accepted", "对方已收下"
    DELIVERED = "delivered", "已送达"
    BOUNCED = "bounced", "被退回"
    THROTTLED = "throttled", "对方要求稍后"
    CONTACT = "contact", "收件人拒收"
    TEMPLATE = "template", "模板被拒"
    CONTENT = "content", "内容被拒"
    CONFIGURATION = "configuration", "我方设置有误"
    UNKNOWN = "unknown", "不明"


class Run(models.Model):
    """That a slot was composed, once: a daily or weekly digest, or a day's reminders."""

    name = models.CharField("时段", max_length=40, primary_key=True)
    cut_at = models.DateTimeField("截取至")
    composed_at = models.DateTimeField("编成时间")

    class Meta:
        verbose_name = verbose_name_plural = "编发时段"

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """A sure change to a notice that those who were told must learn of (DESIGN 6.7)."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="changes", verbose_name="原通知")
    by = models.OneToOneField(Notice, models.CASCADE, related_name="change_made", verbose_name="变更通知")
    how = models.CharField("方式", max_length=20)
    old_on = models.DateField("原截止", null=True)
    new_on = models.DateField("新截止", null=True)
    at = models.DateTimeField("得知时间")
    urgent = models.BooleanField("立即告知")
    # Whether somebody may still have to be told of it at once (alerts.open_changes).
    is_open = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "变更"
        indexes = [models.Index(fields=["at"], name="change_open", condition=models.Q(is_open=True))]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """Its name in told rows."""
        return f"{self.how}:{self.by_id}"


class Delivery(models.Model):
    """One message to one contact, and what became of it. The key says which.

    While it is open it has a row in `Outgoing`, which says when it may go and who is sending it. No index
    names what settling writes: PostgreSQL then leaves them all alone (decision 0013).
    """

    key = models.CharField("键", max_length=80)
    kind = models.CharField("种类", max_length=10, choices=DeliveryKind.choices)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="deliveries", verbose_name="联系方式")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    cadence = models.CharField("频率", max_length=10, blank=True)
    slot = models.CharField("时段", max_length=20)
    # Which call made the row: that call alone gives it items, and lets it go out.
    composition = models.CharField(max_length=32, editable=False)
    template_version = models.CharField("模板版本", max_length=12)
    composed_at = models.DateTimeField("编成时间")
    state = models.CharField("状态", max_length=10, choices=OF_DELIVERIES, default=State.QUEUED)
    priority = models.PositiveSmallIntegerField("优先", default=5)
    # Those that came to an end; of a send that is under way `Outgoing` knows.
    attempts = models.PositiveIntegerField("次数", default=0)
    settled_at = models.DateTimeField("了结时间", null=True, blank=True)
    stands_for = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="stand_in", verbose_name="代替",
        db_index=False,
    )  # fmt: skip
    provider_id = models.CharField("对方编号", max_length=200, blank=True)
    # Rows are made by statements that do not name it.
    result = models.CharField(
        "去向", max_length=13, choices=Result.choices, blank=True, default="", db_default=""
    )
    outcome = models.TextField("结果", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "投递"
        ordering = ["-id"]
        # Asked by the proof and by retention.
        indexes = [models.Index(fields=["composed_at"], name="delivery_by_time")]
        constraints = [
            # A constraint and not `unique`, which would index the text twice on PostgreSQL.
            models.UniqueConstraint(fields=["key"], name="delivery_key_once"),
            models.UniqueConstraint(
                fields=["stands_for"],
                name="delivery_stood_for_once",
                condition=models.Q(stands_for__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None) | ~models.Q(state="queued"),
                name="delivery_open_is_unsettled",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def standing(self) -> str:
        """Its state; `claimed` while somebody holds it."""
        outgoing = getattr(self, "outgoing", None)
        return outgoing.state if outgoing else self.state


class Outgoing(models.Model):
    """An open delivery on its way out: when it may go, and who is sending it. Settling deletes it.

    What senders write over and over lies here, in few and narrow rows (decision 0013). Leases and back-off
    are on the machine's clock, seconds since the epoch: they are physical (config.clock).
    """

    # Made with the delivery, in one transaction: the database need not look that up row by row.
    delivery = models.OneToOneField(
        Delivery, models.CASCADE, primary_key=True, related_name="outgoing", verbose_name="投递",
        db_constraint=False,
    )  # fmt: skip
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    priority = models.PositiveSmallIntegerField("优先", default=5)
    state = models.CharField("发送", max_length=10, choices=OF_OUTGOING, default=State.QUEUED)
    attempts = models.PositiveIntegerField("次数", default=0)
    not_before = models.FloatField("不早于", default=0)
    lease_until = models.FloatField("租约至", default=0)
    lease_owner = models.CharField("持有者", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待发投递"
        indexes = [models.Index(fields=["channel", "priority", "delivery"], name="outgoing_in_order")]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.get_state_display()}"


class Lane(models.Model):
    """A channel, or a mail domain on it: `email`, `email:qq.com`. On the machine's clock, as leases are.

    After trouble it rests until `rests_until`; at its pace (alerts.pace) it is booked up to `next_at`.
    """

    name = models.CharField("通道", max_length=270, primary_key=True)
    rests_until = models.FloatField("歇至", default=0)
    why = models.TextField("原因", blank=True)
    next_at = models.FloatField("排到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "通道"

    def __str__(self) -> str:
        return self.name


class DeliveryItem(models.Model):
    """What a delivery says of one notice, fixed when it was composed so that a retry sends the same."""

    # Millions of rows a week, with ids from rows that compose has just read or made (decision 0013): the
    # database does not check them again. Whoever looks for a notice comes by its told rows or by a person's
    # deliveries (decision 0016). Readings and revisions are not deleted.
    pk = models.CompositePrimaryKey("delivery_id", "notice_id", "change")
    # Of an item that a letter is made of: the notice that says how it was changed (alerts.presenting).
    changed_by: Notice | None = None
    delivery = models.ForeignKey(
        Delivery,
        models.CASCADE,
        related_name="items",
        verbose_name="投递",
        db_index=False,
        db_constraint=False,
    )
    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="+", verbose_name="通知", db_index=False, db_constraint=False
    )
    change = models.CharField("变更", max_length=60)
    revision = models.ForeignKey(
        Revision, models.SET_NULL, null=True, related_name="+", verbose_name="版本", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    reading = models.ForeignKey(
        Reading, models.SET_NULL, null=True, related_name="+", verbose_name="解读", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    deadline = models.ForeignKey(
        Deadline, models.SET_NULL, null=True, related_name="+", verbose_name="截止", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    filters = models.TextField("命中的条件", blank=True, help_text="条件编号，逗号隔开")

    class Meta:
        verbose_name = verbose_name_plural = "投递条目"
        indexes = [
            models.Index(
                fields=["deadline"], name="item_by_deadline", condition=models.Q(deadline__isnull=False)
            )
        ]


class Told(models.Model):
    """(subscriber, notice, change, channel): the row that says it was said (DESIGN 6.2).

    `change` is `new`, `extends:<notice>` and the like, or `remind:<date>:<days>`.
    """

    # The only index: new rows lie together, at their notice's end. A delivery's are found by `alerts.told`.
    pk = models.CompositePrimaryKey("notice_id", "subscriber_id", "change", "channel")
    # As many rows as items, and as little checked.
    subscriber = models.ForeignKey(
        Subscriber, models.CASCADE, related_name="told", db_index=False, db_constraint=False
    )
    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="told", db_index=False, db_constraint=False
    )
    change = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    # A delivery goes after its told rows (alerts.retention): there is nothing to look for.
    delivery = models.ForeignKey(
        Delivery, models.DO_NOTHING, related_name="told", db_index=False, db_constraint=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "已告知"


class Reminder(models.Model):
    """One per deadline, days ahead and due day; its people are found when it is due (DESIGN 6.6)."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="reminders", verbose_name="截止")
    days = models.PositiveSmallIntegerField("提前天数")
    due_on = models.DateField("提醒日", db_index=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        constraints = [models.UniqueConstraint(fields=["deadline", "days"], name="reminder_once_per_lead")]

    def __str__(self) -> str:
        return f"{self.deadline} 前 {self.days} 天：{self.due_on}"


class Alarm(models.Model):
    """Something that the proof found wrong, from when it was first seen until it was found well again."""

    said = models.CharField("问题", max_length=300)
    raised_at = models.DateTimeField("发现时间")
    seen_at = models.DateTimeField("最近所见")
    over_at = models.DateTimeField("恢复时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "警报"
        constraints = [
            models.UniqueConstraint(fields=["said"], condition=models.Q(over_at=None), name="alarm_open_once")
        ]

    def __str__(self) -> str:
        return self.said


# Last: they build on deliveries, and Django looks for models here.
from alerts.indexed_models import NoticeKey, NoticeTopic, RecentNotice  # noqa: E402
from alerts.look_models import Arrival, Look, Round  # noqa: E402 - see above
from alerts.mark_models import Follow, Mark  # noqa: E402
from alerts.match_models import Match, Unfiled  # noqa: E402
from alerts.refusal_models import PairStop, Receipt, Refusal, SoftBounce  # noqa: E402
from alerts.staff_models import StaffLetter, StaffTold  # noqa: E402

__all__ = [
    "Arrival",
    "Follow",
    "Look",
    "Mark",
    "Match",
    "NoticeKey",
    "NoticeTopic",
    "PairStop",
    "Receipt",
    "RecentNotice",
    "Refusal",
    "Round",
    "SoftBounce",
    "StaffLetter",
    "StaffTold",
    "Unfiled",
]  # fmt: skip
