"""Sources and what they published. Knows no subscriber (DESIGN section 3)."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from notices.lexicon.kinds import KIND_NAMES
from notices.list_address import check_list_address


class Family(models.TextChoices):
    """How a site makes its lists; one adapter each in `notices.intake.families`."""

    FEED = "feed", "RSS / Atom"
    TRS = "trs", "拓尔思 TRS"
    HANWEB_JCMS = "hanweb_jcms", "大汉 jcms"
    UCAP = "ucap", "开普 ucap"
    LONGXUN = "longxun", "龙讯"
    HANWEB_JPAAS = "hanweb_jpaas", "大汉 jpaas"
    GKMLPT = "gkmlpt", "广东 gkmlpt"
    GOVCN_LIBRARY = "govcn_library", "国务院政策文件库"
    GENERIC = "generic", "自定取法"


class TlsProfile(models.TextChoices):
    """How HTTPS is spoken with a source (notices.intake.tls)."""

    STRICT = "", "标准"
    LEGACY = "legacy", "旧式，按登记的证书指纹"


def valid_list_address(url: str) -> None:
    """ValidationError where an address is neither a web address nor a route of RSSHub."""
    try:
        check_list_address(url)
    except ValueError as wrong:
        raise ValidationError(str(wrong)) from wrong


class Source(models.Model):
    """One feed or list page that is polled.

    `usual`: what its list looks like when it is well (notices.intake.shapes). `doubts`: what is odd about it
    now, {kind: polls in a row}. `moved_to`: where it says for good that its list is, `moved_seen` times.
    """

    slug = models.SlugField("标识", unique=True)
    name = models.CharField("名称", max_length=200)
    url = models.CharField("列表地址", max_length=500, validators=[valid_list_address])
    family = models.CharField("站点类型", max_length=20, choices=Family.choices)
    recipe = models.JSONField("取法", default=dict, blank=True, help_text="与该类型默认取法不同之处")
    region = models.PositiveIntegerField("地区", help_text="地区表中的编号；1 为全国")
    issuer = models.CharField("默认发文机关", max_length=200, blank=True)
    enabled = models.BooleanField("启用", default=False)
    robots_override = models.CharField(
        "不理会 robots.txt 的理由",
        max_length=200,
        blank=True,
        help_text="写了理由才访问 robots.txt 不许的地址",
    )
    tls_profile = models.CharField(
        "HTTPS 方式", max_length=10, choices=TlsProfile.choices, blank=True, default=TlsProfile.STRICT
    )
    tls_pin = models.CharField("证书指纹", max_length=64, blank=True, help_text="SHA-256，旧式 HTTPS 必填")

    next_poll_at = models.DateTimeField("下次轮询", null=True, blank=True, db_index=True)
    last_polled_at = models.DateTimeField("上次轮询", null=True, blank=True)
    last_success_at = models.DateTimeField("上次成功", null=True, blank=True)
    baseline_at = models.DateTimeField("基线时间", null=True, blank=True)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    items_hash = models.CharField(max_length=64, blank=True, editable=False)
    failures = models.PositiveIntegerField("连续失败", default=0)
    trouble = models.TextField("问题", blank=True)
    usual = models.JSONField(default=dict, blank=True, editable=False)
    doubts = models.JSONField(default=dict, blank=True, editable=False)
    moved_to = models.CharField(max_length=500, blank=True, editable=False)
    moved_seen = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords(
        excluded_fields=[
            "next_poll_at", "last_polled_at", "last_success_at", "etag", "last_modified", "items_hash",
            "failures", "trouble", "usual", "doubts", "moved_to", "moved_seen",
        ]
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "来源"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class KeptPage(models.Model):
    """A source's list page as it was when it was last known to be well; packed by `kept_pages`."""

    source = models.OneToOneField(Source, models.CASCADE, related_name="kept_page", verbose_name="来源")
    url = models.CharField("地址", max_length=1000)
    content_type = models.CharField(max_length=200, blank=True)
    body = models.BinaryField("网页")
    seen_at = models.DateTimeField("见到时间")

    class Meta:
        verbose_name = verbose_name_plural = "留存网页"

    def __str__(self) -> str:
        return self.url


class Incident(models.Model):
    """One trouble of one source, from its second poll in trouble to its end.

    `kind` is a `troubles.Why` or a `doubts.Doubt`. `before` and `after` are packed pages. `proposal`: a
    repair that staff may accept (notices.intake.repairs).
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="incidents", verbose_name="来源")
    kind = models.CharField("类型", max_length=40)
    detail = models.CharField("详情", max_length=500, blank=True)
    opened_at = models.DateTimeField("开始")
    last_seen_at = models.DateTimeField("最近一次")
    seen = models.PositiveIntegerField("次数", default=1)
    closed_at = models.DateTimeField("结束", null=True, blank=True)
    before = models.BinaryField("之前的网页", null=True)
    before_type = models.CharField(max_length=200, blank=True, editable=False)
    after = models.BinaryField("现在的网页", null=True)
    after_type = models.CharField(max_length=200, blank=True, editable=False)
    proposal = models.JSONField("修复建议", null=True, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "来源异常"
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind"], condition=models.Q(closed_at=None), name="one_open_incident"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source.name} · 异常 {self.pk}"


class HostState(models.Model):
    """A registered host: who is visiting it, and when it wants the next visit. Machine clock, in seconds."""

    host = models.CharField("域名", max_length=253, primary_key=True)
    not_before = models.FloatField("不早于", default=0)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.FloatField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "域名状态"

    def __str__(self) -> str:
        return self.host


class RobotsFile(models.Model):
    """The robots.txt of a site (scheme, host and port), and when it was read, on the machine's clock."""

    site = models.CharField("网站", max_length=300, primary_key=True)
    text = models.TextField("内容", blank=True)
    fetched_at = models.FloatField("读取时间")

    class Meta:
        verbose_name = verbose_name_plural = "robots.txt"

    def __str__(self) -> str:
        return self.site


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
    evidence = models.JSONField("依据", default=dict, help_text="{值: {quote, place, start}}")
    doubts = models.JSONField("待核", default=list, blank=True)
    confidence = models.FloatField("把握")

    class Meta:
        verbose_name = verbose_name_plural = "解读"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.notice_id} · {self.get_kind_display()}"


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

    def __str__(self) -> str:
        return f"{self.on} {self.what}"
