"""国务院政策文件库: the JSON of its search, one list or one for each group of documents.

One such source covers the ministries whose own sites refuse us (facts/sources.yaml, govcn-zcwjk).
"""

from typing import Any

from notices.intake.families.json_list import (
    Names,
    at,
    number_at,
    page_of_rows,
    query_of,
    read_json,
    with_query,
)
from notices.intake.listing import ListPage, NoRows
from notices.intake.recipes import Recipe
from notices.intake.troubles import Why

NAMES = Names(
    title=("title", "TITLE"),
    url=("url", "piclinksurl", "linkurl", "URL"),
    day=("pubtimeStr", "pubtime", "ptime", "DOCRELPUBTIME"),
)


def parse_list(text: str, url: str, _recipe: Recipe) -> ListPage | NoRows:
    """The documents found, groups one after the other; gov.cn's plain JSON lists too."""
    value = read_json(text)
    if isinstance(value, NoRows):
        return NoRows(Why.WRONG_TYPE, "应是政策文件库的 JSON")
    if isinstance(value, list):
        return page_of_rows(value, url, NAMES)
    found = at(value, "searchVO")
    pages, here = number_at(found, "totalpage"), number_at(query_of(url), "p")
    following = with_query(url, p=here + 1) if pages and here and here < pages else None
    return page_of_rows(_documents(found), url, NAMES, following)


def _documents(found: Any) -> list[Any] | None:
    """All rows: those of the one list, else those of the groups; None where there is neither."""
    rows = at(found, "listVO")
    groups = at(found, "catMap")
    if isinstance(rows, list) and (rows or not isinstance(groups, dict)):
        return rows
    if not isinstance(groups, dict):
        return None
    lists = [at(group, "listVO") for group in groups.values()]
    return [row for one in lists if isinstance(one, list) for row in one]
