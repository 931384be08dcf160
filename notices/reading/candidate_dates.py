"""A date that is asked for, as a candidate: who must act by it, whether it is told of or set anew."""

import re
from dataclasses import replace
from datetime import date, time
from functools import lru_cache

from notices.lexicon.clock_times import END_OF_DAY
from notices.lexicon.kinds import Kind
from notices.reading.actors import actor_of, closing_rank, is_of_superior, is_own
from notices.reading.candidates import Candidate, Known
from notices.reading.deadline_cues import cues
from notices.reading.deadline_rules import HEARD
from notices.reading.sentences import DateInSentence
from notices.reading.values import DeadlineFound

NEXT_DATE = re.compile(r"[,;。][^,;。\d]{0,24}\d{1,4}[年月]")  # with the words of its own before it
ITS_PURPOSE = re.compile(  # what the office does with it is nobody's deadline
    r",以便|,由我[局厅委办]"
    r"|(?<=[^,。;]{5}),(?:再|最后|然后)?由?(?:我|省|自治区|市|州|盟|区|县|旗)[^,。;]{0,8}?[局厅委办](?:统一|集中|负责)?"
    r"(?:审核|审查|初审|复核|汇总|整理|上报|推荐)"
)
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
LEARNT_FROM = re.compile(  # 记者从市科技局获悉, 市科技局的公示称: who told acts on nothing
    r"^.*(?:获悉|了解到|得知|透露|(?:公示|公告|通告|通报)中?(?:称|指出|显示|明确)),"
)
TOLD_BY = re.compile(r"^.*[局厅委部办](?:明确|近日|日前)?(?:要求|规定|提醒|强调|指出)[,:]")  # in a story
CLAUSE_ENDS = re.compile(r"[。;!?\n]|(?<=..),")
LONGEST_REST = 24  # characters of a clause behind its date that staff are shown
OF_ANYONE = ("closes that day", "label and closing day")  # said of others' deadlines as well


def candidate_of(dated: DateInSentence, day: date, rule: str, known: Known) -> Candidate:
    """The day for which a date was taken by a rule, with who must act and the words that say so."""
    sentence, mention = dated.sentence, dated.mention
    closing = cues().closing.match(sentence.page.clean[mention.end : mention.end + 20])
    end = mention.end + (closing.end() if closing else 0)
    after = ITS_PURPOSE.split(NEXT_DATE.split(dated.after[:100], maxsplit=1)[0], maxsplit=1)[0]
    before = LEARNT_FROM.sub("", dated.before[-120:])
    before = TOLD_BY.sub("", before) if known.kind is Kind.NEWS else before
    actor = actor_of(before, after, sentence.heading, known.kind)
    rank = closing_rank(dated.before[-60:], known.called, known.level)
    if rank is not None and rank >= known.level:
        actor = replace(actor, who="" if actor.who.endswith("级") else actor.who, outside=True)
    evidence = sentence.page.evidence(quote_start(dated), end)
    found = DeadlineFound(
        day, evidence, END_OF_DAY if mention.at == time(0) else mention.at, actor.who, actor.what
    )
    sure = rule not in OF_ANYONE and rule in cues().sure_names
    heard = rule == "span" and known.kind in HEARD  # whoever held the review, the public may object
    asked = bool(OF_READERS.search(dated.before))
    asked = asked or (sure and not OWN_REVIEW.search(dated.before))
    own = not (heard or asked) and is_own(actor, after, known.issuer, known.level, known.called)
    own = own or is_of_superior(actor, dated.before[-40:], after, known.issuer, known.level)
    told = cites(sentence.text) and not SET_ANEW.search(dated.before)
    again = bool(told or ("现" in dated.after and NOW_MOVED.match(dated.after)))
    above, bare = rank is not None and rank < known.level, mention.year is None
    return Candidate(found, rule, actor, again, own, above=above, bare=bare)


@lru_cache(maxsize=8)  # a sentence is asked for each of its days
def cites(text: str) -> bool:
    """Whether a sentence tells of an earlier notice."""
    return bool(CITES.search(text))


def quote_start(dated: DateInSentence) -> int:
    """Where the quote begins: at the clause of the date, so that it says what is due."""
    if dated.told_from:
        return dated.told_from
    clause = len(dated.before) - max(dated.before.rfind(c) for c in ",:。;\n") - 1
    return dated.start - (clause if clause <= 24 else 0)


def clause_of(dated: DateInSentence) -> str:
    """The clause of a date as it is written, for staff who decide what it means; cut where it runs long."""
    page, end = dated.sentence.page, dated.mention.end
    rest = page.clean[end : min(end + LONGEST_REST, dated.sentence.end)]
    stop = CLAUSE_ENDS.search(rest)
    return page.written(quote_start(dated), end + (stop.start() if stop else len(rest))).strip()
