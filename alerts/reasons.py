"""Why someone gets a notice: which of their places and topics met it (DESIGN 6.9). Pure."""

from collections.abc import Iterable

from alerts.letter_items import Level, Reason
from notices.lexicon import regions, topics
from subscribers.filters import FilterSpec


def reason(
    spec: FilterSpec, notice_regions: Iterable[int], notice_topics: Iterable[int], through: str = ""
) -> Reason:
    """The part of the filter that the notice met; `through` is the list that it came by."""
    place, level = _place(spec, tuple(notice_regions))
    found = set(notice_topics)
    names = tuple(topics.topic(topic).name for topic in spec.topics if topic in found)
    return Reason(
        place=place, topics=names, words=spec.words if not names else (), through=through, level=level
    )


def _place(spec: FilterSpec, found: tuple[int, ...]) -> tuple[str, Level]:
    """The followed region that met, and how the notice stands to it."""
    for wanted in spec.regions:
        for region in found:
            level = _level(wanted, region)
            if level:
                return regions.full_name(wanted), level
    return "不限地区", ""


def _level(wanted: int, region: int) -> Level:
    if wanted == region:
        return "本级"
    if wanted in regions.ancestors(region):
        return "下级"
    if region == regions.NATIONAL:
        return "全国"
    return "上级" if region in regions.ancestors(wanted) else ""
