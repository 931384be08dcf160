"""How a host can be unwell, for tests: what it answers then instead of what it should."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from demo.web.answers import Answer, answer, document_answer, list_page_number
from demo.web.families.pages import Document, rendered
from demo.web.visits import Visit

Fault = Literal["down", "hang", "error500", "challenge412", "empty_list", "broken_feed", "redesign"]
SILENT = frozenset({"down", "hang"})
CHALLENGE_COOKIE = ("Set-Cookie", "4hP44ZykCTt5O=60wq3; Path=/; HttpOnly")


def faulty_answer(fault: Fault, visit: Visit) -> Answer:
    """What the unwell host answers. `down` and `hang` say nothing and are the server's to play: KeyError.

    The faults of a list leave the other pages of the host as they are.
    """
    if fault in WHOLE_HOST:
        return WHOLE_HOST[fault](visit)
    return answer(visit) if list_page_number(visit) is None else OF_LISTS[fault](visit)


def _error500(visit: Visit) -> Answer:
    page = rendered("faults/error500.html", site=visit.site)
    return document_answer(Document(page), visit.site, 500)


def _challenge412(visit: Visit) -> Answer:
    """瑞数: a small page of scripts with a cookie, to be told apart and not to be solved."""
    page = rendered("faults/challenge412.html", site=visit.site)
    return replace(document_answer(Document(page), visit.site, 412), headers=(CHALLENGE_COOKIE,))


def _empty_list(visit: Visit) -> Answer:
    return answer(visit.seeing())


def _broken_feed(visit: Visit) -> Answer:
    """The list cut off within its first title, as when its maker died while writing."""
    whole = answer(visit.plain())
    title = visit.visible[0].title.encode(visit.site.charset) if visit.visible else b""
    return replace(whole, body=whole.body[: whole.body.index(title) + len(title) // 2], headers=())


def _redesign(visit: Visit) -> Answer:
    """The same notices under another design: no list, cards that a script makes clickable."""
    page = rendered("faults/redesign.html", site=visit.site, rows=visit.visible)
    return document_answer(Document(page), visit.site)


WHOLE_HOST: dict[Fault, Callable[[Visit], Answer]] = {
    "error500": _error500,
    "challenge412": _challenge412,
}
OF_LISTS: dict[Fault, Callable[[Visit], Answer]] = {
    "empty_list": _empty_list,
    "broken_feed": _broken_feed,
    "redesign": _redesign,
}
