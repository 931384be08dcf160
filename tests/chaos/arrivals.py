"""What arrived, read from the files of the sinks alone, and held against what had to."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from statistics import median

STRETCHES = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that one address is told by one kind of message; WeChat tells it without titles."""

    address: str
    sort: str
    title: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One file of the sink."""

    to: str
    sort: str
    message_id: str
    date: str
    text: str
    at: float
    content: bytes


@dataclass
class Verdict:
    """How a run ended: counts of messages, and what is wrong in words."""

    expected: int = 0
    sent: int = 0
    lost: int = 0
    repeated: int = 0
    wrong: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def beyond_pace(self, over: float, settled: float) -> float:
        """Seconds from `over` until all was said, and known to be, less what was still to be said then.

        A slow machine is no fault: what was left when the trouble was over is allowed the time that it takes
        at this run's own pace. Never less than what it took until anything came again.
        """
        times = sorted(self.times)
        left = [at for at in times if at > over]
        first, last = (left[0], left[-1]) if left else (over, over)
        backlog = len(left) * seconds_each(times)
        return max(0.0, first - over, max(last, settled) - over - backlog)


def seconds_each(times: list[float]) -> float:
    """What one message takes: the middle one of twenty stretches, so that an outage does not count."""
    length = max(1, len(times) // STRETCHES)
    stretches = [times[end] - times[end - length] for end in range(length, len(times), length)]
    return median(stretches) / length if stretches else 0.0


def mails(outbox: Path) -> Iterator[Mail]:
    """Every mail that the sink took."""
    for path in sorted(outbox.glob("*.eml")):
        content = path.read_bytes()
        parsed = message_from_bytes(content, policy=policy.compat32)
        plain = next(part for part in parsed.walk() if part.get_content_type() == "text/plain")
        yield Mail(
            to=parsed["To"],
            sort=parsed["List-Id"].strip("<>").partition(".")[0],
            message_id=parsed["Message-ID"],
            date=parsed["Date"],
            text="".join(bytes(plain.get_payload(decode=True)).decode().split()),
            at=path.stat().st_mtime,
            content=content.replace(b"\r\n", b"\n"),
        )


def verdict(expected: set[Told], titles: list[str], outbox: Path, phone_log: Path) -> Verdict:
    """Lost: what nobody heard. Repeated: messages that came again. Wrong: what nobody should have heard."""
    found = Verdict()
    heard = {*_heard_by_mail(outbox, titles, found), *_heard_by_phone(phone_log, expected, found)}
    found.expected = len({(told.address, told.sort) for told in expected})
    found.lost = len({(told.address, told.sort) for told in expected - heard})
    found.wrong += [f"不该告知：{told}" for told in sorted(heard - expected, key=str)[:5]]
    return found


def _heard_by_mail(outbox: Path, titles: list[str], found: Verdict) -> Iterator[Told]:
    first: dict[str, Mail] = {}
    told: Counter[Told] = Counter()
    for mail in mails(outbox):
        found.sent += 1
        found.times.append(mail.at)
        if mail.message_id in first:
            found.repeated += 1
            if mail.content != first[mail.message_id].content:
                found.wrong.append(f"重发的信不是同一封：{mail.to} {mail.message_id}")
            continue
        first[mail.message_id] = mail
        told.update(Told(mail.to, mail.sort, title) for title in titles if title in mail.text)
    found.wrong += [f"说了 {times} 次：{one}" for one, times in told.items() if times > 1][:5]
    yield from told


def _heard_by_phone(log: Path, expected: set[Told], found: Verdict) -> Iterator[Told]:
    """A template message has no room for every title: who got it counts, under the sort that was due."""
    due = {told.address: told for told in expected if not told.title}
    ids: set[str] = set()
    people: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        message = json.loads(line)
        found.sent += 1
        found.times.append(datetime.fromisoformat(message["at"]).timestamp())
        if message["client_msg_id"] in ids:
            found.repeated += 1
            continue
        ids.add(message["client_msg_id"])
        people[message["openid"]] += 1
        yield due.get(message["openid"], Told(message["openid"], "wechat", ""))
    found.wrong += [f"微信说了 {times} 次：{one}" for one, times in people.items() if times > 1][:5]
