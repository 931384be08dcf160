"""What was published and what was understood of it."""

from datetime import date

from django.db import models
from simple_history.models import HistoricalRecords

from notices.lexicon.kinds import KIND_NAMES
from notices.models.sources import Source


class Notice(models.Model):
    """One published item; the same document on several sites is one notice."""

    title = models.CharField("标题", max_length=500)
    url = models.URLField("原文", max_length=1000)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源", related_name="notices")
    published_on = models.DateField("发布日期", null=True, blank=True)
    first_seen_at = models.DateTimeField("首次见到", db_index=True)
    identity = models.CharField(
        max_length=64, unique=True, editable=False, help_text="DESIGN 4.2; notices.intake.identity"
    )
    reading = models.ForeignKey(
        "Reading", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="当前解读"
    )
    read_at = models.DateTimeField("解读时间", null=True, blank=True)
    matched_at = models.DateTimeField("匹配时间", null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followers", verbose_name="所变更的通知"
    )
    follows_how = models.CharField("变更方式", max_length=20, blank=True)
    silent = models.BooleanField(
        "不告知", default=False, help_text="由工作人员收录时选定；来源自己发布它时即改为告知"
    )

    history = HistoricalRecords(excluded_fields=["reading", "read_at", "matched_at"])

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-first_seen_at", "-id"]
        indexes = [
            models.Index(fields=["id"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["id"], name="notice_unmatched", condition=models.Q(matched_at=None)),
        ]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """A line of a source's list. Kept for ever: what was seen once is never news again.

    `held_at`: more came at once than can be news, so it waits for staff to release or dismiss it.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="items", verbose_name="来源")
    url = models.URLField("链接", max_length=1000)
    url_key = models.CharField(max_length=64, editable=False)
    title = models.CharField("标题", max_length=500)
    published_on = models.DateField("列表日期", null=True, blank=True)
    first_seen_at = models.DateTimeField("首次见到")
    baseline = models.BooleanField("基线", default=False)
    notice = models.ForeignKey(
        Notice, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name="通知"
    )
    attempts = models.PositiveIntegerField("取正文次数", default=0)
    next_try_at = models.DateTimeField("下次取正文", null=True, blank=True)
    held_at = models.DateTimeField("扣下待核", null=True, blank=True)
    trouble = models.TextField("问题", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "列表条目"
        constraints = [models.UniqueConstraint(fields=["source", "url_key"], name="item_once_per_source")]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="item_due", condition=models.Q(next_try_at__isnull=False)
            ),
            models.Index(fields=["source"], name="item_held", condition=models.Q(held_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """The content of a notice as it stood when seen; a changed page adds one."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="revisions", verbose_name="通知")
    number = models.PositiveIntegerField("版次")
    title = models.CharField("标题", max_length=500)
    text = models.TextField("正文", blank=True)
    html = models.TextField("网页正文", blank=True)
    meta = models.JSONField("页面标签", default=dict, blank=True)
    attachments = models.JSONField("附件", default=list, blank=True, help_text="[{name, url}]")
    content_hash = models.CharField(max_length=64, editable=False)
    seen_at = models.DateTimeField("见到时间")

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="revision_number")]
        ordering = ["notice", "number"]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.number} 版）"


class Reading(models.Model):
    """What was understood of one revision by one version of the reader, with its evidence."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="readings", verbose_name="通知")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="readings", verbose_name="版本")
    version = models.CharField("解读器版本", max_length=40)
    lexicon = models.CharField("词表版本", max_length=40, blank=True)
    short_title = models.CharField("短标题", max_length=20, blank=True)
    gist = models.JSONField("要点", default=dict, blank=True, help_text="notices.reading.gist")
    made_at = models.DateTimeField("解读时间")
    issuer = models.CharField("发文机关", max_length=300, blank=True)
    doc_no = models.CharField("文号", max_length=100, blank=True)
    kind = models.CharField("类别", max_length=20, choices=[(k.value, v) for k, v in KIND_NAMES.items()])
    regions = models.JSONField("地区", default=list, help_text="地区表中的编号")
    excluded_regions = models.JSONField("不含地区", default=list, blank=True)
    topics = models.JSONField("主题", default=list, help_text="主题表中的编号，含上位主题")
    rolling = models.BooleanField("全年受理", default=False)
    section = models.CharField("栏目", max_length=40, blank=True)
    extract = models.JSONField("摘录", default=list, blank=True)
    contacts = models.JSONField(
        "联系与报送", default=list, blank=True, help_text="[{kind, value, whose, quote, place, start}]"
    )
    evidence = models.JSONField("依据", default=dict, help_text="{值: {quote, place, start}}")
    doubts = models.JSONField("待核", default=list, blank=True)
    confidence = models.FloatField("把握")

    class Meta:
        verbose_name = verbose_name_plural = "解读"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.notice_id} · {self.get_kind_display()}"

    def where_read(self, day: date) -> str:
        """Where in an attached file a deadline was read: 附件2，第3页; nothing for the notice itself."""
        proof = self.evidence.get(f"deadline:{day}") or {}
        return str(proof.get("where", ""))


class Deadline(models.Model):
    """A day by which someone outside the issuing office must act.

    When a follow-up moves it, a new row stands in its place and this one points there.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deadlines", verbose_name="通知")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="deadlines", verbose_name="出自解读")
    # `on` is a reserved word in SQL, which alerts writes by hand.
    on = models.DateField("截止日", db_column="day")
    at = models.TimeField("时刻", null=True, blank=True)
    who = models.CharField("谁", max_length=200, blank=True)
    what = models.CharField("做什么", max_length=200, blank=True)
    quote = models.TextField("原文依据")
    is_main = models.BooleanField("主要截止", default=False)
    superseded_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="supersedes", verbose_name="改为"
    )

    class Meta:
        verbose_name = verbose_name_plural = "截止"
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"],
                condition=models.Q(is_main=True, superseded_by=None),
                name="one_main_deadline_in_force",
            )
        ]
        # Asked each morning for those of which to remind.
        indexes = [models.Index(fields=["on"], condition=models.Q(is_main=True), name="main_deadline_by_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.what}"

    @property
    def where(self) -> str:
        """Where in an attached file it was read; nothing where it stands in the notice."""
        return self.reading.where_read(self.on)
