"""Up to three quotes for mails and phones: who may apply, what is given, how to apply."""

import re
from collections.abc import Iterable

from notices.reading.layout import Layout
from notices.reading.sentences import Sentence, sentences
from notices.reading.values import Evidence

WHO = re.compile(
    r"(?:申报|推荐|支持|征集|评价|遴选|认定)?(?:对象|条件|范围|主体)|应(?:同时)?(?:符合|具备|满足)|注册[^。]{0,20}(?:企业|法人)"
)
GIVEN = re.compile(
    r"(?:补助|奖励|资助|奖补|补贴|支持|给予|贴息)[^。;]{0,40}(?:万元|%|元)|\d[^。;]{0,20}万元[^。;]{0,12}(?:补助|奖励|资助|补贴)"
)
HOW = re.compile(
    r"(?:登录|网上(?:申报|填报)|报送(?:至|到)|邮寄|发送至|发至|提交(?:至|到)|电子邮件|一式[一二三四五六七八九十两\d]+份)"
)
LONGEST = 120
QUOTES = ((WHO, 12), (GIVEN, 8), (HOW, 8))


def find_extract(layout: Layout) -> tuple[Evidence, ...]:
    """The first sentence for each of the three questions that the notice answers; no sentence twice."""
    told = list(sentences(layout))
    chosen: list[Sentence] = []
    for pattern, shortest in QUOTES:
        sentence = _first(pattern, shortest, told, chosen)
        if sentence:
            chosen.append(sentence)
    return tuple(s.page.evidence(s.start, min(s.end, s.start + LONGEST)) for s in chosen)


def _first(
    pattern: re.Pattern[str], shortest: int, told: Iterable[Sentence], chosen: list[Sentence]
) -> Sentence | None:
    for sentence in told:
        words = f"{sentence.heading}\n{sentence.text}" if pattern is WHO else sentence.text
        if sentence.end - sentence.start >= shortest and sentence not in chosen and pattern.search(words):
            return sentence
    return None
