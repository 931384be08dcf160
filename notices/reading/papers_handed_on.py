"""Whose paper a notice hands on, and that paper's number: 转发《某厅关于…的通知》(某函〔2022〕58号)."""

import re
from collections.abc import Iterator
from typing import Any

from notices.lexicon.issuers import in_full, is_office
from notices.lexicon.normal import HAN
from notices.reading.doc_number import numbers_in
from notices.reading.handed_on import HANDED_ON
from notices.reading.issuer import read_names
from notices.reading.layout import Layout
from notices.reading.office_names import at_level
from notices.reading.page import Page
from notices.reading.values import Found, IssuerFound

IN_TITLE = re.compile(
    rf"转发(?:关于)?[《<]?(?P<names>[{HAN}()、 ]{{3,60}}?)(?=[《<]|关于|印发|转发|征集|组织|开展)"
)
IN_TEXT = re.compile(  # 现将《某局关于…的通知》(某函〔2022〕58号)转发给你们
    rf"将[《<]?(?P<names>[{HAN}()、 ]{{3,60}}?)(?=[《<]|关于|印发|转发)[^。\n]{{4,160}}?转发(?:给|如下|至)"
)
BY_LEVEL = re.compile(rf"(?P<level>自治区|[省市州区县])(?P<office>[{HAN}]{{1,16}}(?:局|厅|委|委员会|办公室))")
HEAD = 1200  # characters in which a text says what it hands on
SURE, LIKELY = 0.9, 0.8


def handed_on(layout: Layout, title: Page, issuer: IssuerFound | None) -> dict[str, Any]:
    """The office and the number of the paper that is handed on, where another's is."""
    found = next(_offices(layout, title, issuer), None)
    if found is None or (issuer is not None and found.name == issuer.name):
        return {}
    return {"handed_on": Found(found.name, found.evidence, found.confidence), "handed_on_no": _number(layout)}


def _offices(layout: Layout, title: Page, issuer: IssuerFound | None) -> Iterator[IssuerFound]:
    """Who sent it, by the title, else by the text; 市局 is that of the place where the notice is from."""
    hint = issuer.region if issuer else None
    for page, said, sure in ((title, IN_TITLE, SURE), (layout.page, IN_TEXT, LIKELY)):
        match = said.search(page.clean, 0, HEAD)
        named = match.span("names") if match else (0, 0)
        found = (
            (read_names(page, *named, hint, sure) or _by_level(page, named, hint, sure)) if match else None
        )
        if found:
            yield found


def _by_level(page: Page, named: tuple[int, int], hint: int | None, sure: float) -> IssuerFound | None:
    """省科技厅, handed on by a city: of the province in which that lies."""
    bare = BY_LEVEL.fullmatch(page.clean, *named)
    place = at_level(hint, bare["level"]) if bare and hint is not None else None
    if bare is None or place is None or not is_office(bare.group()):
        return None
    return IssuerFound(place.name + in_full(bare["office"]), place.id, page.evidence(*named), sure)


def _number(layout: Layout) -> Found[str] | None:
    """The number behind which the text says that the paper is handed on."""
    page = layout.page
    told = (one for one in numbers_in(page) if one.end < HEAD and HANDED_ON.match(page.clean, one.end))
    number = next(told, None)
    return Found(number.text, page.evidence(number.start, number.end), SURE) if number else None
