"""What staff bring in, as they look it over before it is saved: drafts, and what the reader makes of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core import signing

from notices.intake.by_hand import Draft, bring_in, draft_of, known
from notices.intake.ingest import How
from notices.lexicon.kinds import KIND_NAMES
from notices.lexicon.regions import full_name
from notices.models import Notice
from notices.reading import read
from notices.reading.values import DEADLINE_OPEN, Attachment, Reading
from notices.region_fields import region_named

SALT = "notices.looking_over"
MOST_PACKED = 2_000_000  # characters; Django takes forms of 2.5 MB
SHOWN = 600  # characters of a body

NO_TITLE = "没有标题，请填写"
NO_TEXT = "没有正文，请核对原文"
NO_REGION = "正文没有说明地区，请填写地区"
BAD_LINK = "链接要以 http:// 或 https:// 开头"


@dataclass(frozen=True, slots=True)
class Line:
    """A draft on the page: what was understood of it, what is doubtful, and the notice that it is already."""

    number: int
    draft: Draft
    issuer: str
    region: str
    asks_region: bool
    kind: str
    deadline: str
    doubts: tuple[str, ...]
    there: Notice | None

    @property
    def excerpt(self) -> str:
        """The beginning of the body."""
        text = self.draft.text
        return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the chosen drafts: new notices, those that we had, and why others were not kept."""

    new: tuple[int, ...]
    there: tuple[int, ...]
    refused: tuple[str, ...]


def look_over(drafts: Iterable[Draft]) -> list[Line]:
    """Every draft as a line, in order."""
    return [_line(number, draft) for number, draft in enumerate(drafts)]


def _line(number: int, draft: Draft) -> Line:
    understood = _understood(draft)
    draft = _with_issuer(draft, understood)
    regions = understood.regions or ((draft.region,) if draft.region else ())
    doubts = list(draft.doubts) + list(understood.doubts)
    doubts += [] if draft.title else [NO_TITLE]
    doubts += [] if draft.text or draft.attachments or NO_TEXT in doubts else [NO_TEXT]
    doubts += [] if regions else [NO_REGION]
    return Line(
        number=number,
        draft=draft,
        issuer=understood.issuer.value if understood.issuer else "",
        region="、".join(full_name(region) for region in regions),
        asks_region=not understood.regions,
        kind=KIND_NAMES[understood.kind.value],
        deadline=_deadline(understood),
        doubts=tuple(dict.fromkeys(doubts)),
        there=known(draft),
    )


def _understood(draft: Draft) -> Reading:
    return read(
        draft.title,
        draft.text,
        published=draft.published,
        url=draft.url or None,
        source_region=draft.region,
        attachments=[Attachment(file.name, file.url) for file in draft.attachments],
    )


def _with_issuer(draft: Draft, understood: Reading) -> Draft:
    """The draft with its issuer, by which the same document on another site is known."""
    found = understood.issuer.value if understood.issuer else ""
    return replace(draft, issuer=draft.issuer or found, published=draft.published or understood.published)


def _deadline(understood: Reading) -> str:
    main = understood.main_deadline
    if main is not None:
        return f"{main.on:%Y-%m-%d}" + (f" {main.at:%H:%M}" if main.at else "")
    if any(doubt.startswith(DEADLINE_OPEN) for doubt in understood.doubts):
        return "待核"
    return "全年受理" if understood.rolling else "无"


def pack(drafts: Sequence[Draft]) -> str:
    """The drafts as a field that nobody can alter; ValueError, in Chinese, where they are too much."""
    packed = signing.dumps([draft.row() for draft in drafts], salt=SALT, compress=True)
    if len(packed) > MOST_PACKED:
        raise ValueError("内容过多，一次导不进来，请分成几份")
    return packed


def unpack(packed: str) -> list[Draft]:
    """The drafts of a packed field; ValueError, in Chinese, where it is not ours."""
    try:
        return [draft_of(row) for row in signing.loads(packed, salt=SALT)]
    except signing.BadSignature as error:
        raise ValueError("页面内容不完整，请重新上传一次") from error


def keep(drafts: Sequence[Draft], typed: Mapping[str, Any], now: datetime) -> Kept:
    """Saves the chosen lines, with what staff corrected in them: title, link, region."""
    new: list[int] = []
    there: list[int] = []
    refused: list[str] = []
    for number, draft in enumerate(drafts):
        speak = f"speak-{number}" in typed
        if f"take-{number}" not in typed and not speak:
            continue
        try:
            ingested = bring_in(_corrected(draft, number, typed), now, tell=speak or "tell" in typed)
        except ValueError as wrong:
            refused.append(f"《{draft.title or '无标题'}》：{wrong}")
            continue
        (new if ingested.how is How.NEW else there).append(ingested.notice_id)
    return Kept(tuple(new), tuple(there), tuple(refused))


def _corrected(draft: Draft, number: int, typed: Mapping[str, Any]) -> Draft:
    """The draft as staff left it; ValueError says what is still missing."""
    title = str(typed.get(f"title-{number}", draft.title)).strip()
    url = str(typed.get(f"link-{number}", draft.url)).strip()
    region = str(typed.get(f"region-{number}", "")).strip()
    if not title:
        raise ValueError(NO_TITLE)
    if url and not url.startswith(("http://", "https://")):
        raise ValueError(BAD_LINK)
    draft = replace(
        draft, title=title[:500], url=url[:1000], region=region_named(region) if region else draft.region
    )
    understood = _understood(draft)
    if not understood.regions and not draft.region:
        raise ValueError(NO_REGION)
    return _with_issuer(draft, understood)
