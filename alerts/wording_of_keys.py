"""A match's region key and topic in a reader's words."""

from collections.abc import Iterable, Mapping

from notices.lexicon import regions, topics
from notices.lexicon.region_keys import ANY, describe_key
from notices.lexicon.topics import ANY_TOPIC
from subscribers.models import Word

LEVELS = {"d": "{}及下级", "u": "来自上级 {}", "s": "只看 {} 本级"}


def region_key_words(number: int) -> str:
    """浙江省及下级, 来自上级 全国."""
    if number == ANY:
        return "不限地区"
    letter, region = describe_key(number)
    return LEVELS[letter].format(regions.full_name(region))


def topic_words(number: int, words: Mapping[int, str]) -> str:
    """绿色工厂; `words` are the subscribers' own, by topic number (`own_words`)."""
    if number == ANY_TOPIC:
        return "全部主题"
    return words[number] if number in words else topics.topic(number).name


def own_words(numbers: Iterable[int]) -> dict[int, str]:
    """Subscribers' own words in quotes, by their topic number."""
    own = {number - Word.OWN_WORDS for number in numbers if number > Word.OWN_WORDS}
    return {word.topic: f"“{word}”" for word in Word.objects.filter(pk__in=own)}
