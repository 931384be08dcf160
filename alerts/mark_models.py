"""What a person did about a notice: marks and follows; models of `alerts.models`."""

from django.db import models

from notices.models import Notice
from subscribers.models import Channel, Subscriber


class Mark(models.Model):
    """What a person did about a notice: it stops or moves their reminders (DESIGN 6.6)."""

    class State(models.TextChoices):
        """DONE stops reminders, MUTED follow-ups too, LATER moves the next reminder to `until`."""

        DONE = "done", "已办理"
        MUTED = "muted", "不再提醒"
        LATER = "later", "稍后提醒"

    pk = models.CompositePrimaryKey("subscriber_id", "notice_id")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="marks", verbose_name="订户")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="marks", verbose_name="通知")
    state = models.CharField("状态", max_length=10, choices=State.choices)
    until = models.DateField("提醒日", null=True, blank=True, db_index=True)
    days = models.PositiveSmallIntegerField("届时距截止天数", null=True, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "办理情况"

    def __str__(self) -> str:
        return f"{self.get_state_display()}：{self.notice}"


class Follow(models.Model):
    """关注: reminders and changes of one notice, by a channel, whatever the subscriptions ask for."""

    pk = models.CompositePrimaryKey("subscriber_id", "notice_id")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="follows", verbose_name="订户")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="followed_by", verbose_name="通知")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    at = models.DateTimeField("始于")
    ended_at = models.DateTimeField("止于", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "关注"

    def __str__(self) -> str:
        return f"关注：{self.notice}"
