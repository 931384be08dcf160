"""Whom to ask and where to send: people, phones, mail, addresses, systems and copies, each with its quote.

A name or a number counts only where a cue says what it is (联系人：…, 电话：…): what is unsure is absent.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from notices.lexicon.normal import BLANK_BESIDE_HAN
from notices.reading.contact_cues import cue_words
from notices.reading.contact_values import ASIDE, AT, EMAIL, address_in, is_address, mail_address, tokens
from notices.reading.copies import find_copies
from notices.reading.layout import Layout
from notices.reading.page import Line, Page
from notices.reading.person_names import Named, is_office, is_place, joined, read_name
from notices.reading.systems import find_systems
from notices.reading.values import ContactFound, Evidence

MOST = 40  # contacts of one notice; a directory in an attachment is no contact
LONGEST_QUOTE = 160
FURTHEST = 120  # characters in which an address ends
SHORT = 80  # characters of a line that is nothing but a contact
FIRM = ("公司", "协会", "学会", "银行")
_WHOLE_NUMBER = r"0\d{2,3}\)?[- ]?[2-9]\d{6}|1[3-9]\d{9}"
HAS_NUMBER, IS_NUMBER = re.compile(_WHOLE_NUMBER), re.compile(rf"\(?{_WHOLE_NUMBER}")
MOST_CUES = 200  # cues of one line
NEAR = 3  # lines below a name that a phone is still this person's
POSTCODE = re.compile(r"\d{6}(?!\d)")
STOP = re.compile(r"[。;!?\t]|$")
BOUND = re.compile(r"[:\t ]")


NumberKind = Literal["phone", "fax"]


@dataclass(slots=True)
class Run:
    """Contacts that stand together: the people last named, whether their phone came, and how far back."""

    people: list[str] = field(default_factory=list)
    office: str = ""
    answered: bool = False
    opened: bool = False
    age: int = 0

    @property
    def whose(self) -> str:
        """Whose phone comes next."""
        return "、".join(self.people) or self.office

    def meet(self, named: Named) -> None:
        """A person; one after a phone begins a new group."""
        if self.answered:
            self.people, self.answered = [], False
        self.people.append(named.name)
        self.office = named.office or self.office


def find_contacts(papers: Iterable[Layout]) -> tuple[ContactFound, ...]:
    """Every contact that the notice and its attachments tell for sure, in their order, each once."""
    found: dict[tuple[str, str], ContactFound] = {}
    for paper in papers:
        for contact in _of_paper(paper):
            found.setdefault((contact.kind, contact.value), contact)
    return tuple(islice(found.values(), MOST))


def _of_paper(paper: Layout) -> Iterator[ContactFound]:
    run, words = Run(), cue_words()
    advertises = words.advertising.search(paper.page.clean) is not None
    for line in paper.body:
        if line in paper.signature or (advertises and words.advertising.search(line.text)):
            continue
        here = list(_of_line(paper.page, line, run))
        run.age = 0 if here else run.age + 1
        if run.age > NEAR:
            run = Run()
        yield from here
    yield from find_systems(paper)
    yield from find_copies(paper)


def _of_line(page: Page, line: Line, run: Run) -> Iterator[ContactFound]:
    """The contacts of a line: what stands before its first cue goes with the run, then each cue's part."""
    cues = []
    if cue_words().trigger.search(line.text):
        said = islice(cue_words().cue.finditer(line.text), MOST_CUES)
        cues = [cue for cue in said if _speaks(page, line, cue)]
    first = cues[0].start() if cues else len(line.text)
    going_on = list(_going_on(page, line, first, run)) if run.opened or run.answered else []
    yield from going_on or _office_first(page, line, first)
    ends = [cue.start() for cue in cues[1:]] + [len(line.text)]
    for cue, end in zip(cues, ends if cues else [], strict=True):
        yield from _of_cue(page, line, cue, end, run)
    if cues and not line.text[cues[-1].end() :].strip(" :") and _kinds(cues[-1]) & {"person", "phone"}:
        run.opened = True
    yield from _elsewhere(page, line, run)


def _speaks(page: Page, line: Line, cue: re.Match[str]) -> bool:
    """Whether a cue is followed as cues are: a colon, a cell, a number, or in the original a blank."""
    after = line.text[cue.end() : cue.end() + 2]
    if not after or BOUND.match(after) or re.match(r"[为是]?[:]?\(?\d", after):
        return True
    place = page.raw_offset(line.start + cue.end() - 1) + 1
    raw = page.raw[place : place + 1]
    return raw.isspace() and after[0] not in ",、;。)" and "person" in _kinds(cue)


def _kinds(cue: re.Match[str]) -> set[str]:
    return {kind.removesuffix("2") for kind, words in cue.groupdict().items() if words}


