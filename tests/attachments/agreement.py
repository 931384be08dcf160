"""How well two texts agree."""

from collections import Counter

GRAM = 4


def f1(ours: str, true: str) -> float:
    """How well a text agrees with the true one: F1 over its 4-grams, blanks aside (facts/feeds.md C1)."""
    said, meant = _grams(ours), _grams(true)
    both = (said & meant).total()
    return 2 * both / ((said.total() + meant.total()) or 1)


def _grams(text: str) -> Counter[str]:
    squeezed = "".join(text.split())
    return Counter(squeezed[at : at + GRAM] for at in range(max(1, len(squeezed) - GRAM + 1)))
