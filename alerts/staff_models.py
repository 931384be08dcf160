"""What staff were told by mail, and the mails on their way (alerts.staff_letters)."""

from django.db import models

from alerts.models import State


class StaffTold(models.Model):
    """That staff were told a piece of news, once: `incident:5:opened` (alerts.staff_news)."""

    key = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "已告知值班人员"

    def __str__(self) -> str:
        return self.key


class StaffLetter(models.Model):
    """A mail to one member of staff, kept as it goes out so that a retry sends the same bytes.

    State, lease and back-off are as those of a `Delivery`.
    """

    address = models.EmailField("收件人")
    subject = models.CharField("主题", max_length=300)
    text = models.TextField("正文")
    html = models.TextField("网页正文", editable=False)
    composed_at = models.DateTimeField("编成时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField("次数", default=0)
    not_before = models.FloatField("不早于", default=0)
    lease_until = models.FloatField("租约至", default=0)
    lease_owner = models.CharField("持有者", max_length=80, blank=True)
    settled_at = models.DateTimeField("了结时间", null=True, blank=True)
    outcome = models.TextField("结果", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "值班邮件"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["id"], name="staff_letter_open", condition=models.Q(state__in=["queued", "claimed"])
            )
        ]

    def __str__(self) -> str:
        return self.subject
