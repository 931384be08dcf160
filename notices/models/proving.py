"""How sure we are of a source that came with the product, and what the operator's own machine found."""

from django.db import models

from notices.models.sources import Source


class Certainty(models.TextChoices):
    """How a fact about a site was come by (notices/intake/data/shipped_sources.toml)."""

    SEEN = "A", "近年见到可用"
    IN_CODE = "B", "见于可用的程序"
    OLD_CODE = "C", "见于旧程序或同族网站"
    INFERRED = "D", "按站点类型推断"


class Found(models.TextChoices):
    """What the probes of `manage.py probe --all` found."""

    UNTRIED = "", "未试"
    ONCE = "once", "通过一次，待复核"
    PROVEN = "proven", "通过"
    FAILED = "failed", "未通过"


class Proving(models.Model):
    """A shipped source and its proof on this machine.

    `lines`: the identities that the first pass showed. `switched_on_at`: when the first proof switched the
    source on; later ones leave that to staff.
    """

    source = models.OneToOneField(
        Source, models.CASCADE, related_name="proving", verbose_name="来源", primary_key=True
    )
    address = models.CharField("地址把握", max_length=1, choices=Certainty.choices)
    reading = models.CharField("取法把握", max_length=1, choices=Certainty.choices)
    note = models.CharField("已知情况", max_length=200, blank=True)
    found = models.CharField("试取", max_length=10, choices=Found.choices, blank=True, default=Found.UNTRIED)
    why = models.TextField("未通过的原因", blank=True)
    tried_at = models.DateTimeField("最近试取", null=True, blank=True)
    proven_on = models.DateField("最近通过", null=True, blank=True)
    switched_on_at = models.DateTimeField("因通过而启用", null=True, blank=True)
    lines = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "自带来源"
        ordering = ["source__slug"]

    def __str__(self) -> str:
        return self.source.name