def _going_on(page: Page, line: Line, end: int, run: Run) -> Iterator[ContactFound]:
    """A line that goes on a list of people: 市科技局规划处 周某；联系电话：… below 联系人：…"""
    part = line.text[:end]
    if not part.strip(" ;,(") or "。" in part or len(part) > 60:
        return
    trial = replace(run, people=[], answered=False)
    said = list(_people_and_phones(page, line, 0, end, trial, with_phones=run.opened))
    names = any(contact.kind == "person" for contact in said)
    phones = any(contact.kind == "phone" for contact in said)
    if names and (phones or end < len(line.text)):
        run.people, run.office, run.answered = trial.people, trial.office, trial.answered
        yield from said


def _office_first(page: Page, line: Line, end: int) -> Iterator[ContactFound]:
    """An office and its phone begin the line: 市工信局技改科 0756-2256089; local numbers look like codes."""
    if len(line.text) > SHORT or "\t" in line.text or not HAS_NUMBER.search(line.text):
        return
    kinds = list(islice(tokens(page.written(line.start, line.start + end)), 2))
    if [kind for kind, _ in kinds] != ["words", "phone"] or not is_office(kinds[0][1][0]):
        return
    if kinds[0][1][0].endswith(FIRM):
        return
    for found in _people_and_phones(page, line, 0, end, Run(), 0):
        if found.kind == "person" or IS_NUMBER.match(found.value):
            yield found


def _of_cue(page: Page, line: Line, cue: re.Match[str], end: int, run: Run) -> Iterator[ContactFound]:
    kinds = _kinds(cue)
    start = cue.end()
    if kinds & {"person", "phone", "fax"}:
        numbers: list[NumberKind] = ["phone"] if kinds & {"person", "phone"} else []
        numbers += ["fax"] if "fax" in kinds else []
        yield from _people_and_phones(page, line, start, end, run, cue.start(), numbers)
    if "postcode" in kinds and (found := POSTCODE.match(line.text[start:end].lstrip(" :\t"))):
        yield ContactFound("postcode", found[0], _quote(page, line, cue.start(), end))
    if "address" in kinds:
        yield from _address(page, line, start, end, cue.start())


def _people_and_phones(
    page: Page,
    line: Line,
    start: int,
    end: int,
    run: Run,
    quoted_from: int | None = None,
    numbers: Sequence[NumberKind] = ("phone",),
    *,
    with_phones: bool = True,
) -> Iterator[ContactFound]:
    """Names and numbers one by one, up to the first word that is neither."""
    first = start if quoted_from is None else quoted_from
    proof = None
    for kind, words in tokens(page.written(line.start + start, line.start + end)):
        if kind == "other" or (kind == "words" and not _all_known(words)):
            return
        proof = proof or _quote(page, line, first, end)
        if kind == "words" and words[0] not in ASIDE:
            yield from _people(words, run, proof)
        if kind == "phone" and with_phones:
            whose, run.answered = run.whose, True
            for number in numbers:
                yield ContactFound(number, words[0], proof, whose)


def _all_known(words: list[str]) -> bool:
    """Whether each word is a name, an office, or an aside such as 座机."""
    whole = joined(words[: MOST_CUES + 1])
    return len(words) <= MOST_CUES and all(
        word in ASIDE or is_office(word) or is_place(word) or read_name(word) for word in whole
    )


def _people(words: list[str], run: Run, proof: Evidence) -> Iterator[ContactFound]:
    """The people among the words; an office is that of those who follow."""
    for word in joined(words):
        named = read_name(word)
        if named is None:
            run.office = word
            run.people = [] if run.answered else run.people
        else:
            run.meet(named)
            yield ContactFound("person", named.name, proof, run.office)


def _address(page: Page, line: Line, start: int, end: int, first: int) -> Iterator[ContactFound]:
    said = line.text[start:end]
    blank = len(said) - len(said.lstrip(" :\t"))
    stop = STOP.search(said, blank)
    span = address_in(said, blank, stop.start() if stop else len(said))
    if span:
        words = page.written(line.start + start + span[0], line.start + start + span[1])
        first_line = words.partition("\n")[0]  # where one stands whole, the next line is of something else
        words = first_line if is_address(first_line) else words
        value = BLANK_BESIDE_HAN.sub("", " ".join(words.split()))
        yield ContactFound("address", value, _quote(page, line, first, end))


def _elsewhere(page: Page, line: Line, run: Run) -> Iterator[ContactFound]:
    """What needs no label: mail addresses, and a street and number to which something is sent."""
    for mail in EMAIL.finditer(line.text) if AT.search(line.text) else ():
        proof = _quote(page, line, max(0, mail.start() - 20), mail.end())
        yield ContactFound("email", mail_address(mail), proof, run.whose)
    for sent in islice(cue_words().sent_to.finditer(line.text), MOST_CUES):
        yield from _address(page, line, sent.end(), min(len(line.text), sent.end() + FURTHEST), sent.start())


def _quote(page: Page, line: Line, start: int, end: int) -> Evidence:
    words = line.text[start:end].rstrip(" ,;、(\t")
    while words.endswith(")") and words.count(")") > words.count("("):
        words = words[:-1].rstrip(" ,;、(\t")
    stop = start + min(len(words), LONGEST_QUOTE)
    return page.evidence(line.start + start, line.start + max(stop, start + 1))
