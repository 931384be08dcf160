"""A filter as staff type it, in names, and what it will bring about in words."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache

from notices.lexicon import regions, topics
from notices.lexicon.kinds import KIND_NAMES
from subscribers.filters import FilterSpec

LONGEST_WORD = 60


class Misnamed(ValueError):
    """A name that is not known, or that several have; says which, in Chinese."""


def names(written: str) -> list[str]:
    """浙江省、宁波市 → the two; also by commas, semicolons and lines."""
    return [name.strip() for name in re.split(r"[、，,；;\n]+", written) if name.strip()]


def region_ids(written: str) -> tuple[int, ...]:
    """The regions of these names, short or full; of several with one name the full path decides."""
    return tuple(_region(name) for name in names(written))


def _region(name: str) -> int:
    found = _by_path().get(name) or regions.find(name)
    if found is not None:
        return found
    same = [regions.full_name(pk) for pk in regions.by_name().get(name, ())]
    if same:
        raise Misnamed(f"叫“{name}”的地区不止一个，请写全：{'、'.join(same[:8])}")
    raise Misnamed(f"没有叫“{name}”的地区{_near(name, regions.by_name())}")


@cache
def _by_path() -> dict[str, int]:
    return {regions.full_name(place.id): place.id for place in regions.all_regions() if not place.retired}


def topic_ids(written: str) -> tuple[int, ...]:
    """The topics of these names; any other word belongs among the subscriber's own."""
    known = {topic.name: topic.id for topic in topics.all_topics()}
    for name in names(written):
        if name not in known:
            raise Misnamed(f"没有叫“{name}”的主题{_near(name, known)}；要按词来找，请填在“自定词”里")
    return tuple(known[name] for name in names(written))


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"，是不是：{'、'.join(near)}" if near else ""


def own_words(written: str) -> tuple[str, ...]:
    """Words as they are; none longer than can be kept."""
    found = names(written)
    for word in found:
        if len(word) > LONGEST_WORD:
            raise Misnamed(f"“{word[:20]}…”太长，一个词至多 {LONGEST_WORD} 个字")
    return tuple(found)


def explained(spec: FilterSpec) -> list[str]:
    """What the filter brings, a sentence each."""
    if spec.only_followed:
        return ["只告诉您关注的通知的变化：延期、更正、撤回、结果；不带来新通知。"]
    return list(_sentences(spec))


def _sentences(spec: FilterSpec) -> Iterator[str]:
    yield _places(spec)
    yield _topics(spec)
    listed = (
        (spec.all_words, "标题和正文里须同时有：{}。"),
        (spec.any_words, "标题和正文里须有其中之一：{}。"),
        (spec.none_words, "标题或正文里有这些词的不要：{}。"),
        (spec.issuers, "发文机关名称里须有其中之一：{}。"),
    )
    for words, sentence in listed:
        if words:
            yield sentence.format("、".join(f"“{word}”" for word in words))
    kinds = "、".join(KIND_NAMES[kind] for kind in spec.kinds)
    yield f"只要这些类别：{kinds}。" if kinds else "类别不限，但不含新闻动态。"
    if spec.only_with_deadline:
        yield "只要有截止日的。"


def _places(spec: FilterSpec) -> str:
    if not spec.regions:
        return "地区不限。"
    places = "、".join(regions.full_name(region) for region in spec.regions)
    below = "也要其下级市县区的" if spec.below else "不要其下级的"
    above = "也要其上级（含全国）的" if spec.above else "不要其上级的"
    return f"地区是{places}；{below}，{above}。"


def _topics(spec: FilterSpec) -> str:
    if not spec.topics and not spec.words:
        return "主题不限。"
    asked = [_with_narrower(topic) for topic in spec.topics] + [f"有“{word}”一词" for word in spec.words]
    return f"主题是其中之一：{'、'.join(asked)}。"


def _with_narrower(topic_id: int) -> str:
    narrower = [one.name for one in topics.all_topics() if topic_id in topics.broader(one.id)]
    name = topics.topic(topic_id).name
    if not narrower:
        return name
    more = "等" if len(narrower) > 4 else ""
    return f"{name}（含{'、'.join(narrower[:4])}{more}）"
