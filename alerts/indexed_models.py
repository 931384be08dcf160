"""What is kept of a notice so that filters find it: keys, topics, small facts, words."""

from django.db import models

from notices.models import Notice


class NoticeKey(models.Model):
    """A notice's region keys, kept for the reverse way: preview, web lists, explain."""

    pk = models.CompositePrimaryKey("region_key", "notice_id")
    region_key = models.PositiveIntegerField()
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="keys")


class NoticeTopic(models.Model):
    """A notice's topics and subscribers' words found in it."""

    pk = models.CompositePrimaryKey("topic", "notice_id")
    topic = models.PositiveIntegerField()
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="topic_rows")


class RecentNotice(models.Model):
    """A notice of the last weeks for `alerts.looking_back`: small facts, then its normalised words."""

    notice = models.OneToOneField(Notice, models.CASCADE, primary_key=True, related_name="+")
    seen_at = models.DateTimeField(db_index=True)
    kind = models.PositiveIntegerField()
    has_deadline = models.BooleanField()
    has_exclusions = models.BooleanField()
    checksum = models.PositiveBigIntegerField(default=0)
    issuer = models.TextField()
    words = models.TextField()

    class Meta:
        verbose_name = verbose_name_plural = "近期通知"
        # Answers come from an index alone: a row is as long as its words.
        indexes = [
            models.Index(fields=["kind", "notice", "has_deadline"], name="recent_by_kind"),
            models.Index(fields=["notice", "checksum", "issuer"], name="recent_facts_of"),
            models.Index(fields=["notice"], condition=models.Q(has_exclusions=True), name="recent_excluding"),
        ]
