"""The files beside a notice: what was fetched of them, and what they say."""

from django.db import models

from notices.models.published import Notice


class Attachment(models.Model):
    """One file that a notice links to, known by its address. Rows of old revisions stay.

    `parts`: [[where, text]], as people find it: 第3页, 工作表“汇总”. `members`: the names in an archive.
    `next_try_at`: when it is to be fetched; nothing is to be done where there is none.
    """

    class State(models.TextChoices):
        """How far we came with it; a file that cannot be had or read keeps its link and says why."""

        WAITING = "waiting", "待取"
        READ = "read", "已读"
        SCAN = "scan", "扫描件，请人工看"
        UNREADABLE = "unreadable", "未能读出"
        REFUSED = "refused", "未能下载"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="files", verbose_name="通知")
    name = models.CharField("名称", max_length=500)
    url = models.CharField("地址", max_length=2000)
    url_key = models.CharField(max_length=64, editable=False)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.WAITING)
    why = models.TextField("说明", blank=True)
    kind = models.CharField("格式", max_length=10, blank=True)
    parts = models.JSONField("文字", default=list, blank=True)
    members = models.JSONField("压缩包内文件", default=list, blank=True)
    size = models.PositiveIntegerField("字节数", default=0)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    attempts = models.PositiveIntegerField("下载次数", default=0)
    next_try_at = models.DateTimeField("下次下载", null=True, blank=True)
    fetched_at = models.DateTimeField("取得时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["notice", "url_key"], name="file_once_per_notice")]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="file_due", condition=models.Q(next_try_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name
