"""After a time without polls: how far back a list is read to find what was missed. Pure."""

from collections.abc import Collection, Sequence

from notices.intake.listing import ListItem

MOST_PAGES = 10
ENOUGH = 3  # known lines in a row: what stands below them was there when we last looked


def goes_on(lines: Sequence[ListItem], unknown: Collection[ListItem], pages: int) -> bool:
    """Whether the next page is to be read, after `pages` pages with these lines, in their order.

    After the first page only if nothing on it is known. A line marked 置顶 stands where it does whatever its
    age, so it says nothing.
    """
    known = [line not in unknown for line in lines if not line.pinned]
    if pages >= MOST_PAGES:
        return False
    if pages == 1:
        return not any(known)
    return not _in_a_row(known)


def _in_a_row(known: Sequence[bool]) -> bool:
    return any(all(known[at : at + ENOUGH]) for at in range(len(known) - ENOUGH + 1))
