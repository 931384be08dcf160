"""Why someone did or did not get a notice, step by step: decided from plain values (DESIGN 6.9). Pure.

`alerts.explanation` loads the values. Every step says when, what, and whether the way went on from there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from alerts.slots import is_quiet
from config.clock import SHANGHAI

CHANNELS = {"email": "邮件", "wechat": "微信"}
CADENCES = {"at_once": "即时", "daily": "每日摘要", "weekly": "每周摘要", "reminders": "只收提醒"}
KINDS = {
    "alert": "即时", "digest": "摘要", "reminder": "提醒", "follow_up": "后续", "confirm": "确认地址",
    "stopped": "停发告知",
}  # fmt: skip
STATES = {
    "queued": "待发", "claimed": "发送中", "sent": "已交付", "refused": "被拒", "cancelled": "已取消"
}  # fmt: skip
MARKS = {"done": "已办理：不再提醒截止", "muted": "不再提醒", "later": "稍后提醒"}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the explanation; `good` is None where it neither helped nor stood in the way."""

    said: str
    at: datetime | None = None
    good: bool | None = None

    def __str__(self) -> str:
        sign = {True: "✓", False: "✗", None: "·"}[self.good]
        when = f"{self.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} " if self.at else ""
        return f"{sign} {when}{self.said}"


