"""What is due and not told yet, as SQL that `alerts.compose` puts to use (DESIGN 4.5, 6.2, 6.6, 6.7).

Every statement yields (subscriber_id, contact_id, channel, notice_id, change) of the people from %(first)s to
%(last)s, by id: `channel` is the one that the telling counts for, and the contact is on it, unless it stands
in for one that refuses. Statements by cadence yield that, too, and the one filter of whoever has no other. A
notice that surely changes an earlier one speaks for it: what is told is always the earlier notice, with its
present deadline.
"""

from subscribers.filters import FOLLOWED

_PAIR_STOPPED = """
EXISTS (SELECT 1 FROM alerts_pairstop ps WHERE ps.contact_id = {contact}.id AND ps.kind = %(kind)s)
"""

# A contact that can be told of what happened at {moment}.
USABLE = f"""
c.reachable_since <= {{moment}} AND c.suppressed_at IS NULL AND c.left_at IS NULL
AND NOT {_PAIR_STOPPED.format(contact="c")}
"""

# A part of all people, so that no transaction is long.
PART = "{person} BETWEEN %(first)s AND %(last)s"
EVERYBODY = {"first": 0, "last": 2**62}

AWAKE = "(person.paused_until IS NULL OR person.paused_until <= %(now)s)"

# Contacts of the subscription's own channels.
_CONTACT = f"""
JOIN subscribers_contact c ON c.subscriber_id = s.subscriber_id AND {USABLE}
    AND ((c.channel = 'email' AND s.by_email) OR (c.channel = 'wechat' AND s.by_wechat))
JOIN subscribers_subscriber person ON person.id = s.subscriber_id AND {AWAKE}
"""

# A deadline that WeChat will not carry is told by e-mail, and counts as told by WeChat (DESIGN 6.2).
WECHAT_STOPPED = f"""
EXISTS (
    SELECT 1 FROM subscribers_contact x WHERE x.subscriber_id = c.subscriber_id AND x.channel = 'wechat'
    AND x.left_at IS NULL AND (x.suppressed_at IS NOT NULL OR {_PAIR_STOPPED.format(contact="x")})
)
"""

# Matches since the subscription counts; one that was moved by an edit keeps what was pending then. A notice
# that is older stays untold though a corrected reading brings it here later.
COUNTS_FROM = "COALESCE(s.since, s.began_at)"

# The contact is told of matches since then. A start with the last week is older than the confirmation, and
# told all the same.
TELLS_FROM = f"""
CASE WHEN s.with_last_week AND c.reachable_since = c.confirmed_at THEN {COUNTS_FROM}
    ELSE c.reachable_since END
"""

# The offset keeps PostgreSQL to one look into the key for each row: it believes a table that has
# just grown to be empty, and would read it all each time.
_UNTOLD = """
NOT EXISTS (
    SELECT 1 FROM alerts_told t WHERE t.subscriber_id = {person} AND t.notice_id = {notice}
    AND t.change = {change} AND t.channel = {channel} LIMIT 1 OFFSET 0
) AND NOT EXISTS (
    SELECT 1 FROM alerts_refusal rf WHERE rf.contact_id = {contact} AND rf.notice_id = {notice}
    AND rf.change = {change} LIMIT 1 OFFSET 0
)
"""


def untold(
    notice: str,
    change: str,
    person: str = "s.subscriber_id",
    channel: str = "c.channel",
    contact: str = "c.id",
) -> str:
    """That it was not told to this person on this channel, nor refused by this contact; SQL."""
    return _UNTOLD.format(notice=notice, change=change, person=person, channel=channel, contact=contact)


def not_marked(person: str, notice: str, states: str) -> str:
    """That the person did not mark the notice so; SQL."""
    return f"""
NOT EXISTS (
    SELECT 1 FROM alerts_mark k WHERE k.subscriber_id = {person} AND k.notice_id = {notice} AND {states}
)
"""


# `weekdays` has a bit for each day whose weekly digest is due: 1 Monday … 7 Sunday; `at_work` has them for
# whoever wants working days alone, with the days off before. A slot that is made up is
# none of those who came after it: they are told on their own weekday. PostgreSQL believes that one row in 200
# equals a number that was calculated and that the others differ; and what is few to its mind it begins with.
_SLOT = " ".join(f"WHEN {day} THEN %(weekly_{day})s" for day in range(1, 8))
_AT_CADENCE = f"""
((%(at_once)s AND s.cadence = 'at_once')
OR (%(daily)s AND s.cadence = 'daily' AND (NOT s.workdays_only OR %(workday)s))
OR (s.cadence = 'weekly'
    AND (CASE WHEN s.workdays_only THEN %(at_work)s ELSE %(weekdays)s END >> s.weekday) & 1 <> 0
    AND {COUNTS_FROM} <= CASE s.weekday {_SLOT} END))
"""

