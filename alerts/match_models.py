"""Which notice met which filter, and what is not filed yet."""

from django.db import models

from notices.models import Notice
from subscribers.models import Filter


class Match(models.Model):
    """notice × filter, with a region key and a topic that brought them together."""

    pk = models.CompositePrimaryKey("notice_id", "filter_id")
    # The key serves notices, and `match_by_filter` serves filters once a match is filed (alerts.filing): each
    # index more would slow the one wide write. It takes both ids from tables that hold them to it, so
    # checking them again would only cost.
    notice = models.ForeignKey(
        Notice,
        models.CASCADE,
        related_name="matches",
        verbose_name="通知",
        db_index=False,
        db_constraint=False,
    )
    filter = models.ForeignKey(
        Filter,
        models.CASCADE,
        related_name="matches",
        verbose_name="条件",
        db_index=False,
        db_constraint=False,
    )
    region_key = models.PositiveIntegerField("地区键")
    topic = models.PositiveIntegerField("主题")
    matched_at = models.DateTimeField("命中时间")
    filed = models.BooleanField("可按条件查到", default=True, db_default=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "命中"
        indexes = [
            models.Index(
                fields=["filter", "matched_at"], name="match_by_filter", condition=models.Q(filed=True)
            )
        ]


class Unfiled(models.Model):
    """A notice with matches that are not filed yet, and how many were recorded at first (alerts.filing)."""

    notice = models.OneToOneField(Notice, models.CASCADE, primary_key=True, related_name="+")
    matches = models.PositiveIntegerField()
