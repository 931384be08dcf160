"""Which reminders are due today and not told yet, as SQL (DESIGN 6.6); yields as `alerts.pending` does."""

from alerts.pending import (
    AWAKE,
    COUNTS_FROM,
    FOLLOWING,
    PART,
    TELLS_FROM,
    USABLE,
    WECHAT_STOPPED,
    not_marked,
    untold,
)
from subscribers import lead_days

LEAD_DEFAULTS = {
    "lead_default": lead_days.mask(lead_days.DEFAULT),
    "lead_consultation": lead_days.mask(lead_days.DEFAULT_CONSULTATION),
}

_BY_DEFAULT = "CASE WHEN rd.kind = 'consultation' THEN %(lead_consultation)s ELSE %(lead_default)s END"
_MARKED_AWAY = "(k.state IN ('done', 'muted') OR k.until >= %(day)s)"
# Nobody is reminded of what was withdrawn.
_IN_FORCE = """
dl.is_main AND dl.superseded_by_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM alerts_change gone WHERE gone.notice_id = dl.notice_id AND gone.how = 'withdraws'
)
"""
# The cross joins bid SQLite begin with what is due that day: else it goes through all deadlines ever.
_REMINDED_OF = "alerts_reminder r CROSS JOIN notices_deadline dl CROSS JOIN notices_reading rd"
_PLANNED_FOR = f"""
r.due_on = %(day)s AND dl.id = r.deadline_id AND rd.id = dl.reading_id AND {_IN_FORCE}
"""
_PUT_OFF = "alerts_mark later CROSS JOIN notices_deadline dl"
_PUT_OFF_TO = f"""
later.state = 'later' AND later.until = %(day)s
AND dl.notice_id = later.notice_id AND dl.day >= later.until AND {_IN_FORCE}
"""

# A contact that is newer than the match reminds of what the person was told, by an address that they had
# before or before it was stopped for a time; of nothing else that came before it.
_TOLD_THERE = f"""
(m.matched_at >= {TELLS_FROM} OR EXISTS (
    SELECT 1 FROM alerts_told t WHERE t.notice_id = dl.notice_id AND t.subscriber_id = s.subscriber_id
    AND t.change = 'new' AND t.channel = wanted.channel
))
"""

# By a filter that still runs, or by one that was edited since: then by the terms of what it became. What
# met the old one stays due though the new one asks for something else (decision 19).
_STILL_RUNS = "AND s.ended_at IS NULL"
_WAS_EDITED = """
AND s.moved AND m.matched_at < s.ended_at
JOIN subscribers_subscription heir ON heir.subscriber_id = s.subscriber_id AND heir.ended_at IS NULL
    AND heir.began_at >= s.ended_at AND COALESCE(heir.list_id, 0) = COALESCE(s.list_id, 0)
"""

# Reminders of the day for all who met the notice, or one that changed it.
_REMINDER_KEY = "'remind:' || CAST(dl.day AS text) || ':' || r.days"
_PLANNED = f"""
SELECT s.subscriber_id, c.id AS contact_id, wanted.channel, dl.notice_id, {_REMINDER_KEY} AS change
FROM {_REMINDED_OF}
JOIN notices_notice n ON n.id = dl.notice_id OR n.follows_id = dl.notice_id
JOIN alerts_match m ON m.notice_id = n.id AND m.matched_at <= %(cut)s
JOIN subscribers_subscription s ON s.filter_id = m.filter_id AND m.matched_at >= {COUNTS_FROM}
    AND n.first_seen_at >= {COUNTS_FROM} {{by}}
JOIN (SELECT 'email' AS channel UNION ALL SELECT 'wechat') wanted
    ON (wanted.channel = 'email' AND {{terms}}.by_email)
    OR (wanted.channel = 'wechat' AND {{terms}}.by_wechat)
JOIN subscribers_contact c ON c.subscriber_id = s.subscriber_id AND {USABLE.format(moment="%(now)s")}
    AND {_TOLD_THERE} AND (c.channel = wanted.channel OR (wanted.channel = 'wechat' AND c.channel = 'email'
        AND {WECHAT_STOPPED}))
JOIN subscribers_subscriber person ON person.id = s.subscriber_id AND {AWAKE}
WHERE {PART.format(person="s.subscriber_id")} AND {_PLANNED_FOR}
AND (COALESCE({{terms}}.lead_mask, {_BY_DEFAULT}) >> r.days) & 1 <> 0
AND {untold("dl.notice_id", _REMINDER_KEY, channel="wanted.channel")}
AND {not_marked("s.subscriber_id", "dl.notice_id", _MARKED_AWAY)}
"""
_BY_SUBSCRIPTION = f"""
{_PLANNED.format(by=_STILL_RUNS, terms="s")} UNION ALL {_PLANNED.format(by=_WAS_EDITED, terms="heir")}
"""