# By night only what is due that day is worth waking for.
_DUE_TODAY = """
(%(by_day)s OR EXISTS (
    SELECT 1 FROM notices_deadline due WHERE due.notice_id = {notice} AND due.is_main
    AND due.superseded_by_id IS NULL AND due.day = %(today)s
))
"""

# Who is to be told at these cadences, and since when: asked person by person, before their matches are. The
# limit bids PostgreSQL do so; else it asks all this again for each match. `looks_from`: nothing untold bears
# an earlier time; NULL where nothing is new (alerts.looks). `only_filter`: that of whoever never had another.
DUE = f"""
SELECT s.id AS subscription_id, s.subscriber_id, c.id AS contact_id, c.channel, s.cadence, s.filter_id,
    s.moved, s.ended_at, {COUNTS_FROM} AS counts_from,
    {TELLS_FROM} AS tells_from,
    l.round AS looked, CASE WHEN l.round IS NULL THEN {COUNTS_FROM} ELSE (
        SELECT r.floor FROM alerts_round r WHERE r.number > l.round ORDER BY r.number LIMIT 1
    ) END AS looks_from,
    CASE WHEN EXISTS (
        SELECT 1 FROM subscribers_subscription o WHERE o.subscriber_id = s.subscriber_id AND o.id <> s.id
    ) THEN NULL ELSE s.filter_id END AS only_filter
FROM subscribers_subscription s {_CONTACT.format(moment="%(now)s")}
LEFT JOIN alerts_look l ON l.subscription_id = s.id AND l.contact_id = c.id
WHERE {PART.format(person="s.subscriber_id")} AND {_AT_CADENCE} AND (s.ended_at IS NULL OR s.moved)
LIMIT 9223372036854775807
"""

_SUBJECT = "COALESCE(n.follows_id, n.id)"
# Of three bounds below SQLite's index can heed one: the others are said so that it takes the first.
NEW = f"""
SELECT c.subscriber_id, c.contact_id, c.channel, {_SUBJECT} AS notice_id, 'new' AS change,
    m.matched_at AS since, c.cadence, c.only_filter
FROM ({DUE}) AS c
JOIN alerts_match m ON m.filter_id = c.filter_id AND m.filed AND m.matched_at >= c.looks_from
    AND NOT m.matched_at < c.counts_from AND NOT m.matched_at < c.tells_from AND m.matched_at <= %(cut)s
    AND (c.ended_at IS NULL OR m.matched_at < c.ended_at)
JOIN notices_notice n ON n.id = m.notice_id AND n.first_seen_at >= c.counts_from
WHERE {untold(_SUBJECT, "'new'", "c.subscriber_id", contact="c.contact_id")}
AND {_DUE_TODAY.format(notice=_SUBJECT)}
"""

# That a person was told of a notice before the change was known. What stands in for another says what that
# said, and is as old.
TOLD_BEFORE = """
alerts_told first
JOIN alerts_delivery d0 ON d0.id = first.delivery_id
    AND first.notice_id = ch.notice_id AND first.change = 'new'
    AND COALESCE(
        (SELECT o.composed_at FROM alerts_delivery o WHERE o.id = d0.stands_for_id), d0.composed_at
    ) < ch.at
"""
# The cross join bids SQLite begin with the changes, which are few: else it may read all that was ever told.
_CHANGE_TOLD = f"alerts_change ch CROSS JOIN {TOLD_BEFORE}"
# By which filters a change concerns a person is looked up.
_ANY_FILTER = "CAST(NULL AS bigint) AS only_filter"
CHANGE_KEY = "ch.how || ':' || ch.by_id"

# Whoever was told by a filter that they have given up since hears of the change at the cadences of others.
_MET_BY_ANY = """
EXISTS (
    SELECT 1 FROM subscribers_subscription o
    JOIN alerts_match m ON m.notice_id = ch.notice_id AND m.filter_id = o.filter_id
    WHERE o.subscriber_id = s.subscriber_id AND o.ended_at IS NULL AND o.cadence <> 'reminders'
)
"""

QUIET_CHANGES = f"""
SELECT s.subscriber_id, c.id AS contact_id, c.channel, ch.notice_id, {CHANGE_KEY} AS change, ch.at AS since,
    s.cadence, {_ANY_FILTER}
FROM {_CHANGE_TOLD}
JOIN subscribers_subscription s ON s.subscriber_id = first.subscriber_id AND s.ended_at IS NULL
{_CONTACT.format(moment="ch.at")} AND c.channel = first.channel
WHERE {PART.format(person="first.subscriber_id")} AND NOT ch.urgent AND ch.at <= %(cut)s
AND ch.at >= %(changes_from)s AND {_AT_CADENCE}
AND (EXISTS (SELECT 1 FROM alerts_match m WHERE m.filter_id = s.filter_id AND m.notice_id = ch.notice_id)
    OR NOT {_MET_BY_ANY})
AND {untold("ch.notice_id", CHANGE_KEY)}
AND {not_marked("s.subscriber_id", "ch.notice_id", "k.state = 'muted'")}
AND {_DUE_TODAY.format(notice="ch.notice_id")}
"""

