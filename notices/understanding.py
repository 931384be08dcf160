"""From a notice's newest revision to its reading, its deadlines, and the notice that it changes."""

import json
import logging
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from notices import reading as reader
from notices.following import earlier_notice, follows_as_before
from notices.intake.by_hand import told_region, told_section
from notices.intake.feed_texts import LABEL
from notices.intake.ingest import BY_HAND
from notices.models import Deadline, Notice, Reading, Revision
from notices.reading.attached import attached
from notices.reading.values import DEADLINE_OPEN, Attachment, ContactFound, DeadlineFound, Evidence, Gist
from notices.reading.values import Reading as Understood

logger = logging.getLogger(__name__)

FROM_FEED = "原文没有取到，以下读自订阅源所附文字，可能不全"
STUMBLED = f"{DEADLINE_OPEN}：解读时出错，只按标题处理，请看原文；出错经过在日志里"


def waiting() -> list[int]:
    """Notices whose newest revision was not read yet, in the order they came."""
    return list(Notice.objects.filter(read_at=None).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def understand(notice_id: int, now: datetime) -> bool:
    """Reads one notice and records what was understood; False when there was nothing to do."""
    unread = Notice.objects.select_related("source", "reading").filter(pk=notice_id, read_at=None)
    notice = unread.select_for_update(of=("self",)).first()
    if notice is None:
        return False
    revision = notice.revisions.latest("number")
    understood = read_revision(notice, revision)
    if is_known(notice, revision, understood, now):
        Notice.objects.filter(pk=notice.pk).update(read_at=now)
    else:
        record(notice, revision, understood, now)
    return True


def is_known(notice: Notice, revision: Revision, understood: Understood, now: datetime) -> bool:
    """Whether the notice's reading says this already, as after an attachment that adds nothing.

    A follow-up is looked up anew each time, since what it changes may have come in between.
    """
    if notice.reading is None or understood.follow_up is not None:
        return False
    columns = _columns(notice, revision, understood, now)
    same = all(getattr(notice.reading, name) == columns[name] for name in columns.keys() - {"made_at"})
    return same and follows_as_before(notice, notice.reading)


def read_revision(notice: Notice, revision: Revision) -> Understood:
    """The pure reader, given all that is known of the page.

    A page over which the reader stumbles must not hold up those behind it: it is read by its title alone,
    goes out like that, and waits for staff with the fault in the log.
    """
    read = partial(
        reader.read,
        revision.title,
        published=notice.published_on,
        url=notice.url,
        source_region=_region_beside(notice, revision),
    )
    files = attachments_of(notice, revision)
    try:
        return read(revision.text, attachments=files)
    except Exception:  # whatever the flaw of ours, the notice is told and the others are read
        logger.exception("notice %s: the reader stumbled over revision %s", notice.pk, revision.number)
        by_title = read("")
        return replace(by_title, doubts=(STUMBLED, *by_title.doubts))


def _region_beside(notice: Notice, revision: Revision) -> int | None:
    """Where a notice that names no place belongs: what staff said, else its source's; 人工录入 has none."""
    told = told_region(revision)
    return told if told or notice.source.slug == BY_HAND else notice.source.region


def attachments_of(notice: Notice, revision: Revision) -> list[Attachment]:
    """The files of a revision with what was read of them so far."""
    told = dict(notice.files.exclude(parts=[]).values_list("url", "parts"))
    links = revision.attachments
    return [
        attached(number, len(links), file["name"], file["url"], told.get(file["url"], ()))
        for number, file in enumerate(links, 1)
    ]


def record(notice: Notice, revision: Revision, understood: Understood, now: datetime) -> Reading:
    """Writes the reading; a sure follow-up brings its deadlines to the notice that it changes."""
    row = Reading.objects.create(**_columns(notice, revision, understood, now))
    link = earlier_notice(notice, row, understood.follow_up)
    earlier, how = link or (None, "")
    day = notice.published_on or understood.published or timezone.localtime(now).date()
    subject = notice if earlier is None or _goes_on(earlier, how, day) else earlier
    _keep_deadlines(subject, row, understood.deadlines, how)
    Notice.objects.filter(pk=notice.pk).update(
        reading=row,
        read_at=now,
        matched_at=None,
        published_on=notice.published_on or understood.published,
        follows=earlier,
        follows_how=how,
    )
    return row


def _columns(notice: Notice, revision: Revision, understood: Understood, now: datetime) -> dict[str, Any]:
    """The reading as its row: region falls back to the source's, issuer to the source's own (DESIGN 4.3)."""
    return {
        "notice": notice,
        "revision": revision,
        "version": reader.READER_VERSION,
        "lexicon": understood.lexicon,
        "made_at": now,
        "issuer": understood.issuer.value if understood.issuer else notice.source.issuer,
        "doc_no": understood.doc_no.value if understood.doc_no else "",
        "kind": understood.kind.value.value,
        "regions": list(understood.regions or (_region_beside(notice, revision) or notice.source.region,)),
        "excluded_regions": list(understood.excluded_regions),
        "topics": list(understood.topics),
        "rolling": bool(understood.rolling and understood.rolling.value),
        "section": told_section(revision) or understood.section,
        "extract": [quote.quote for quote in understood.extract],
        "gist": _gist(understood.gist),
        "short_title": understood.short_title,
        "contacts": [contact_row(found) for found in understood.contacts],
        "evidence": _evidence(understood, _origin(revision)),
        "doubts": [*([FROM_FEED] if _origin(revision) else []), *understood.doubts],
        "confidence": understood.confidence,
    }


def contact_row(found: ContactFound) -> dict[str, Any]:
    """A contact as JSON keeps it, its proof beside it."""
    proof = asdict(found.evidence)
    return {"kind": found.kind, "value": found.value, "whose": found.whose, **proof}


def _gist(gist: Gist) -> dict[str, Any]:
    """The gist as JSON keeps it: each quote with its place; only what the notice says."""
    lines = {"who": gist.who, "given": gist.given, "how": gist.how}
    kept: dict[str, Any] = {question: asdict(quote) for question, quote in lines.items() if quote}
    if gist.amounts:
        kept["amounts"] = [{"said": one.said, **asdict(one.evidence)} for one in gist.amounts]
    if gist.conditions:
        kept["conditions"] = [asdict(one) for one in gist.conditions]
    return kept


def _origin(revision: Revision) -> str:
    """Where a revision's text was had, if not from the notice's own page."""
    return str(revision.meta.get(LABEL, ""))


def _evidence(understood: Understood, origin: str) -> dict[str, Any]:
    """Each value's proof under its name, as JSON keeps it; `origin` is where the body was had."""
    proofs: dict[str, Evidence | None] = {
        "issuer": understood.issuer.evidence if understood.issuer else None,
        "doc_no": understood.doc_no.evidence if understood.doc_no else None,
        "handed_on": understood.handed_on.evidence if understood.handed_on else None,
        "handed_on_no": understood.handed_on_no.evidence if understood.handed_on_no else None,
        "region": understood.region_evidence,
        "kind": understood.kind.evidence,
        "rolling": understood.rolling.evidence if understood.rolling else None,
        "follow_up": understood.follow_up.evidence if understood.follow_up else None,
        **{f"topic:{topic}": proof for topic, proof in understood.topic_evidence.items()},
        **{f"deadline:{found.on}": found.evidence for found in understood.deadlines},
    }
    kept = {
        name: asdict(replace(proof, where=origin) if origin and proof.place == "body" else proof)
        for name, proof in proofs.items()
        if proof is not None
    }
    return dict(json.loads(json.dumps(kept, default=str)))


def _goes_on(call: Notice, how: str, day: date) -> bool:
    """Whether something of a call is still due when first results come, whose days are no new ones of it."""
    return how == "results" and call.deadlines.filter(superseded_by=None, on__gte=day).exists()


def _keep_deadlines(subject: Notice, row: Reading, found: tuple[DeadlineFound, ...], how: str) -> None:
    """Puts the found deadlines in place of those of earlier readings; a moved main one points to the new."""
    subject.deadlines.filter(is_main=False, superseded_by=None, supersedes=None).delete()
    for deadline in found:
        if not deadline.main:
            Deadline.objects.create(**_deadline(subject, row, deadline))
    main = next((deadline for deadline in found if deadline.main), None)
    _keep_main(subject, row, main, how)


def _keep_main(subject: Notice, row: Reading, main: DeadlineFound | None, how: str) -> None:
    """The same day stays one row; another day supersedes it; none found lets an old one stand no more."""
    in_force = subject.deadlines.select_related("reading").filter(is_main=True, superseded_by=None)
    standing = in_force.first()
    own_words = row.notice_id == subject.pk
    if standing is not None and own_words and standing.reading.notice_id != subject.pk:
        return  # A follow-up moved it: the first notice, read again, does not move it back.
    if main is None:
        if standing is not None and own_words:
            Deadline.objects.filter(pk=standing.pk).update(is_main=False)
        return
    if standing is not None and (standing.on, standing.at) == (main.on, main.at):
        Deadline.objects.filter(pk=standing.pk).update(reading=row, quote=main.evidence.quote)
        return
    columns = _deadline(subject, row, main)
    if standing is not None and not own_words and how != "results":
        # A follow-up moves the day; what is to be done by then stays as the first notice put it, but
        # by the day of results others may object.
        columns |= {"who": standing.who or columns["who"], "what": standing.what or columns["what"]}
    new = Deadline.objects.create(**columns)
    if standing is not None:
        Deadline.objects.filter(pk=standing.pk).update(superseded_by=new)
    Deadline.objects.filter(pk=new.pk).update(is_main=True)


def _deadline(subject: Notice, row: Reading, found: DeadlineFound) -> dict[str, Any]:
    return {
        "notice": subject,
        "reading": row,
        "on": found.on,
        "at": found.at,
        "who": found.who[:200],
        "what": found.what[:200],
        "quote": found.evidence.quote,
    }
