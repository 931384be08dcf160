"""A notice's text in, what was understood out (DESIGN 4.3)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from notices.lexicon.glosses import without_glosses
from notices.lexicon.kinds import Kind
from notices.lexicon.topics import TopicGraph, in_force
from notices.reading.actors import level_spoken
from notices.reading.candidates import Known
from notices.reading.contacts import find_contacts
from notices.reading.deadline_doubts import deadline_doubts
from notices.reading.deadlines import find_deadlines
from notices.reading.extract import find_gist
from notices.reading.follow_ups import find_follow_up
from notices.reading.heading import find_heading
from notices.reading.issuer import find_issuer
from notices.reading.kind import find_kind
from notices.reading.layout import Layout, lay_out
from notices.reading.own_number import own_number
from notices.reading.page import Page
from notices.reading.papers_handed_on import handed_on
from notices.reading.published import Days, find_days
from notices.reading.region import find_excluded, find_region, level_of, names_upward, zone_of
from notices.reading.rolling import find_rolling
from notices.reading.sections import find_section
from notices.reading.short_titles import short_title
from notices.reading.slipped_signatures import signature_doubt
from notices.reading.topics import field_of, find_topics, nouns_in_title, with_broader
from notices.reading.unread_days import held_back
from notices.reading.values import Attachment, Found, IssuerFound, Reading

READER_VERSION = "2026.12.01"


def read(
    title: str,
    text: str,
    published: date | None = None,
    url: str | None = None,
    source_region: int | None = None,
    attachments: Sequence[Attachment] = (),
    graph: TopicGraph | None = None,
) -> Reading:
    """Everything that the notice says for sure; what is not sure is absent and stands in `doubts`.

    `source_region` is the region of its source: the place of bare names such as 市工信局, and the notice's
    own region where its issuer is not named. `graph` holds the topics and their terms, by default those in
    force in this process; the reading names its version.
    """
    body = Page(text, "body")
    layout = lay_out(body)
    head = Page(title, "title") if title.strip() else find_heading(layout) or Page("", "title")
    days = find_days(published, layout, url, head)
    kind = find_kind(head, body)
    issuer = find_issuer(layout, head, kind.value, url, source_region)
    region, region_evidence, region_doubt = find_region(issuer, head, layout, url, source_region, kind.value)
    attached = [lay_out(Page(a.text, "attachment", a.marks)) for a in attachments if a.text]
    papers = [layout, lay_out(head), *attached]
    known = _known(kind.value, issuer, body, region, days)
    deadlines, unread = held_back(find_deadlines(papers, known), papers, known)
    rolling = None if kind.value is Kind.RESULT else find_rolling(body)  # what is told of a call before it
    slipped = signature_doubt(layout.signed_on, days.signed)
    doubts = [region_doubt, slipped, unread, *deadline_doubts(known, deadlines, rolling, papers)]
    return Reading(
        kind=kind,
        regions=() if region is None else (region,),
        issuer=Found(issuer.name, issuer.evidence, issuer.confidence) if issuer else None,
        doc_no=own_number(layout, head),
        region_evidence=region_evidence,
        excluded_regions=find_excluded(head, layout, region),
        deadlines=deadlines,
        rolling=rolling,
        follow_up=find_follow_up(head, body, kind.value),
        zone=zone_of(issuer),
        published=days.published,
        contacts=find_contacts([layout, *attached]),
        doubts=tuple(filter(None, doubts)),
        **_matter(head, [layout, *attached], kind.value, region, issuer, graph or in_force()),
    )


def _known(kind: Kind, issuer: IssuerFound | None, body: Page, region: int | None, days: Days) -> Known:
    """What the deadlines need: of what kind, by whom, at which level, when."""
    level, called = level_of(region)
    name = issuer.name if issuer else ""
    spoken = level_spoken(name, body.clean, level)
    return Known(
        kind=kind,
        issuer=name,
        level=spoken,
        called=called,
        published=days.published,
        since=days.since,
        anchor=days.anchor,
        years=days.years,
        signed=days.signed,
        called_by=days.called,
        cites_call=days.cites_call,
        reach=days.reach,
        addressed=days.addressed,
    )


def _matter(
    head: Page,
    papers: list[Layout],
    kind: Kind,
    region: int | None,
    issuer: IssuerFound | None,
    graph: TopicGraph,
) -> dict[str, Any]:
    """What it is about, in topics, in a short title and in a few quotes; and whose paper it hands on."""
    named, gist = find_topics(head, papers[0], graph), find_gist(papers)
    topics = named | field_of(issuer, kind, named, graph)
    return {
        "topics": with_broader(topics, graph),
        "topic_evidence": topics,
        "extract": gist.lines,
        "gist": gist,
        "short_title": short_title(without_glosses(head.raw), names_upward(region), nouns_in_title(named)),
        "section": find_section(kind, set(topics), graph),
        "lexicon": graph.version,
        **handed_on(papers[0], head, issuer),
    }