# 稍后提醒: on the day that the person named, on the channels on which they were told. That day may be as far
# ahead as a reminder was that came before they named it, on the working day before a day off: another, then.
_AS_FAR = "'remind:' || CAST(dl.day AS text) || ':' || later.days"
_LATER_KEY = f"""
'remind:' || CAST(dl.day AS text) || ':' || CASE WHEN EXISTS (
    SELECT 1 FROM alerts_told t JOIN alerts_delivery d ON d.id = t.delivery_id AND d.composed_at < later.at
    WHERE t.notice_id = dl.notice_id AND t.subscriber_id = later.subscriber_id AND t.change = {_AS_FAR}
) THEN '0' ELSE '' END || later.days
"""
_LATER = f"""
SELECT later.subscriber_id, c.id AS contact_id, first.channel, dl.notice_id, {_LATER_KEY} AS change
FROM {_PUT_OFF}
JOIN alerts_told first ON first.subscriber_id = later.subscriber_id AND first.notice_id = later.notice_id
    AND first.change = 'new'
JOIN subscribers_contact c ON c.subscriber_id = later.subscriber_id AND {USABLE.format(moment="%(cut)s")}
    AND (c.channel = first.channel OR (first.channel = 'wechat' AND c.channel = 'email'
        AND {WECHAT_STOPPED}))
JOIN subscribers_subscriber person ON person.id = later.subscriber_id AND {AWAKE}
WHERE {PART.format(person="later.subscriber_id")} AND {_PUT_OFF_TO}
AND {untold("dl.notice_id", _LATER_KEY, "later.subscriber_id", "first.channel")}
"""

_FOLLOWED_PLANNED = f"""
SELECT fo.subscriber_id, c.id AS contact_id, fo.channel, dl.notice_id, {_REMINDER_KEY} AS change
FROM {_REMINDED_OF}
JOIN alerts_follow fo ON fo.notice_id = dl.notice_id AND fo.at <= %(cut)s AND fo.ended_at IS NULL
{FOLLOWING.format(moment="%(cut)s")}
WHERE {PART.format(person="fo.subscriber_id")} AND {_PLANNED_FOR}
AND ({_BY_DEFAULT} >> r.days) & 1 <> 0
AND {untold("dl.notice_id", _REMINDER_KEY, "fo.subscriber_id", "fo.channel")}
AND {not_marked("fo.subscriber_id", "dl.notice_id", _MARKED_AWAY)}
"""

_FOLLOWED_LATER = f"""
SELECT fo.subscriber_id, c.id AS contact_id, fo.channel, dl.notice_id, {_LATER_KEY} AS change
FROM {_PUT_OFF}
JOIN alerts_follow fo ON fo.subscriber_id = later.subscriber_id AND fo.notice_id = later.notice_id
    AND fo.ended_at IS NULL
{FOLLOWING.format(moment="%(cut)s")}
WHERE {PART.format(person="fo.subscriber_id")} AND {_PUT_OFF_TO}
AND {untold("dl.notice_id", _LATER_KEY, "fo.subscriber_id", "fo.channel")}
"""

REMINDERS = f"{_BY_SUBSCRIPTION} UNION ALL {_LATER} UNION ALL {_FOLLOWED_PLANNED} UNION ALL {_FOLLOWED_LATER}"
