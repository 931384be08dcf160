"""Sources and how they are: what is polled, what it looked like, what is wrong with it."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

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
