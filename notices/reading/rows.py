"""A reading as the row that `manage.py read` writes (DESIGN section 8), in ours or other words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from notices.lexicon import regions
from notices.lexicon.clock_times import END_OF_DAY
from notices.lexicon.topics import by_name, topic
from notices.reading.reader import read
from notices.reading.values import Reading

NONE_FITS = ""


@dataclass(frozen=True)
class Labels:
    """Another vocabulary: our topic name → label (`""` → the label where none fits), our kind → label.

    `withheld`: our topic name → labels, or topics of ours, beside which its own is not given (money beside
    what it is for), the first first.
    """

    topics: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    withheld: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of_topics(self, found: Mapping[int, Any]) -> list[str]:
        """The labels of topics, each by its own name or by the nearest broader ones that have a label."""
        known = {name: self.topics.get(name, name) for i in found for name in self._known(i)}
        labels = {label for name, label in known.items() if label and name not in self.withheld}
        named = {topic(i).name for i in found}
        for name, beside in self.withheld.items():
            if known.get(name) and not (labels | named) & {*beside}:
                labels.add(known[name])
        return sorted(labels) or [label for label in [self.topics.get(NONE_FITS)] if label]

    def _known(self, topic_id: int) -> frozenset[str]:
        """The names in the vocabulary: the topic's own, else the nearest above it on each line upward."""
        this = topic(topic_id)
        if not self.topics or this.name in self.topics:
            return frozenset({this.name})
        return frozenset[str]().union(*map(self._known, this.parents))

    def of_kind(self, kind: str) -> str:
        """The label of a kind; our own word where the vocabulary has none."""
        return self.kinds.get(kind, kind)


def read_row(item: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    """The answer to one line of input: `id, title, text` and what else is known of `read`'s parameters.

    `source_region` may be an id or a name. ValueError for a `published` that is no ISO date.
    """
    published = item.get("published")
    reading = read(
        item.get("title") or "",
        item.get("text") or "",
        date.fromisoformat(published[:10]) if published else None,
        item.get("url"),
        _region_id(item.get("source_region")),
    )
    return {"id": item.get("id"), **row(reading, labels)}


def _region_id(given: int | str | None) -> int | None:
    return regions.find(given) if isinstance(given, str) else given


def row(reading: Reading, labels: Labels) -> dict[str, Any]:
    """The fields of DESIGN section 8, as JSON knows them."""
    main = reading.main_deadline
    return {
        "issuer": reading.issuer.value if reading.issuer else None,
        "doc_no": reading.doc_no.value if reading.doc_no else None,
        **_places(reading),
        "topics": labels.of_topics(reading.topic_evidence),
        "kind": labels.of_kind(reading.kind.value.value),
        "main_deadline": main.on.isoformat() if main else None,
        "time": clock(main.at) if main else None,
        "deadlines": [
            {
                "date": d.on.isoformat(),
                "time": clock(d.at),
                "who": d.who,
                "what": d.what,
                "quote": d.evidence.quote,
            }
            for d in reading.deadlines
        ],
        "rolling": reading.rolling is not None and reading.rolling.value,
        "confidence": round(reading.confidence, 2),
    }


def _places(reading: Reading) -> dict[str, str | None]:
    """Province to zone; the county around a zone where the name of either says it (重庆綦江高新区)."""
    chain = regions.chain(reading.regions[0]) if reading.regions else regions.Chain(None, None, None, None)
    zone = chain.zone or reading.zone or None
    named = zone is None or (reading.issuer is not None and _names_county(reading.issuer.value, reading))
    return {
        "province": chain.province,
        "city": chain.city,
        "county": chain.county if named or _says_county(zone or "", _steps(reading)) else None,
        "zone": zone,
    }


def _names_county(issuer: str, reading: Reading) -> bool:
    """Whether the issuer names the county around its zone, in full or in brackets: 苏州高新区(虎丘)."""
    county = next((step for step in _steps(reading) if step.kind == "county"), None)
    return county is None or county.name in issuer or f"({county.short})" in issuer


def _says_county(zone: str, steps: Sequence[regions.Region]) -> bool:
    """Whether a zone's name begins with its county's, those of the places above it left out."""
    for step in steps:
        name = next((name for name in step.names if zone.startswith(name)), "")
        if step.kind == "county":
            return bool(name)
        zone = zone.removeprefix(name)
    return False


def _steps(reading: Reading) -> Sequence[regions.Region]:
    return regions.path(reading.regions[0]) if reading.regions else ()


def clock(at: time | None) -> str | None:
    """17:30; the last second of a day is what was written as 24:00."""
    return None if at is None else "24:00" if at == END_OF_DAY else at.strftime("%H:%M")


def labels_from(data: Mapping[str, Any]) -> Labels:
    """Labels from a file's content; KeyError naming near topics when it names one that we do not have."""
    topics, withheld = data.get("topics", {}), data.get("withheld", {})
    return Labels(
        {by_name(name).name if name else name: label for name, label in topics.items()},
        data.get("kinds", {}),
        {by_name(name).name: labels for name, labels in withheld.items()},
    )
