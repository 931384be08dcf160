"""The rows of attachments: planned with the page that links to them, claimed, and settled."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from posixpath import basename
from urllib.parse import unquote, urlsplit

from django.db import connection, transaction
from django.db.models import Q

from notices.intake.attachments import AttachmentLink
from notices.intake.files.papers import Flaw, Paper
from notices.intake.files.words import explain as explain_flaws
from notices.intake.host_leases import HostLeases
from notices.intake.hosts import host_of, registered_host
from notices.intake.schedule import ATTEMPTS, FURTHEST_VISIT, fair_share, next_attempt
from notices.intake.troubles import Why, explain
from notices.models import Attachment, Notice

LEASE = timedelta(minutes=10)  # longer than a task may run; what was not settled is then tried again
HOPELESS = frozenset({
    Why.BAD_URL, Why.REFUSED_ADDRESS, Why.BAD_PORT, Why.GONE, Why.ROBOTS, Why.TOO_BIG, Why.BOMB,
    Why.DOWNGRADE,
})  # fmt: skip
OF_FILES = {Why.GONE: "网站上没有这个文件", Why.TOO_BIG: "文件超过 16 MB，没有读完"}
CLAIM = """
UPDATE notices_attachment SET attempts = attempts + 1, next_try_at = %s
WHERE id IN ({ids}) AND (next_try_at <= %s OR next_try_at > %s) RETURNING id
"""
State = Attachment.State


def plan(notice: Notice, links: Iterable[AttachmentLink], now: datetime) -> None:
    """The files of a page are due; one that is known is looked at again, since its page has changed."""
    by_url = {link.url: link for link in links if link.url.startswith(("http://", "https://"))}
    rows = [
        Attachment(notice=notice, name=link.name[:500], url=url[:2000], url_key=_key(url), next_try_at=now)
        for url, link in by_url.items()
    ]
    Attachment.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["notice", "url_key"],
        update_fields=["name", "next_try_at", "attempts"],
    )


def due(now: datetime, limit: int) -> list[Attachment]:
    """Twice as many files as are taken at once, those of the newest notices first."""
    ripe = Q(next_try_at__lte=now) | Q(next_try_at__gt=now + FURTHEST_VISIT)
    rows = Attachment.objects.filter(ripe).select_related("notice__source").defer("parts")
    return list(rows.order_by("attempts", "-notice_id", "pk")[: limit * 2])


def claim(
    rows: Sequence[Attachment], now: datetime, limit: int, gap: Callable[[str], float], leases: HostLeases
) -> list[Attachment]:
    """Take at most `limit` of them, of hosts that we may visit; of two that claim one gets each."""
    held = leases.take({house(row) for row in rows})
    free = [row for row in rows if house(row) in held]
    chosen = sorted(fair_share(free, lambda row: row.url, gap, limit), key=lambda row: row.pk)
    if not chosen:
        return []
    moment = connection.ops.adapt_datetimefield_value
    statement = CLAIM.format(ids=", ".join(["%s"] * len(chosen)))
    values = [moment(now + LEASE), *(row.pk for row in chosen), moment(now), moment(now + FURTHEST_VISIT)]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        taken = {pk for (pk,) in cursor.fetchall()}
    for row in chosen:
        row.attempts += 1
    return [row for row in chosen if row.pk in taken]


def house(row: Attachment) -> str:
    """The registered host that is asked for the file."""
    return registered_host(host_of(row.url))


def is_spent(row: Attachment) -> bool:
    """Whether all attempts were begun and none came back to say how it ended."""
    return row.attempts > ATTEMPTS


def file_name(row: Attachment) -> str:
    """The name with its ending, which people may leave out and the address has."""
    own = unquote(basename(urlsplit(row.url).path))
    return row.name if "." in row.name[-6:] else f"{row.name} {own}"


def digest_of(body: bytes) -> str:
    """Of the file's bytes: the same file is not read twice."""
    return hashlib.sha256(body).hexdigest()


@transaction.atomic
def settle(row: Attachment, paper: Paper, body: bytes, now: datetime) -> bool:
    """Keep what the file says, and let the notice be read anew where it says anything; whether it does."""
    Attachment.objects.filter(pk=row.pk).update(
        state=_state(paper),
        why=explain_flaws(paper.flaws),
        kind=paper.kind.value,
        parts=[[part.where, part.text] for part in paper.parts],
        members=list(paper.members),
        size=len(body),
        digest=digest_of(body),
        fetched_at=now,
        next_try_at=None,
    )
    if paper.parts or paper.members:
        Notice.objects.filter(pk=row.notice_id).update(read_at=None)
    return bool(paper.parts or paper.members)


def leave(row: Attachment, now: datetime) -> None:
    """The file is as it was."""
    Attachment.objects.filter(pk=row.pk).update(fetched_at=now, next_try_at=None)


def fail(row: Attachment, why: Why, detail: str, now: datetime, earliest: datetime | None = None) -> None:
    """Try again later, or leave the link with the reason; what was read before stays."""
    again = None if why in HOPELESS or is_spent(row) else next_attempt(now, row.attempts)
    if again is not None:
        again = max(again, earliest or again)
    words = f"第 {row.attempts} 次下载：{OF_FILES.get(why) or explain(why, detail)}。"
    known = Attachment.objects.filter(pk=row.pk)
    known.update(next_try_at=again, why=words)
    if again is None:
        known.filter(digest="").update(state=State.REFUSED)


def _state(paper: Paper) -> str:
    if paper.parts or paper.members:
        return State.READ
    return State.SCAN if Flaw.SCAN in paper.flaws else State.UNREADABLE


def _key(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()
