"""Lines that staff of a site keep at the top of its list: they say so, and their place says nothing. Pure."""

import re

MARK = re.compile(r"[\[【（(〔]\s*(?:置\s*顶|顶)\s*[\]】）)〕]|^置顶[：:·\s]+|[·\s]+置顶$")


def without_pin(title: str) -> tuple[str, bool]:
    """The title without its mark 置顶, and whether it had one: pinned or not, it is the same notice."""
    if "顶" not in title:
        return title.strip(), False
    bare = MARK.sub("", title).strip()
    return bare, bare != title.strip()
