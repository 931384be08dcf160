"""Which dates of a notice are deadlines, and which of them binds the reader."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import islice

from notices.lexicon.clock_times import END_OF_DAY
from notices.lexicon.kinds import Kind
from notices.reading.actors import actor_of, closing_rank, is_of_superior, is_own
from notices.reading.candidates import (
    Candidate,
    Known,
    one_a_day,
    with_batches,
    with_main,
    without_counted,
    without_late_slips,
    without_past_rounds,
)
from notices.reading.counted import counted_after_closing, counted_before_event
from notices.reading.deadline_cues import cues, first
from notices.reading.deadline_rules import BY_DEFAULT, HEARD, asks_else, deadline_rule
from notices.reading.layout import Layout
from notices.reading.month_lists import of_each_month
from notices.reading.periods import periods_in
from notices.reading.postponed import BY_A_WHILE, postponed
from notices.reading.quiet_kinds import QUIET_KINDS
from notices.reading.sentences import DateInSentence, Sentence, dates_in, sentences
from notices.reading.shown_late import (
    FIRST_MONTHS,
    hands_on_old_call,
    heard_out,
    is_old_calls,
    was_asked,
)
from notices.reading.stated_spans import counts_again, stated_spans
from notices.reading.told_day import shown_on
from notices.reading.values import DeadlineFound
from notices.reading.year_slips import (
    TOLD_AS_PAST,
    is_meant,
    likely_day,
    off_weekday,
    year_doubts,
    year_written,
)

NEXT_DATE = re.compile(r"[,;。][^,;。\d]{0,8}\d{1,4}[年月]")
ITS_PURPOSE = re.compile(  # what the office does with it is nobody's deadline
    r",以便|,由我[局厅委办]"
    r"|(?<=[^,。;]{5}),(?:再|最后|然后)?由?(?:我|省|自治区|市|州|盟|区|县|旗)[^,。;]{0,8}?[局厅委办](?:统一|集中|负责)?"
    r"(?:审核|审查|初审|复核|汇总|整理|上报|推荐)"
)
SLIPPED = 0.5  # how sure a day is whose year was written wrong
HEARING = re.compile(r"听证")  # a right of few beside the days in which all may object
TOO_MANY = 60  # a page with more deadlines is a table of something else
EXPECTED = (Kind.APPLICATION, Kind.CONSULTATION, Kind.EXTENSION)  # notices that ask for something by a day
SHUT_FROM = re.compile(  # 5月10日起不再受理: the last day is the 9th
    r"(?:起[,]?|及?以后[,]?)(?:[^,。;]{0,12}?)(?:不再|停止|关闭|截止|终止|不予)(?:受理|接收|接受|申报|报名|填报|系统|开放|办理)?"
)
THIRD_BEGINS = {"middle": 11, "late": 21}
OF_READERS = re.compile(
    r"请(?:你[局委们]|各[^,。;:]{0,16}|有关[^,。;:]{0,10}|相关[^,。;:]{0,10})?(?:务必|及时|抓紧)?[于在]?$"
)
OWN_REVIEW = re.compile(
    r"(?:审核|审查|复核|复审|初审|评审|审批)(?:的)?(?:时间|期限|日期|截止)[^,。;:]{0,12}$"
)
CITES = re.compile(
    r"通知》|(?:印发|发布|下发)(?:了|的)?(?:[^,。;]{0,16}(?:通知|公告|通告)|《)|此前|前期"
)  # what an extension tells as past
NOW_MOVED = re.compile(  # 应于4月12日前上报,现推迟到4月20日
    r"[^。;]{0,60},[^。;,]{0,16}现(?:将|予以?|拟|就)?[^。;]{0,30}(?:推迟|延长|延期|延后|延|调整|顺延|改)[^。;]{0,8}(?:至|到|为)"
)
SET_ANEW = re.compile(  # 发布了通知,…现将申报期延长,系统截止期为2月29日: what follows is not cited
    r"(?:现|决定|同意|经研究)[^。;]{0,160}(?:延长|延期|顺延|推迟|延后),[^。;]{0,80}$"
)
SIGN_UP = re.compile(r"(?:报名|预约)[^,。;:]{0,6}(?:时间|日期|期限|时限|截止)")  # asked for an event
LATE = timedelta(days=30)  # so long after its last day a call may still be shown
LESS_PLAIN = ("by then", "period")  # rules that show no day which was over to have been asked for
LABELLED = ("span", "closing label", "label", "label, until")
NEW_DAY = (  # rules that stand for the day an extension sets
    *("extended to", "put off by a while, until", "brought forward to", "as changed", "is what counts"),
    *("unchanged", "stays", "stays as it was"),
)
OF_ANYONE = ("closes that day", "label and closing day")  # said of others' deadlines as well


def find_deadlines(layouts: Iterable[Layout], known: Known) -> tuple[DeadlineFound, ...]:
    """The deadlines of the pages by day, one of them marked as main where one binds the reader."""
    papers = [*layouts]
    told = [sentence for layout in papers for sentence in sentences(layout)]
    if known.kind in HEARD and known.signed is None:
        known = replace(known, shown=shown_on(told, known.published))
    known = replace(known, spans=tuple(stated_spans(told, known.kind, known.published)))
    candidates = _asked_in(told, known)
    candidates = without_late_slips(with_batches(without_past_rounds(candidates)))
    candidates = candidates or _shown_late(papers, told, known) or [*_long_over(told, known)]
    candidates = without_counted(candidates, known.kind)
    candidates += counted_before_event(told, known)
    candidates += counted_after_closing(told, candidates, known)
    if known.kind is Kind.EXTENSION:
        old = _superseded(told, known)
        candidates = [c for c in candidates if c.rule in NEW_DAY or not (c.found.on in old or c.cites)]
        named = any(candidate.rule in NEW_DAY for candidate in candidates)
        candidates = candidates if named else [*_put_off(told, known)] or candidates
    return with_main(one_a_day([c for c in candidates if not c.own]))


def _shown_late(papers: list[Layout], told: list[Sentence], known: Known) -> list[Candidate]:
    """Of a call whose page came after its end: the days that a label says for sure to close it.

    Where it was signed before its page, those that it plainly set then; so too of a publicity or a draft
    that is not yet heard out.
    """
    if known.since is None or (known.kind in HEARD and any(heard_out(paper.page.clean) for paper in papers)):
        return []
    if known.kind in (*HEARD, Kind.EXTENSION):
        return _set_when_signed(told, known)
    if known.kind not in (Kind.APPLICATION, Kind.OTHER):
        return []
    if known.kind is Kind.OTHER:
        told = [s for s in told if SIGN_UP.search(s.text) and not TOLD_AS_PAST.search(s.text)]
    earlier = replace(known, since=known.since - LATE)
    labelled = [candidate for candidate in _asked_in(told, earlier) if candidate.rule in LABELLED]
    return labelled or _set_when_signed(told, known) or _set_in_year(told, known)


def _set_when_signed(told: list[Sentence], known: Known) -> list[Candidate]:
    """The days after its signature that a notice plainly asks for, where its page came later."""
    if known.signed is None or known.since is None or known.signed >= known.since:
        return []
    signed = replace(known, since=known.signed, published=known.signed, anchor=known.signed)
    return [candidate for candidate in _asked_in(told, signed) if candidate.rule not in LESS_PLAIN]


def _set_in_year(told: list[Sentence], known: Known) -> list[Candidate]:
    """The days of its own year that an old call asked for, shown again by another in a year after it."""
    if known.called_by is None or known.published is None or not hands_on_old_call(known):
        return []
    begun = date(known.called_by, 1, 1)
    then = replace(known, since=begun, published=begun, anchor=begun, called_by=None)
    asked = [c for c in _asked_in(told, then) if c.rule not in LESS_PLAIN]
    return [c for c in asked if c.found.on.month > FIRST_MONTHS and c.found.on < known.published]


def _long_over(told: list[Sentence], known: Known) -> Iterator[Candidate]:
    """The days that a notice plainly asked for, all over before its page."""
    dates = (dated for sentence in told if not cites(sentence.text) for dated in dates_in(sentence))
    for dated in dates if known.since else ():
        day = _day(dated, known)
        rule = deadline_rule(dated, known.kind) if day and known.since and day < known.since else None
        if day and rule and known.since and was_asked(dated, day, rule, known):
            yield _candidate(dated, day, rule, known)


def _put_off(told: list[Sentence], known: Known) -> Iterator[Candidate]:
    """The old last days put off by the while that an extension names, where it names no new day."""
    moved = [sentence for sentence in told if BY_A_WHILE.search(sentence.text)]
    dates = (dated for sentence in told for dated in dates_in(sentence)) if len(moved) == 1 else ()
    closing = [d for d in dates if d.since or cues().closing.match(d.after) or first(cues().sure, d)]
    old = [(dated, day) for dated in closing if (day := _day(dated, known))]
    for sentence in moved[:1]:
        for found in postponed(sentence, old, known.since):
            actor = actor_of(sentence.text, "", sentence.heading, known.kind)
            yield Candidate(replace(found, who=actor.who), "put off", actor)


def _superseded(told: Iterable[Sentence], known: Known) -> set[date | None]:
    """The days that an extension names as the old ones."""
    old = cues().superseded
    return {_day(d, known) for sentence in told for d in dates_in(sentence) if first(old, d)}


def _asked_in(told: list[Sentence], known: Known) -> list[Candidate]:
    """What the sentences ask for by a day, each alone."""
    return [*islice((c for sentence in told for c in _in_sentence(sentence, known)), TOO_MANY)]


def _in_sentence(sentence: Sentence, known: Known) -> Iterator[Candidate]:
    found, apart = False, known.kind is Kind.RESULT
    for dated in of_each_month(dates_in(sentence), known.anchor):
        day = _day(dated, known)
        past = day is None or (known.since is not None and day < known.since)
        meant = likely_day(dated, day, known.since)
        if meant:
            day = meant if is_meant(dated, meant, known.since, known.years) else None
        rule = None if day is None or (past and not meant) else deadline_rule(dated, known.kind)
        if rule and day and not (meant and not _plainly_asked(rule, sentence, known.kind)):
            found, apart = True, apart and asks_else(dated)
            candidate = _candidate(dated, day, rule, known)
            unsure = replace(candidate.found, confidence=SLIPPED) if meant else candidate.found
            yield replace(candidate, found=unsure, slipped=meant is not None)
    found = found and not apart
    beside = found and known.kind in BY_DEFAULT
    counts = (beside or not found) and not counts_again(sentence.text, known.spans)
    if counts and known.anchor and known.kind not in QUIET_KINDS:
        heard, start = known.kind in HEARD, known.shown or known.published
        for period in periods_in(sentence, start, known.anchor, publishes=heard, beside=beside):
            actor = actor_of(sentence.text, "", sentence.heading, known.kind)
            if HEARING.search(sentence.text):
                actor = replace(actor, outside=False)
            yield Candidate(replace(period, who=actor.who), "period", actor)


@lru_cache(maxsize=8)  # a sentence is asked for each of its days
def cites(text: str) -> bool:
    """Whether a sentence tells of an earlier notice."""
    return bool(CITES.search(text))


def _plainly_asked(rule: str, sentence: Sentence, kind: Kind) -> bool:
    """Whether it is beyond doubt that a day is asked for, so that only its year can be wrong."""
    return kind in (*EXPECTED, Kind.RESULT) and rule != "by then" and not cites(sentence.text)


def _day(dated: DateInSentence, known: Known) -> date | None:
    """The last day on which one may act: before 0:00 is the day before, 下旬前 the day before it begins.

    A span may have begun before its notice; where only the year is known it does not begin before the year.
    """
    anchor = known.anchor
    if known.published is None and dated.mention.needs_today:
        return None
    if dated.since and anchor:
        begins = dated.since.near(anchor) if known.published else dated.since.last_day(anchor)
        anchor = begins or anchor
    day = _just_over(dated, known) or dated.mention.last_day(anchor)
    if day and not year_written(dated) and is_old_calls(day, known):
        return None
    if day and known.published is None and off_weekday(dated, day):
        return None  # the year was only a guess
    if day and (dated.mention.at == time(0) or (dated.mention.at is None and SHUT_FROM.match(dated.after))):
        return day - timedelta(days=1)
    if day and dated.mention.part in ("middle", "late") and dated.after.startswith("前"):
        return day.replace(day=THIRD_BEGINS[dated.mention.part] - 1)
    return day


def _just_over(dated: DateInSentence, known: Known) -> date | None:
    """A day without a year that was over less than a month before its page: shown late, not next year's.

    Nobody gives eleven months to act and leaves the year unsaid, but by the end of the year to come. Where
    the day of publication is not known there is none to be over by.
    """
    mention, shown = dated.mention, known.anchor if known.published else None
    if shown is None or dated.since or mention.year is not None or mention.part != "day" or mention.repeats:
        return None
    day = mention.near(shown) if mention.month and (mention.month, mention.day) != (12, 31) else None
    return day if day and timedelta(0) < shown - day <= LATE else None


def _candidate(dated: DateInSentence, day: date, rule: str, known: Known) -> Candidate:
    sentence, mention = dated.sentence, dated.mention
    closing = cues().closing.match(sentence.page.clean[mention.end : mention.end + 20])
    end = mention.end + (closing.end() if closing else 0)
    after = ITS_PURPOSE.split(NEXT_DATE.split(dated.after[:100], maxsplit=1)[0], maxsplit=1)[0]
    actor = actor_of(dated.before[-120:], after, sentence.heading, known.kind)
    rank = closing_rank(dated.before[-60:], known.called, known.level)
    if rank is not None and rank >= known.level:
        actor = replace(actor, who="" if actor.who.endswith("级") else actor.who, outside=True)
    evidence = sentence.page.evidence(_quote_start(dated), end)
    found = DeadlineFound(
        day, evidence, END_OF_DAY if mention.at == time(0) else mention.at, actor.who, actor.what
    )
    sure = rule not in OF_ANYONE and any(rule == cue.name for cue in cues().sure)
    heard = rule == "span" and known.kind in HEARD  # whoever held the review, the public may object
    asked = bool(OF_READERS.search(dated.before))
    asked = asked or (sure and not OWN_REVIEW.search(dated.before))
    own = not (heard or asked) and is_own(actor, after, known.issuer, known.level, known.called)
    own = own or is_of_superior(actor, dated.before[-40:], after, known.issuer, known.level)
    told = cites(sentence.text) and not SET_ANEW.search(dated.before)
    again = bool(told or NOW_MOVED.match(dated.after))
    above, bare = rank is not None and rank < known.level, mention.year is None
    return Candidate(found, rule, actor, again, own, above=above, bare=bare)


def _quote_start(dated: DateInSentence) -> int:
    """Where the quote begins: at the clause of the date, so that it says what is due."""
    if dated.told_from:
        return dated.told_from
    clause = len(dated.before) - max(dated.before.rfind(c) for c in ",:。;\n") - 1
    return dated.start - (clause if clause <= 24 else 0)


def deadline_doubts(
    known: Known, found: tuple[DeadlineFound, ...], rolling: object, layouts: Iterable[Layout]
) -> Iterator[str]:
    """For staff: years that cannot be right; that a notice which should have a deadline has none.

    With the dates that it might be.
    """
    if known.kind not in (*EXPECTED, Kind.RESULT):
        return
    told = [sentence for layout in layouts for sentence in sentences(layout)]
    main = next((one.on for one in found if one.main), None)
    slips = [*year_doubts(_slips(told, known), main)]
    yield from slips
    if found or rolling or slips or known.kind not in EXPECTED:
        return
    quotes = [d.sentence.page.clean[_quote_start(d) : d.mention.end + 12] for s in told for d in dates_in(s)]
    yield f"截止待核；文中日期：{'；'.join(quotes[:5])}" if quotes else "截止待核：文中没有日期"


def _slips(told: Iterable[Sentence], known: Known) -> Iterator[tuple[DateInSentence, date, date]]:
    """Dates that would be deadlines in another year than is written, as written and as meant."""
    for sentence in told:
        for dated in dates_in(sentence):
            day = _day(dated, known)
            meant = likely_day(dated, day, known.since)
            if day and meant and not cites(sentence.text) and deadline_rule(dated, known.kind):
                yield dated, day, meant
