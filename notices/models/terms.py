"""Topics and terms of staff's own, laid over those that the project ships."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from notices.lexicon import topics
from notices.lexicon.normal import normalise

SHORTEST = 2


class OwnTopic(models.Model):
    """A topic that staff added. Its id in readings and filters is FIRST_OF_STAFF + pk."""

    name = models.CharField("名称", max_length=40, unique=True)
    parent = models.PositiveIntegerField(
        "上位主题", null=True, blank=True, help_text="收到上位主题的订户也会收到这个主题"
    )
    note = models.CharField("说明", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "自建主题"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> int:
        """The topic id that stands for it."""
        return topics.FIRST_OF_STAFF + self.pk

    def clean(self) -> None:
        """Two topics of one name could not be told apart; one above itself would never end.

        So a topic stands under one that was there before it.
        """
        same = [one for one in topics.all_topics() if normalise(one.name) == normalise(self.name)]
        if any(one.id != (self.topic if self.pk else None) for one in same):
            raise ValidationError({"name": f"已经有名为“{self.name}”的主题。"})
        if self.pk and self.parent is not None and self.parent >= self.topic:
            raise ValidationError({"parent": "上位主题须是比它先有的主题。"})


class Strength(models.TextChoices):
    """How much a term says, as in `notices.lexicon.topics.Topic`."""

    STRONG = "strong", "强词（标题和正文都算）"
    TITLE = "title", "题词（只在标题中算）"
    WEAK = "weak", "弱词（在标题中，且正文印证才算）"
    REQUIRED = "required", "同现词（须与另一词同时出现）"
    EXCLUDE = "exclude", "排除词（遮住其中的词）"


class Term(models.Model):
    """A term that staff put on a topic. The same shipped word gives way to it; switched off, it is gone."""

    topic = models.PositiveIntegerField("主题", db_index=True)
    text = models.CharField("词", max_length=60, help_text="繁简、全角半角、中间的空格都不必另列")
    strength = models.CharField("作用", max_length=10, choices=Strength, default=Strength.STRONG)
    beside = models.CharField("同现的词", max_length=60, blank=True, help_text="只用于同现词")
    enabled = models.BooleanField("启用", default=True, help_text="停用后，系统附带的同一个词也不算")
    note = models.CharField("说明", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "主题词"
        ordering = ["topic", "pk"]
        constraints = [models.UniqueConstraint(fields=["topic", "text"], name="term_once_per_topic")]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """A word that is nothing, or too short to mean anything, would be found everywhere."""
        if len(normalise(self.text)) < SHORTEST:
            raise ValidationError({"text": f"词太短：去掉空格后至少要 {SHORTEST} 个字。"})
        paired = self.strength == Strength.REQUIRED
        if paired != bool(normalise(self.beside)):
            said = "请写出须同时出现的另一个词。" if paired else "只有同现词才填写同现的词。"
            raise ValidationError({"beside": said})


class LexiconVersion(models.Model):
    """One row: how often staff have changed topics or terms. Every process compares its number with it."""

    ROW = 1

    number = models.PositiveIntegerField("版本", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "词表版本"

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def raise_by_one(cls, **_: Any) -> None:
        """Says to every process that the words have changed."""
        cls.objects.get_or_create(pk=cls.ROW)
        cls.objects.filter(pk=cls.ROW).update(number=models.F("number") + 1)
