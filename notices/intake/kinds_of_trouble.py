"""Words for what an incident is about, be it a failure (`Why`) or a doubt about a list that was read."""

from notices.intake import doubts, troubles
from notices.intake.doubts import Doubt
from notices.intake.troubles import Why


def is_doubt(kind: str) -> bool:
    """Whether the list could be read all the same."""
    return kind in list(Doubt)


def name(kind: str) -> str:
    """In a few characters, for tables."""
    return doubts.NAMES[Doubt(kind)] if is_doubt(kind) else troubles.NAMES[Why(kind)]


def explain(kind: str, detail: str = "") -> str:
    """In one Chinese sentence without its full stop; `detail` is added in brackets."""
    if not is_doubt(kind):
        return troubles.explain(Why(kind), detail)
    words = doubts.WORDS[Doubt(kind)]
    return f"{words}（{detail}）" if detail else words
