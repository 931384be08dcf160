"""A notice's text in, what was understood out (DESIGN 4.3)."""

from collections.abc import Sequence
from datetime import date

from notices.reading.deadlines import Known, deadline_doubts, find_deadlines
from notices.reading.doc_number import own_number
from notices.reading.extract import find_extract
from notices.reading.follow_ups import find_follow_up
from notices.reading.issuer import find_issuer
from notices.reading.kind import find_kind
from notices.reading.layout import lay_out
from notices.reading.page import Page
from notices.reading.published import find_anchor, find_published
from notices.reading.region import find_excluded, find_region, level_of, zone_of
from notices.reading.rolling import find_rolling
from notices.reading.sections import find_section
from notices.reading.topics import find_topics, with_broader
from notices.reading.values import Attachment, Found, Reading

READER_VERSION = "2026.11"


def read(
    title: str,
    text: str,
    published: date | None = None,
    url: str | None = None,
    source_region: int | None = None,
    attachments: Sequence[Attachment] = (),
) -> Reading:
    """Everything that the notice says for sure; what is not sure is absent and stands in `doubts`.

    `source_region` is the region of its source: the place of bare names such as 市工信局, and the notice's
    own region where its issuer is not named.
    """
    head, body = Page(title, "title"), Page(text, "body")
    layout = lay_out(body)
    published = published or find_published(layout, url)
    anchor = find_anchor(published, layout, head)
    kind = find_kind(head, body)
    issuer = find_issuer(layout, head, kind.value, url, source_region)
    region, region_evidence, region_doubt = find_region(issuer, head, layout, url, source_region)
    topics = find_topics(head, layout)
    papers = [layout, lay_out(head), *(lay_out(Page(a.text, "attachment")) for a in attachments if a.text)]
    known = Known(kind.value, issuer.name if issuer else "", level_of(region), published, anchor)
    deadlines = find_deadlines(papers, known)
    rolling = find_rolling(body)
    doubts = [region_doubt, *deadline_doubts(kind.value, deadlines, rolling, papers)]
    return Reading(
        kind=kind,
        regions=() if region is None else (region,),
        issuer=Found(issuer.name, issuer.evidence, issuer.confidence) if issuer else None,
        doc_no=own_number(layout),
        region_evidence=region_evidence,
        excluded_regions=find_excluded(head, layout, region),
        topics=with_broader(topics),
        topic_evidence=topics,
        deadlines=deadlines,
        rolling=rolling,
        follow_up=find_follow_up(head, body, kind.value),
        extract=find_extract(layout),
        section=find_section(kind.value, set(topics)),
        zone=zone_of(issuer),
        published=published,
        doubts=tuple(filter(None, doubts)),
    )
