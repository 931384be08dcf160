"""Quarters, months and thirds of months within which applications are taken."""

import re

from notices.reading.sentences import DateInSentence
from notices.reading.year_slips import FIRST_YEAR

WINDOW = re.compile(
    r"(?:内|期间)?,?[^,。;:]{0,12}(?:企业|单位|申请人|申报人|主体|机构|个人),?(?:可|应|须|需|要)?"
    r"(?:向[^,。;]{2,24})?(?:提出|提交|递交)[^,。;]{0,10}(?:申请|申报|材料)"
)
WINDOW_LABEL = re.compile(
    r"^[^,。;]{0,20}(?:申报|受理|填报|报名|征集|申请|提交|报送)(?:起止)?(?:时间|日期|期限)(?:为|是|:|在|于)?\n?$"
)
WINDOW_ENDS = re.compile(r"(?:内|间|期间)?(?:\([^()]*\))?(?:[,。;]|$)")


def is_window(dated: DateInSentence) -> bool:
    """Whether applications are taken within a quarter or month: 第一季度,企业提出申请; 申报时间:4月上旬."""
    whole = dated.mention.part in ("month", "quarter") and (dated.mention.year or 0) >= FIRST_YEAR
    if whole and WINDOW.match(dated.after):
        return True
    part = dated.mention.part in ("early", "middle", "late", "month") and dated.since is None
    return part and bool(WINDOW_LABEL.search(dated.close_before) and WINDOW_ENDS.match(dated.after))
