"""What a probe of an address found out, before anything is saved, and what speaks against it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from notices.intake.dates import is_future
from notices.intake.hosts import host_of
from notices.intake.listing import ListItem
from notices.intake.troubles import Why

# A source goes live only after it showed these (facts/feeds.md A1).
FEWEST, DATED_SHARE, STALE = 5, 0.8, timedelta(days=400)
WORD = re.compile(r"[a-zA-Z][\w-]*")
LIKE_A_FEED = re.compile(
    r"(?i)/(?:rss|feed|atom)\b|\.(?:rss|atom|xml)(?:$|\?)|[?&](?:format|type)=(?:rss|atom|xml)"
)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A source that we have and that may be the same list; `why` in Chinese."""

    slug: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """An address as it was found. What could not be found out is empty; `trouble` says in Chinese why.

    `why`: the kind of trouble. `told_family`: what the page's signs say, whatever it was read as.
    `title`: what the page calls itself. `excerpt`: the beginning of its text. `feeds`: those the page names.
    `robots`: what robots.txt says, in Chinese. `moved_to`: where the site says the list has gone for good.
    `tls_profile` and `tls_pin`: as a source keeps them, where only old encryption works.
    """

    asked: str
    today: date
    url: str = ""
    title: str = ""
    family: str = ""
    encoding: str = ""
    items: tuple[ListItem, ...] = ()
    next_url: str = ""
    robots: str = ""
    tls_profile: str = ""
    tls_pin: str = ""
    moved_to: str = ""
    region: int | None = None
    duplicates: tuple[Duplicate, ...] = ()
    trouble: str = ""
    why: Why | None = None
    told_family: str = ""
    excerpt: str = ""
    feeds: tuple[str, ...] = ()

    @property
    def newest(self) -> date | None:
        """The latest day that a line carries and that is not in the future."""
        days = (item.published for item in self.items if not is_future(item.published, self.today))
        return max(filter(None, days), default=None)

    @property
    def dated(self) -> int:
        """How many lines carry a day."""
        return sum(item.published is not None for item in self.items)

    @property
    def slug(self) -> str:
        """A name for the source: the host from its region down, and the column's folder."""
        labels = host_of(self.asked).removesuffix(".gov.cn").removeprefix("www.").split(".")
        folders = [part for part in urlsplit(self.asked).path.split("/") if WORD.fullmatch(part)]
        return "-".join([*reversed(labels), *folders[-1:]])[:50].strip("-")

    @property
    def shortcomings(self) -> tuple[str, ...]:
        """What its lines lack for a list that may go live unseen, in Chinese."""
        return tuple(_thin(self))

    @property
    def doubts(self) -> tuple[str, ...]:
        """What staff should look at before they switch the source on, in Chinese."""
        return tuple(_doubts(self))


def _doubts(found: ProbeResult) -> Iterator[str]:
    if LIKE_A_FEED.search(found.asked) and found.family not in {"", "feed"}:
        yield "这个地址看上去是 RSS，返回的却是网页；已按网页列表读取"
    if found.feeds and found.family != "feed":
        yield f"页面上登有订阅源，可改用：{'、'.join(found.feeds)}"
    if found.moved_to:
        yield f"网站把这个地址永久转到了 {found.moved_to}，请核对后改用新地址"
    if found.tls_profile:
        yield f"网站的加密方式过旧，只能按指纹认它的证书：{found.tls_pin}；请先核对再启用"
    if found.duplicates:
        yield "可能与已有来源重复，见下"
    if found.items:
        yield from found.shortcomings


def _thin(found: ProbeResult) -> Iterator[str]:
    """What the lines lack."""
    if len(found.items) < FEWEST:
        yield f"只有 {len(found.items)} 条，少于 {FEWEST} 条"
    if found.dated < DATED_SHARE * len(found.items):
        yield f"{len(found.items)} 条中只有 {found.dated} 条有日期"
    if found.newest and found.today - found.newest > STALE:
        yield f"最新一条是 {found.newest} 的，栏目可能已停用或搬家"
    ahead = sum(is_future(item.published, found.today) for item in found.items)
    if ahead:
        yield f"{ahead} 条的日期在将来，请核对取法"
