"""The ways in which a sink can misbehave, as real mail servers do."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Faults:
    """What goes wrong, settable while the sink runs; nothing by default.

    `refuse` answers RCPT for an address (`{"a@b.cn": "550 Mailbox not found"}`); `answer` answers every
    content instead of keeping it (`"451 DT:SPM,please try again"`); `drop_before_answer` keeps that many
    contents and then breaks the connection without a 250; `close_after` closes a connection politely after
    that many messages; `hang` never answers a content. `bounce` takes a mail to an address and sends a report
    to its envelope sender ({"a@b.cn": "550 5.1.1 User unknown"}), into the sink's `returned`.
    """

    refuse: dict[str, str] = field(default_factory=dict)
    answer: str = ""
    drop_before_answer: int = 0
    close_after: int = 0
    hang: bool = False
    bounce: dict[str, str] = field(default_factory=dict)
