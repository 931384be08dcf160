"""The title of a notice that came as text alone: the first lines that read like one."""

from notices.reading.newsletter.contents import TITLE_END, spaced

HEAD = 15  # lines within which a title stands
TITLE_LINES = 3
LONGEST = 120
SHORTEST = 6


def title_in(text: str) -> str:
    """关于…的通知 at the head of the text, broken over a few lines or not; empty where none stands there."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:HEAD]
    for n in range(len(lines)):
        for count in range(1, TITLE_LINES + 1):
            said = spaced(" ".join(lines[n : n + count]))
            if SHORTEST <= len(said) <= LONGEST and TITLE_END.search(said) and _is_title(lines[n], said):
                return said
    return ""


def best_title(candidates: list[str]) -> str:
    """Of the headings of a page the one that reads like a notice's title, else the longest."""
    titled = [words for words in candidates if TITLE_END.search(words) and len(words) >= SHORTEST]
    return max(titled or candidates, key=len, default="")


def _is_title(first: str, said: str) -> bool:
    return "关于" in first and "。" not in said and ":" not in said and "：" not in said
