"""A probe's result in words: the same for `manage.py probe` and for the staff's form. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from notices.intake.listing import ListItem
from notices.intake.probe_results import ProbeResult
from notices.lexicon.regions import full_name

SHOWN = 20  # lines that people are shown


def findings(found: ProbeResult, family_names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What was found, as (what, words); what was not found out is left out."""
    yield "地址", found.url or found.asked
    if found.title:
        yield "页面名称", found.title
    if found.trouble:
        yield "读不出来", found.trouble
    if found.family:
        yield "站点类型", f"{family_names.get(found.family, found.family)}（{found.family}）"
    if found.encoding:
        yield "编码", found.encoding
    if found.items:
        yield "条目", f"{len(found.items)} 条，其中 {found.dated} 条有日期"
        yield "最新一条", str(found.newest or "没有日期")
        yield "下一页", found.next_url or "没有找到"
    if found.robots:
        yield "robots.txt", found.robots
    if found.url.startswith("https:"):
        yield "加密", f"旧式，证书指纹 {found.tls_pin}" if found.tls_profile else "标准"
    yield "地区建议", full_name(found.region) if found.region else "看不出来，请自填"
    yield "重复", "；".join(f"{one.name}（{one.slug}）：{one.why}" for one in found.duplicates) or "没有发现"


def item_words(item: ListItem) -> tuple[str, str, str]:
    """A line as (day, title, address)."""
    day = "没有日期" if item.published is None else str(item.published)
    marks = ("（年份推断）" if item.month_day and item.published else "") + (
        "（置顶）" if item.pinned else ""
    )
    return day + marks, item.title, item.url


def as_json(found: ProbeResult) -> dict[str, Any]:
    """The result for other programs: dates as YYYY-MM-DD, `region` as its full name."""
    return {
        "asked": found.asked, "url": found.url, "title": found.title,
        "family": found.family, "encoding": found.encoding,
        "items": [
            {"title": item.title, "url": item.url, "published": item.published and item.published.isoformat(),
             "pinned": item.pinned} for item in found.items
        ],
        "newest": found.newest and found.newest.isoformat(), "dated": found.dated, "next": found.next_url,
        "robots": found.robots, "tls_profile": found.tls_profile, "tls_pin": found.tls_pin,
        "moved_to": found.moved_to, "region": full_name(found.region) if found.region else None,
        "duplicates": [{"slug": one.slug, "name": one.name, "why": one.why} for one in found.duplicates],
        "doubts": list(found.doubts), "trouble": found.trouble, "excerpt": found.excerpt,
    }  # fmt: skip