# 关注: at the cadence of the person's subscription 只看我关注的通知的变化; without one, at once.
# Asked from the few who have one, and else from the few changes that are open.
FOLLOWED_BEFORE = "ch.notice_id = fo.notice_id AND ch.at > fo.at AND fo.ended_at IS NULL"
_OF_FOLLOWED = f"s.filter_id = (SELECT f.id FROM subscribers_filter f WHERE f.digest = '{FOLLOWED}')"

FOLLOWED_BY_CADENCE = f"""
SELECT s.subscriber_id, c.id AS contact_id, c.channel, ch.notice_id, {CHANGE_KEY} AS change, ch.at AS since,
    s.cadence, {_ANY_FILTER}
FROM subscribers_subscription s CROSS JOIN alerts_follow fo CROSS JOIN alerts_change ch
{_CONTACT.format(moment="ch.at")}
WHERE {PART.format(person="s.subscriber_id")} AND s.ended_at IS NULL AND {_OF_FOLLOWED}
AND fo.subscriber_id = s.subscriber_id AND {FOLLOWED_BEFORE}
AND NOT ch.urgent AND ch.at <= %(cut)s AND {_AT_CADENCE}
AND {untold("ch.notice_id", CHANGE_KEY)}
AND {not_marked("s.subscriber_id", "ch.notice_id", "k.state = 'muted'")}
AND {_DUE_TODAY.format(notice="ch.notice_id")}
"""

# Whoever may have something by cadence, asked quickly: most who have a weekly digest do.
MAY_BY_CADENCE = f"""
SELECT s.subscriber_id FROM subscribers_subscription s
WHERE {PART.format(person="s.subscriber_id")} AND {_AT_CADENCE} AND (s.ended_at IS NULL OR s.moved)
"""
# Before this no change is new to anyone who is due; NULL where nothing is.
CHANGES_FROM = f"SELECT MIN(c.looks_from) FROM ({DUE}) AS c"
BY_CADENCE = f"{NEW} UNION ALL {QUIET_CHANGES} UNION ALL {FOLLOWED_BY_CADENCE}"

# All that a contact has pending, once the oldest of it has waited out the grouping.
GROUPED = f"""
WITH waiting AS ({BY_CADENCE})
SELECT * FROM waiting WHERE contact_id IN (
    SELECT contact_id FROM waiting GROUP BY contact_id HAVING MIN(since) <= %(ripe)s
)
"""

# The contact by which someone was told or follows, or the one that stands in for it; usable at {moment}.
_BY = f"""
c.subscriber_id = {{row}}.subscriber_id AND {USABLE}
AND (c.channel = {{row}}.channel OR ({{row}}.channel = 'wechat' AND c.channel = 'email' AND {WECHAT_STOPPED}))
"""
TOLD_BY = _BY.format(row="first", moment="ch.at")
FOLLOWED_BY = _BY.format(row="fo", moment="{moment}")
FOLLOWING = f"""
JOIN subscribers_contact c ON {FOLLOWED_BY}
JOIN subscribers_subscriber person ON person.id = fo.subscriber_id AND {AWAKE}
"""

_FOLLOWED_AT_ONCE = f"""
SELECT fo.subscriber_id, c.id AS contact_id, fo.channel, ch.notice_id, {CHANGE_KEY} AS change
FROM alerts_change ch CROSS JOIN alerts_follow fo {FOLLOWING.format(moment="ch.at")}
WHERE {PART.format(person="fo.subscriber_id")} AND ch.is_open AND {FOLLOWED_BEFORE}
AND ch.at <= %(cut)s AND (ch.urgent OR NOT EXISTS (
    SELECT 1 FROM subscribers_subscription s
    WHERE s.subscriber_id = fo.subscriber_id AND s.ended_at IS NULL AND {_OF_FOLLOWED}
))
AND {untold("ch.notice_id", CHANGE_KEY, "fo.subscriber_id", "fo.channel")}
AND {not_marked("fo.subscriber_id", "ch.notice_id", "k.state = 'muted'")}
AND {_DUE_TODAY.format(notice="ch.notice_id")}
"""

_TOLD_URGENT = f"""
SELECT first.subscriber_id, c.id AS contact_id, first.channel, ch.notice_id, {CHANGE_KEY} AS change
FROM {_CHANGE_TOLD}
JOIN subscribers_subscriber person ON person.id = first.subscriber_id AND {AWAKE}
JOIN subscribers_contact c ON {TOLD_BY}
WHERE {PART.format(person="first.subscriber_id")} AND ch.is_open AND ch.urgent AND ch.at <= %(cut)s
AND {untold("ch.notice_id", CHANGE_KEY, "first.subscriber_id", "first.channel")}
AND {not_marked("first.subscriber_id", "ch.notice_id", "k.state = 'muted'")}
AND {_DUE_TODAY.format(notice="ch.notice_id")}
"""

URGENT_CHANGES = f"{_TOLD_URGENT} UNION ALL {_FOLLOWED_AT_ONCE}"
