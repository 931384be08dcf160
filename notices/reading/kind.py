"""What kind of notice it is: by its title's rule, where its body does not speak against it."""

from notices.lexicon.kinds import Kind
from notices.reading.against_title import against_title
from notices.reading.asked_by_body import (
    BY_BODY,
    asked_by_body,
    asked_without_day,
    given_by_body,
    opened_by_body,
)
from notices.reading.page import Page
from notices.reading.paper_below import paper_below
from notices.reading.paper_signs import has_headings, is_call
from notices.reading.story_signs import OPENED_TITLE, is_headline, told_as_story
from notices.reading.title_rules import Titled, as_titled, first_rule
from notices.reading.untitled import kind_untitled
from notices.reading.values import Found

NO_RULE = 0.4  # how sure OTHER is when nothing fits


def find_kind(title: Page, body: Page) -> Found[Kind]:
    """The kind by the title, by the body where the title says little; OTHER, unsure, where nothing fits."""
    titled = as_titled(title)
    found = _by_title_and_body(titled, body) if title.clean else kind_untitled(titled, body)
    return found or Found(Kind.OTHER, title.evidence(0, len(title.clean)), NO_RULE)


def _by_title_and_body(titled: Titled, body: Page) -> Found[Kind] | None:
    return (
        (paper_below(body) if is_headline(titled) else None)
        or told_as_story(titled, body)
        or _by_title(titled, body)
        or asked_by_body(body)
        or given_by_body(body)
    )


def _by_title(title: Titled, body: Page) -> Found[Kind] | None:
    """The kind by the first rule that the title fits; the body is heard before it."""
    fits = first_rule(title.said, title.form, len(body.clean))
    if fits is None:
        return None
    rule, match = fits
    return (
        against_title(rule.kind, title, body)
        or (_call_in_headline(title, body) if rule.kind is Kind.NEWS else None)
        or (asked_by_body(body) if rule.soft else None)
        or (asked_without_day(body) if rule.soft and rule.kind is Kind.OTHER else None)
        or Found(rule.kind, title.evidence(match), rule.sure)
    )


def _call_in_headline(title: Titled, body: Page) -> Found[Kind] | None:
    """The kind of a paper that another site gave a headline of its own."""
    given = title.tells and is_call(body)
    return (asked_by_body(body) or opened_by_body(body) or _opened(title, body)) if given else None


def _opened(title: Titled, body: Page) -> Found[Kind] | None:
    """A call whose headline says that it is open, and whose text has a call's headings: 申报工作开始."""
    opened = OPENED_TITLE.search(title.said) if has_headings(body) else None
    return Found(Kind.APPLICATION, title.evidence(opened), BY_BODY) if opened else None
