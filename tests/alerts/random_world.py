"""Random filters and notices over a random part of the real graphs: dense enough to meet, often not."""

import random
from collections.abc import Sequence
from typing import TypeVar

from alerts.matching import match
from notices.lexicon import regions, topics
from notices.lexicon.kinds import Kind
from notices.models import Deadline, Notice, Reading, Revision
from subscribers.filters import FilterSpec
from tests.alerts.brute_force import Published, above_region
from tests.builders import START, source

T = TypeVar("T")
WORDS = (
    "绿色工厂",
    "延长",
    "公示",
    "ＩＳＯ 14001",
    "固 废",
    "電池",
    "资金",
    "申报",
    "推荐",
    "撤销",
    "示范",
    "制造",
)
ISSUERS = ("经济和信息化局", "生态环境厅", "科学技术局", "发展和改革委员会")


class World:
    """One seed's places and topics."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        leaves = self.dice.sample(sorted(regions.table()), 40)
        self.places = sorted({*leaves, *(up for leaf in leaves for up in above_region(leaf))})
        known = sorted(one.id for one in topics.all_topics())
        self.topics = self.dice.sample(known, min(25, len(known)))

    def filter(self) -> FilterSpec:
        """Mostly a few places and topics, at times with everything that a filter can say."""
        dice = self.dice
        return FilterSpec(
            regions=self._some(self.places, (0, 1, 1, 2, 3)),
            below=dice.random() < 0.75,
            above=dice.random() < 0.75,
            topics=self._some(self.topics, (0, 0, 1, 2, 3)),
            words=self._some(WORDS, (0, 0, 0, 0, 1, 2)),
            all_words=self._some(WORDS, (0,) * 12 + (1, 2)),
            any_words=self._some(WORDS, (0,) * 12 + (1, 2, 3)),
            none_words=self._some(WORDS, (0,) * 8 + (1, 2)),
            kinds=self._some(tuple(Kind), (0, 0, 0, 1, 3)),
            issuers=self._some(ISSUERS, (0,) * 12 + (1, 2)),
            only_with_deadline=dice.random() < 0.1,
        )

    def wide_filter(self) -> FilterSpec:
        """So many places and topics that only one side is indexed."""
        places = tuple(self.dice.sample(self.places, 30))
        return FilterSpec(regions=places, topics=tuple(self.topics), below=self.dice.random() < 0.5)

    def published(self) -> Published:
        """A notice for one place or several, at times leaving some out."""
        dice = self.dice
        return Published(
            regions=self._some(self.places, (1, 1, 1, 2, 3)),
            excluded=self._some(self.places, (0,) * 5 + (1, 2)),
            topics=self._some(self.topics, (0, 1, 1, 2, 4)),
            kind=dice.choice(list(Kind)),
            text="，".join(self._some(WORDS, (0, 1, 2, 3, 5))),
            issuer=f"某市{dice.choice(ISSUERS)}",
            has_deadline=dice.random() < 0.5,
        )

    def _some(self, pool: Sequence[T], sizes: Sequence[int]) -> tuple[T, ...]:
        return tuple(self.dice.sample(list(pool), self.dice.choice(sizes)))


def come_in(published: list[Published]) -> dict[int, Published]:
    """The notices as rows, read and matched."""
    origin = source()
    rows = {}
    for number, one in enumerate(published):
        notice = Notice.objects.create(
            title="通知", url=f"http://n.example/{number}", source=origin, first_seen_at=START,
            identity=f"random-{number}",
        )  # fmt: skip
        revision = Revision.objects.create(
            notice=notice, number=1, title="通知", text=one.text, content_hash="x", seen_at=START
        )
        reading = Reading.objects.create(
            notice=notice, revision=revision, version="test", made_at=START, kind=one.kind, confidence=1.0,
            regions=list(one.regions), excluded_regions=list(one.excluded), issuer=one.issuer,
            topics=sorted(topics.closure(one.topics)),
        )  # fmt: skip
        if one.has_deadline:
            Deadline.objects.create(notice=notice, reading=reading, on=START, quote="前", is_main=True)
        Notice.objects.filter(pk=notice.pk).update(reading=reading)
        match(notice, reading, START)
        rows[notice.pk] = one
    return rows
