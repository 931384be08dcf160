"""What a person did about a notice: 已办理, 不再提醒, 稍后提醒 (DESIGN 6.6); heeded by `alerts.pending`."""

from datetime import date, datetime, timedelta
from typing import Any

from alerts import looks, open_changes
from alerts.models import Follow, Mark
from config.clock import SHANGHAI
from notices.models import Deadline, Notice

PUT_OFF = (1, 3, 7)


class CannotPutOff(ValueError):
    """稍后提醒 for a day that makes no sense; says why, in Chinese."""


def done(subscriber_id: int, notice_id: int, now: datetime) -> Mark:
    """已办理: no more reminders; that it is extended or withdrawn is still told."""
    return _mark(subscriber_id, notice_id, now, state=Mark.State.DONE)


def mute(subscriber_id: int, notice_id: int, now: datetime) -> Mark:
    """不再提醒: neither reminders nor follow-ups."""
    return _mark(subscriber_id, notice_id, now, state=Mark.State.MUTED)


def remind_later(subscriber_id: int, notice_id: int, until: date, now: datetime) -> Mark:
    """稍后提醒: nothing until the morning of `until`, then one reminder, then as planned.

    Raises CannotPutOff unless that morning is still to come and lies before the deadline or on its day.
    """
    deadline = _in_force(_subject(notice_id))
    if deadline is None:
        raise CannotPutOff("这条通知没有确定的截止日，无法稍后提醒")
    if until <= now.astimezone(SHANGHAI).date():
        raise CannotPutOff(f"提醒日应在今天之后；给的是 {until}")
    if until > deadline.on:
        raise CannotPutOff(f"提醒日应不晚于截止日 {deadline.on}；给的是 {until}")
    days = (deadline.on - until).days
    return _mark(subscriber_id, notice_id, now, state=Mark.State.LATER, until=until, days=days)


def clear(subscriber_id: int, notice_id: int) -> bool:
    """Takes a mark back; False when there was none."""
    _listen_again(subscriber_id, _subject(notice_id))
    gone, _ = Mark.objects.filter(subscriber=subscriber_id, notice=_subject(notice_id)).delete()
    return bool(gone)


def follow(subscriber_id: int, notice_id: int, channel: str, now: datetime) -> Follow:
    """关注: reminders and changes of this notice from now on, by this channel; 不再提醒 is taken back."""
    subject = _subject(notice_id)
    _listen_again(subscriber_id, subject)
    Mark.objects.filter(subscriber=subscriber_id, notice=subject, state=Mark.State.MUTED).delete()
    Follow.objects.filter(subscriber=subscriber_id, notice=subject).exclude(ended_at=None).delete()
    following, _ = Follow.objects.get_or_create(
        subscriber_id=subscriber_id, notice_id=subject, defaults={"channel": channel, "at": now}
    )
    return following


def unfollow(subscriber_id: int, notice_id: int, now: datetime) -> bool:
    """Ends following; False when it was not followed."""
    standing = Follow.objects.filter(subscriber=subscriber_id, notice=_subject(notice_id), ended_at=None)
    return bool(standing.update(ended_at=now))


def standing(subscriber_id: int, notice_id: int) -> tuple[Mark | None, Follow | None]:
    """What the person did about the notice so far: their mark, and whether they follow it."""
    subject = _subject(notice_id)
    mark = Mark.objects.filter(subscriber=subscriber_id, notice=subject).first()
    follows = Follow.objects.filter(subscriber=subscriber_id, notice=subject, ended_at=None)
    return mark, follows.first()


def days_to_put_off(notice_id: int, now: datetime) -> list[date]:
    """The days offered for 稍后提醒: tomorrow, in three days, in a week, the eve; none past the deadline."""
    deadline = _in_force(_subject(notice_id))
    today = now.astimezone(SHANGHAI).date()
    if deadline is None:
        return []
    eve = deadline.on - timedelta(days=1)
    offered = {today + timedelta(days=days) for days in PUT_OFF} | {eve}
    return sorted(day for day in offered if today < day <= deadline.on)


def follow_deadline(deadline: Deadline, now: datetime) -> None:
    """Puts the days that 稍后提醒 will name right after a deadline moved.

    Whoever put it off beyond a deadline that came nearer is reminded on its eve, or on its day; where both
    are past, as planned.
    """
    today = now.astimezone(SHANGHAI).date()
    beyond = Mark.objects.filter(notice=deadline.notice_id, state=Mark.State.LATER, until__gt=deadline.on)
    if deadline.on > today:
        beyond.update(until=max(deadline.on - timedelta(days=1), today + timedelta(days=1)))
    else:
        beyond.delete()
    for mark in Mark.objects.filter(
        notice=deadline.notice_id, state=Mark.State.LATER, until__lte=deadline.on
    ):
        if mark.until is not None:
            Mark.objects.filter(subscriber=mark.subscriber_id, notice=mark.notice_id).update(
                days=(deadline.on - mark.until).days
            )


def _listen_again(subscriber_id: int, subject: int) -> None:
    """What changed while a notice was muted is told once it is muted no more: composing must look back."""
    muted = Mark.objects.filter(subscriber=subscriber_id, notice=subject, state=Mark.State.MUTED)
    if muted.exists():
        looks.forget([subscriber_id])
        open_changes.reopen([subject])


def _mark(subscriber_id: int, notice_id: int, now: datetime, **columns: Any) -> Mark:
    _listen_again(subscriber_id, _subject(notice_id))
    mark, _ = Mark.objects.update_or_create(
        subscriber_id=subscriber_id,
        notice_id=_subject(notice_id),
        defaults={"until": None, "days": None, "at": now, **columns},
    )
    return mark


def _subject(notice_id: int) -> int:
    """The notice that is told of: the earlier one, where this one changes it."""
    notice = Notice.objects.only("follows_id").get(pk=notice_id)
    return notice.follows_id or notice_id


def _in_force(notice_id: int) -> Deadline | None:
    return Deadline.objects.filter(notice=notice_id, is_main=True, superseded_by=None).first()
