"""When more comes at once than can be news: it is kept back until a person has looked. Pure."""

MANY, SHARE, FEW = 15, 0.6, 5


def is_flood(new: int, lines: int) -> bool:
    """Whether so many of a known list's lines cannot be told to people unseen (facts/feeds.md E, truth).

    More than 15 lines, or more than 60 % of a list of more than 5: a redesign, a moved column, or a
    source that was away for long.
    """
    return lines > FEW and (new > MANY or new > SHARE * lines)
