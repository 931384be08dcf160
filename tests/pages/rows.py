"""Rows for page tests: one source, and notices with what was understood of them."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from notices.models import Deadline, Notice, Reading, Revision, Source

SEEN = datetime.fromisoformat("2019-10-22T09:00:00+08:00")
_numbers = count(1)


def source(**more: Any) -> Source:
    """A source of 淮北市, switched on."""
    slug = f"huaibei-{next(_numbers)}"
    return Source.objects.create(
        **{
            "slug": slug,
            "name": "淮北市经信局",
            "url": "http://jxj.huaibei.gov.cn/",
            "family": "trs",
            "region": 1,
        }
        | {"enabled": True, "last_success_at": SEEN}
        | more
    )


def reading_of(notice: Notice) -> Reading:
    """The notice's current reading, which these rows always have."""
    assert notice.reading is not None
    return notice.reading


def notice(of: Source, title: str, due: date | None = None, **of_reading: Any) -> Notice:
    """A notice that was read; `due` is its main deadline."""
    number = next(_numbers)
    row = Notice.objects.create(
        title=title,
        url=f"http://jxj.huaibei.gov.cn/xxfb/{number}.html",
        source=of,
        published_on=date(2019, 10, 21),
        first_seen_at=SEEN + timedelta(minutes=number),
        identity=f"{number:064}",
        read_at=SEEN,
    )
    reading = read(row, **of_reading)
    if due:
        Deadline.objects.create(
            notice=row, reading=reading, on=due, what="报送材料", quote="于10月29日前报送", is_main=True
        )
    return row


def read(row: Notice, *, html: str = "", text: str = "请各单位认真组织。", **more: Any) -> Reading:
    """One revision and its reading, made the notice's current one."""
    revision = Revision.objects.create(
        notice=row, number=1, title=row.title, text=text, html=html, content_hash="0" * 64, seen_at=SEEN
    )
    values = {"issuer": "淮北市经济和信息化局", "kind": "application", "regions": [1], "topics": []} | more
    reading = Reading.objects.create(
        notice=row, revision=revision, version="test", made_at=SEEN, confidence=0.9, **values
    )
    row.reading = reading
    row.save(update_fields=["reading"])
    return reading
