"""已办理, 不再提醒, 稍后提醒, 关注: what can be done about a notice, done, and taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from alerts import marks
from alerts.chinese_dates import local_day, short_day
from alerts.models import Follow, Mark
from subscribers.models import Contact

DONE, MUTED, LATER, FOLLOW, UNFOLLOW, CLEAR, UNDO = (
    "done", "muted", "later", "follow", "unfollow", "clear", "undo",
)  # fmt: skip
FOLLOWED = "follow"


class Unknown(ValueError):
    """A form that asks for something that there is not; says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for; `was` is how things stood before, for an undo."""

    act: str
    until: date | None = None
    was: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """What was done, in words, and how things stood before; an undo has none of its own."""

    said: str
    was: str
    undo: bool


@dataclass(frozen=True, slots=True)
class Button:
    """One act: its words, what it will bring about, and whether it stands first."""

    act: str
    words: str
    means: str
    until: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class OwnNotice:
    """How a person stands to a notice, and what they can do."""

    standing: tuple[str, ...]
    buttons: tuple[Button, ...]
    unreachable: str


@transaction.atomic
def do(asked: Asked, contact: Contact, notice_id: int, now: datetime) -> Happened:
    """Does one act. Raises CannotPutOff or Unknown, and then nothing has changed."""
    person = contact.subscriber_id
    was = _standing_now(person, notice_id)
    if asked.act == DONE:
        marks.done(person, notice_id, now)
    elif asked.act == MUTED:
        marks.mute(person, notice_id, now)
        marks.unfollow(person, notice_id, now)
    elif asked.act == LATER and asked.until:
        marks.remind_later(person, notice_id, asked.until, now)
    elif asked.act == FOLLOW:
        marks.follow(person, notice_id, contact.channel, now)
    elif asked.act == UNFOLLOW:
        marks.unfollow(person, notice_id, now)
    elif asked.act == CLEAR:
        marks.clear(person, notice_id)
    elif asked.act == UNDO:
        _put_back(asked.was, contact, notice_id, now)
    else:
        raise Unknown("没有看懂要做什么，请用页面上的按钮")
    return Happened(_said(asked, now), was, undo=asked.act != UNDO)


def _said(asked: Asked, now: datetime) -> str:
    later = f"已记下：{short_day(asked.until, local_day(now))}上午再提醒，此前不再提醒" if asked.until else ""
    return {
        DONE: "已记下：已办理。不再提醒截止；如有延期、撤回，仍会告诉您",
        MUTED: "已记下：不再提醒。截止和变更都不再告诉您",
        LATER: later,
        FOLLOW: "已关注。截止前会提醒您，有延期、更正、撤回或结果也会告诉您",
        UNFOLLOW: "已不再关注",
        CLEAR: "已恢复提醒",
        UNDO: "已撤销，回到之前的样子",
    }[asked.act]


def _standing_now(person: int, notice_id: int) -> str:
    """In one word for the undo: later:2019-10-31,follow."""
    mark, follow = marks.standing(person, notice_id)
    stood = [f"{mark.state}:{mark.until or ''}"] if mark else []
    return ",".join([*stood, *([FOLLOWED] if follow else [])])


def _put_back(was: str, contact: Contact, notice_id: int, now: datetime) -> None:
    words = [word for word in was.split(",") if word]
    person = contact.subscriber_id
    marks.clear(person, notice_id)
    if FOLLOWED in words:
        marks.follow(person, notice_id, contact.channel, now)
    else:
        marks.unfollow(person, notice_id, now)
    for state, _, until in (word.partition(":") for word in words if word != FOLLOWED):
        if state == DONE:
            marks.done(person, notice_id, now)
        elif state == MUTED:
            marks.mute(person, notice_id, now)
        elif state == LATER:
            marks.remind_later(person, notice_id, _day(until), now)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Unknown("没有看懂要撤销什么，请用页面上的按钮") from error


def own_notice(contact: Contact, notice_id: int, wanted: str, now: datetime) -> OwnNotice:
    """How things stand, and the buttons; the one that the link in the mail named comes first."""
    mark, follow = marks.standing(contact.subscriber_id, notice_id)
    buttons = [*_mark_buttons(mark, notice_id, now), *_follow_buttons(follow)]
    first = [button for button in buttons if button.act == wanted] or buttons
    ordered = sorted(buttons, key=lambda button: button.act != first[0].act)
    return OwnNotice(
        standing=tuple(_in_words(mark, follow, now)),
        buttons=tuple(
            Button(one.act, one.words, one.means, one.until, first=place == 0)
            for place, one in enumerate(ordered)
        ),
        unreachable=_unreachable(contact),
    )


def _mark_buttons(mark: Mark | None, notice_id: int, now: datetime) -> list[Button]:
    state, today = mark.state if mark else "", local_day(now)
    buttons = [
        Button(LATER, f"{short_day(day, today)}再提醒", "到那天上午提醒一次，此前不提醒", str(day))
        for day in marks.days_to_put_off(notice_id, now)
    ]
    if state != DONE:
        buttons.insert(0, Button(DONE, "已办理", "不再提醒截止；延期、撤回仍告诉您"))
    if state != MUTED:
        buttons.append(Button(MUTED, "不再提醒", "截止和变更都不再告诉您"))
    if state:
        buttons.append(Button(CLEAR, "恢复提醒", "照订阅里定的日子提醒"))
    return buttons


def _follow_buttons(follow: Follow | None) -> list[Button]:
    if follow:
        return [Button(UNFOLLOW, "不再关注", "之后只按您的订阅告诉您")]
    return [Button(FOLLOW, "关注", "截止前提醒，延期、更正、撤回、结果都告诉您")]


def _in_words(mark: Mark | None, follow: Follow | None, now: datetime) -> list[str]:
    said = []
    if mark and mark.state == Mark.State.LATER and mark.until:
        said.append(f"您选了{short_day(mark.until, local_day(now))}再提醒")
    elif mark:
        said.append(f"您已标记：{mark.get_state_display()}")
    if follow:
        said.append("您关注了这条通知")
    return said


def _unreachable(contact: Contact) -> str:
    if contact.left_at is not None:
        return "这个联系方式已经退订，提醒不会发出。"
    if contact.suppressed_at is not None:
        return "这个联系方式目前停发，提醒不会发出。"
    return ""
