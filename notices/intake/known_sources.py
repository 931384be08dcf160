"""Sources that we have already and that may be the list that somebody is about to add."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from notices.intake.identity import canonical, url_key
from notices.intake.listing import ListItem
from notices.intake.probe_results import Duplicate
from notices.models import Item, Source

FEW = 3  # common lines that may be chance: titles such as 通知公告
SHARE = 0.3


def sources_like(url: str, items: Sequence[ListItem], but: int | None = None) -> tuple[Duplicate, ...]:
    """The sources with the same list address, and those that showed a good part of the same lines.

    `but`: the source that asks, which is no duplicate of itself.
    """
    asked = canonical(url)
    same = {
        source.pk: Duplicate(source.slug, source.name, "列表地址相同")
        for source in Source.objects.all()
        if source.pk != but and canonical(source.url) == asked
    }
    common = _lines_in_common(items)
    alike = {
        pk: count for pk, count in common.items() if pk != but and count > FEW and count >= SHARE * len(items)
    }
    named = Source.objects.in_bulk([pk for pk in alike if pk not in same])
    more = {
        pk: Duplicate(source.slug, source.name, f"{len(items)} 条中有 {alike[pk]} 条相同")
        for pk, source in named.items()
    }
    return tuple({**same, **more}.values())


def _lines_in_common(items: Sequence[ListItem]) -> dict[int, int]:
    """Source → how many of the lines it showed too, by address or by title."""
    keys = {url_key(item.url): at for at, item in enumerate(items)}
    titles = {item.title: at for at, item in enumerate(items)}
    seen = Item.objects.filter(Q(url_key__in=keys) | Q(title__in=titles))
    shared: dict[int, set[int]] = defaultdict(set)
    for source, key, title in seen.values_list("source_id", "url_key", "title"):
        shared[source].add(keys.get(key, titles.get(title, -1)))
    return {source: len(lines) for source, lines in shared.items()}
