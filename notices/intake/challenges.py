"""Pages that ask for a browser instead of answering. They are recognised and left alone, never defeated."""

import re
from collections.abc import Mapping

# 瑞数, 加速乐 and kin (facts/sources.yaml waf_facts): the status, or a mark in a short page of scripts.
ALWAYS = frozenset({412, 521})
WITH_SCRIPT = frozenset({200, 202, 403, 503})
MARKS = re.compile(
    rb"\$_ts\s*=|__jsl_clearance|_bot_sbu/|_ws_sbu/verify|acw_sc__v2|cf-challenge|<meta[^>]+ r=['\"]m['\"]"
)
SHORT = 12_000  # a challenge carries no list; pages longer than this are content with a bot script injected


def is_challenge(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the answer is a challenge rather than the page."""
    if status in ALWAYS:
        return True
    if status == 202 and b"<script" in body[:SHORT].lower():
        return True
    if status == 403 and "__jsl" in headers.get("set-cookie", ""):
        return True
    return status in WITH_SCRIPT and len(body) < SHORT and MARKS.search(body) is not None