@dataclass(frozen=True, slots=True)
class NoticeStory:
    """How far the notice came by itself; `subject` is the title of the notice that it changes.

    `deadline`: the day in force and where in a file it was read, in words. `change` is the name in told rows
    of what it does to another, known since `changed_at`, and `urgent` when that could not wait.
    """

    title: str
    seen_at: datetime
    read_at: datetime | None = None
    matched_at: datetime | None = None
    subject: str = ""
    silent: bool = False
    deadline: str = ""
    change: str = ""
    changed_at: datetime | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Wished:
    """A subscription beside the notice: `failing` names what the filter asks for and the notice lacks.

    `rhythm` is the cadence in words, with its weekday.
    """

    asked: str
    cadence: str
    rhythm: str
    channels: tuple[str, ...]
    counts_from: datetime
    ended_at: datetime | None = None
    moved: bool = False
    through: str = ""
    met_by: str = ""
    matched_at: datetime | None = None
    failing: str | None = None
    filter_made: datetime | None = None
    with_last_week: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """A contact and whatever stands in its way."""

    channel: str
    address: str
    reachable_since: datetime | None = None
    suppressed_at: datetime | None = None
    suppressed_why: str = ""
    left_at: datetime | None = None
    asked_at: datetime | None = None
    confirmed_at: datetime | None = None
    stopped_kinds: tuple[str, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A delivery that held the notice; `heard` is what was heard of it after it was handed over."""

    key: str
    kind: str
    channel: str
    change: str
    composed_at: datetime
    state: str
    attempts: int
    settled_at: datetime | None = None
    outcome: str = ""
    told_for: str = ""
    stands_for: str = ""
    result: str = ""
    heard: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """All that bears on one person and one notice."""

    notice: NoticeStory
    name: str
    wishes: tuple[Wished, ...]
    contacts: tuple[Reached, ...]
    deliveries: tuple[Said, ...]
    paused_until: datetime | None = None
    mark: str = ""
    mark_until: date | None = None
    mark_at: datetime | None = None
    followed_at: datetime | None = None


def explain(case: Case, now: datetime) -> list[Step]:
    """The whole way, in the order in which a notice goes it; the last step is the answer."""
    return [
        *_notice(case.notice),
        *(step for wish in case.wishes for step in _wish(wish, case.notice)),
        *([] if case.wishes else [Step("此人没有任何订阅", good=False)]),
        *(step for contact in case.contacts for step in _contact(contact, case.wishes)),
        *([] if case.contacts else [Step("此人没有任何联系方式", good=False)]),
        *_person(case, now),
        *(step for said in case.deliveries for step in _delivery(said)),
        _answer(case, now),
    ]


def _notice(notice: NoticeStory) -> Iterator[Step]:
    yield Step(f"见到通知《{notice.title}》", notice.seen_at, good=True)
    read = "，".join(filter(None, ("已解读", notice.deadline)))
    yield Step(read, notice.read_at, good=True) if notice.read_at else Step("尚未解读", good=False)
    if notice.silent:
        yield Step("工作人员收录它时选了不告知订户", good=False)
    elif notice.matched_at:
        yield Step("已与全部条件匹配", notice.matched_at, good=True)
    else:
        yield Step("尚未匹配", good=False)
    if notice.subject:
        yield Step(f"它变更《{notice.subject}》，故以后者之名告知")


def _wish(wish: Wished, notice: NoticeStory) -> Iterator[Step]:
    through = f"，来自名单“{wish.through}”" if wish.through else ""
    by = "、".join(CHANNELS[channel] for channel in wish.channels) or "不经任何渠道"
    until = f"，至 {wish.ended_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if wish.ended_at else ""
    yield Step(f"订阅：{wish.asked}（{wish.rhythm}，{by}{through}{until}）", wish.counts_from)
    yield _met(wish, notice)
    late = _out_of_time(wish, notice)
    if late and wish.matched_at:
        yield Step(late, good=False)


def _met(wish: Wished, notice: NoticeStory) -> Step:
    if wish.matched_at:
        return Step(f"命中：{wish.met_by}", wish.matched_at, good=True)
    if wish.failing:
        return Step(f"未命中：通知不合条件中的“{wish.failing}”", good=False)
    if wish.filter_made and notice.matched_at and wish.filter_made > notice.matched_at:
        return Step("未命中：条件在通知匹配之后才建立，不补发旧通知", wish.filter_made, good=False)
    return Step("未命中：通知合乎条件，而命中表中没有它；请运行 manage.py verify-matches", good=False)


def _out_of_time(wish: Wished, notice: NoticeStory) -> str:
    """Why a match came at a moment that the subscription does not cover; empty when it does."""
    if wish.matched_at is None:
        return ""
    if notice.seen_at < wish.counts_from or wish.matched_at < wish.counts_from:
        return "订阅开始得比通知晚：不补发旧通知"
    if wish.ended_at and not (wish.moved and wish.matched_at < wish.ended_at):
        return f"订阅已于 {wish.ended_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 结束"
    return ""


def _contact(contact: Reached, wishes: Iterable[Wished]) -> Iterator[Step]:
    name = f"{CHANNELS[contact.channel]} {contact.address}"
    obstacle = _obstacle(contact, wishes)
    since = contact.left_at or contact.suppressed_at or contact.reachable_since or contact.asked_at
    yield Step(f"{name}：{obstacle or '可用'}", since, good=not obstacle)
    if contact.stopped_kinds:
        kinds = "、".join(KINDS[kind] for kind in contact.stopped_kinds)
        yield Step(f"{name}：对方长期拒收这几种消息：{kinds}", good=False)
    if contact.refused:
        yield Step(f"{name}：对方拒收过这条通知，不再以同样内容重发", good=False)


def _obstacle(contact: Reached, wishes: Iterable[Wished]) -> str:
    if contact.left_at:
        return f"已于 {contact.left_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 退订"
    if contact.suppressed_at:
        return f"已停发：{contact.suppressed_why}"
    if contact.reachable_since is None:
        return "已请对方确认，尚未确认；确认前不发其他消息" if contact.asked_at else "尚未确认"
    met = [wish for wish in wishes if wish.matched_at]
    if met and not any(_in_time(contact, wish) for wish in met):
        return "命中之后才可用，此前的不补发"
    return ""


def _in_time(contact: Reached, wish: Wished) -> bool:
    """Whether the contact is told of this match: of later ones, and of the last week's where asked for."""
    if wish.with_last_week and contact.reachable_since == contact.confirmed_at:
        return True
    return bool(contact.reachable_since and wish.matched_at and contact.reachable_since <= wish.matched_at)


def _person(case: Case, now: datetime) -> Iterator[Step]:
    if case.paused_until and case.paused_until > now:
        yield Step("此人已暂停接收，到期后一并补发；暂停至", case.paused_until, good=False)
    if case.mark:
        until = f"（{case.mark_until}）" if case.mark_until else ""
        yield Step(f"此人对这条通知：{MARKS[case.mark]}{until}", case.mark_at)
    if case.followed_at:
        yield Step("此人关注了这条通知：截止和变更都告诉", case.followed_at, good=True)
    if is_quiet(now):
        yield Step("此刻是夜间（21:00 至次日 07:30）：只发当天截止的，其余天亮后发", now)


def _delivery(said: Said) -> Iterator[Step]:
    told_for = f"，算作已经由{CHANNELS[said.told_for]}告知" if said.told_for not in ("", said.channel) else ""
    instead = f"，代替 {said.stands_for}" if said.stands_for else ""
    yield Step(
        f"编成{KINDS[said.kind]}（{CHANNELS[said.channel]}，{_change(said.change)}）{said.key}{instead}{told_for}",
        said.composed_at,
    )
    outcome = f"：{said.outcome}" if said.outcome else ""
    good = {"sent": True, "refused": False, "cancelled": False}.get(said.state)
    how_far = f"（{said.result}）" if said.result else ""
    yield Step(f"{STATES[said.state]}{how_far}，试过 {said.attempts} 次{outcome}", said.settled_at, good=good)
    for at, words in said.heard:
        yield Step(f"其后的回执：{words}", at)


def _change(change: str) -> str:
    word, _, detail = change.partition(":")
    if word == "remind":
        deadline, _, days = detail.partition(":")
        return f"{deadline} 截止前 {int(days)} 天"
    return {
        "new": "新通知",
        "extends": "延期",
        "corrects": "更正",
        "withdraws": "撤销",
        "results": "结果",
    }.get(word, word)


def _answer(case: Case, now: datetime) -> Step:
    deliveries = [said for said in case.deliveries if _speaks_of(said, case.notice)]
    sent = [said for said in deliveries if said.state == "sent"]
    if sent:
        ways = dict.fromkeys(CHANNELS[said.channel] for said in sent)
        return Step(f"结论：{case.name}已收到，经{'、'.join(ways)}", sent[0].settled_at, good=True)
    if any(said.state in ("queued", "claimed") for said in deliveries):
        return Step("结论：已编成，正待送出", good=None)
    if any(said.state == "sent" for said in case.deliveries):
        why = _reason_of_change(case, now)
        return Step(f"结论：{case.name}收到过原通知，没有收到这一变更，{why}", good=False)
    return Step(f"结论：{case.name}没有收到，{_reason(case, now)}", good=False)


def _speaks_of(said: Said, notice: NoticeStory) -> bool:
    """Whether a message said what the notice says: of one that changes another, only what came after it."""
    if not notice.change or notice.changed_at is None or said.change == notice.change:
        return True
    return said.composed_at >= notice.changed_at


def _reason_of_change(case: Case, now: datetime) -> str:
    """Of whoever was told of a notice, why they were not told how it was changed."""
    if case.mark == "muted":
        return "因为此人选了不再提醒"
    if case.paused_until and case.paused_until > now:
        return "因为此人暂停接收"
    if not any(_hears_of(contact, case.notice.changed_at) for contact in case.contacts):
        return "因为没有可用的联系方式"
    if not case.notice.urgent:
        return "因为离截止还远，要随此人的摘要告诉"
    return "因为此刻是夜间，天亮后才发" if is_quiet(now) else "因为还没有编成，一两分钟内应当编成"


def _hears_of(contact: Reached, change: datetime | None) -> bool:
    """Whether a contact is told of a change: one that was there then, and still is."""
    there = contact.reachable_since and change and contact.reachable_since <= change
    return bool(there) and not contact.left_at and not contact.suppressed_at


def _reason(case: Case, now: datetime) -> str:
    """The first thing that stood in the way, in the order of the way."""
    if case.notice.silent:
        return "因为工作人员收录它时选了不告知订户"
    if not case.notice.matched_at:
        return "因为通知还没有解读和匹配"
    met = [wish for wish in case.wishes if wish.matched_at]
    if not met:
        return "因为没有一个订阅命中"
    counted = [wish for wish in met if not _out_of_time(wish, case.notice)]
    if not counted:
        return "因为命中的订阅在时间上不含它"
    if not _usable(case.contacts, counted):
        return "因为订阅所用的渠道没有可用的联系方式"
    if case.paused_until and case.paused_until > now:
        return "因为此人暂停接收"
    if case.deliveries:
        return "因为对方没有收下，见上"
    return _not_yet(counted, now)


def _not_yet(counted: Iterable[Wished], now: datetime) -> str:
    """Nothing stood in the way: what is waited for."""
    cadences = dict.fromkeys(wish.cadence for wish in counted)
    if set(cadences) == {"reminders"}:
        return "因为命中的订阅只收提醒，要到截止前才告诉"
    if is_quiet(now):
        return "因为此刻是夜间，天亮后才发"
    return f"因为还没有到{'、'.join(CADENCES[cadence] for cadence in cadences)}的时候"


def _usable(contacts: Iterable[Reached], counted: Iterable[Wished]) -> bool:
    """Whether any subscription that counts has a contact on a channel of its own."""
    return any(
        contact.channel in wish.channels and not _obstacle(contact, [wish]) and not contact.refused
        for contact in contacts
        for wish in counted
    )
