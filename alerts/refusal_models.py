"""What receivers refused, and what they said of a message after they had taken it."""

from django.db import models

from alerts.models import Delivery, DeliveryKind
from notices.models import Notice
from subscribers.models import Channel, Contact


class PairStop(models.Model):
    """A contact that refuses one kind of message for good, and takes the others (DESIGN 6.10)."""

    pk = models.CompositePrimaryKey("contact_id", "kind")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="pair_stops", verbose_name="联系方式")
    kind = models.CharField("种类", max_length=10, choices=DeliveryKind.choices)
    why = models.TextField("原因")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "按种类停发"


class SoftBounce(models.Model):
    """A day on which a contact would not take a message for now: the rungs of `alerts.ladder`."""

    class Ailment(models.TextChoices):
        FULL = "full", "信箱已满"
        DISABLED = "disabled", "账号停用"
        BLOCKED = "blocked", "用户拒收"

    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="soft_bounces", verbose_name="联系方式", db_index=False
    )
    ailment = models.CharField("原因", max_length=10, choices=Ailment.choices)
    day = models.DateField("日期")
    said = models.TextField("答复")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "软退信"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "ailment", "day"], name="soft_bounce_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_ailment_display()}"


class Receipt(models.Model):
    """What the other side said of a message after it had taken it: a bounced mail, a WeChat callback.

    Whoever hears it writes it down; `alerts.receipts` draws the consequences.
    """

    # Once, however often the other side says it.
    key = models.CharField(max_length=64, unique=True, editable=False)
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+", verbose_name="联系方式")
    delivery = models.ForeignKey(
        Delivery, models.CASCADE, null=True, related_name="receipts", verbose_name="投递"
    )
    provider_id = models.CharField("对方编号", max_length=200, blank=True)
    verdict = models.CharField("结论", max_length=20)
    said = models.TextField("原文")
    at = models.DateTimeField("收到时间")
    taken_at = models.DateTimeField("处理时间", null=True, blank=True)
    # How often it broke our code, and the rest that it has from that, on the machine's clock.
    failures = models.PositiveIntegerField("处理出错次数", default=0, editable=False)
    not_before = models.FloatField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "回执"
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="receipt_waiting", condition=models.Q(taken_at=None))]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.verdict}"


class Refusal(models.Model):
    """What a contact was refused for its words or its template: the same is never composed for it again."""

    pk = models.CompositePrimaryKey("contact_id", "notice_id", "change")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="refusals")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    change = models.CharField(max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "被拒的条目"
