"""A notice in a few lines, each a quote under the question that it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alerts import wording

THREE_LINES = ("who", "given", "how")


@dataclass(frozen=True, slots=True)
class GistLine:
    """A quote of the notice and what it answers; `said` is the figure of an amount.

    `where`: the spot in an attached file where it stands.
    """

    question: str
    quote: str
    said: str = ""
    where: str = ""

    @property
    def label(self) -> str:
        """谁可以报; 怎么报（见附件2，第3页）; 金额 最高500万元."""
        words = " ".join(filter(None, (wording.GIST[self.question], self.said)))
        return wording.GIST_ATTACHED.format(label=words, where=self.where) if self.where else words


def gist_lines(kept: Mapping[str, Any]) -> tuple[GistLine, ...]:
    """The lines of a reading's gist as its row keeps it, in the order in which they are told."""
    told: list[GistLine] = []
    for question in wording.GIST:
        quotes = kept.get(question, [])
        told += [_line(question, quote) for quote in (quotes if isinstance(quotes, list) else [quotes])]
    return tuple(told)


def _line(question: str, kept: Mapping[str, Any]) -> GistLine:
    unnamed = wording.ATTACHED if kept.get("place") == "attachment" else ""
    return GistLine(question, kept["quote"], kept.get("said", ""), kept.get("where") or unnamed)


def for_mail(lines: Iterable[GistLine]) -> tuple[GistLine, ...]:
    """What a mail has room for: the three lines; an amount where no sentence says what is given."""
    told = list(lines)
    answered = {line.question for line in told}
    wanted = THREE_LINES if "given" in answered else ("who", "amounts", "how")
    kept = [line for question in wanted for line in told if line.question == question]
    return tuple(kept[: len(THREE_LINES)])


def figures(lines: Iterable[GistLine]) -> str:
    """最高500万元、20%: the amounts in one breath."""
    return wording.BETWEEN_NAMES.join(line.said for line in lines if line.said)
