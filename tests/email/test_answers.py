"""Every row of facts/email.md A3, as servers word it."""

import pytest

from alerts.channels.email.answers import Answer, before_the_recipient, outcome, table, verdict
from alerts.outcomes import Refused, Sent, TryLater

HIM = "li@example.cn"

ANSWERS = [
    # QQ
    (550, "Domain frequency limited", "rate"),
    (550, "Sender frequency limited", "rate"),
    (550, "Connection frequency limited", "rate"),
    (550, "Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?id=20022", "rate"),
    (550, "Connection denied", "rate"),
    (550, "Mailbox unavailable or access denied", "rate"),
    (550, "Mail content denied. http://service.mail.qq.com/", "content"),
    (550, "Spam is embedded in the email", "content"),
    (550, "Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1", "dead"),
    # 163, 126
    (550, "User not found: li@163.com", "dead"),
    (550, "Invalid User: li@163.com", "dead"),
    (421, "HL:ICC 163 mx9", "rate"),
    (421, "HL:IFC 163 mx9", "rate"),
    (421, "HL:REP 163 mx9", "rate"),
    (421, "HL:MEP 163 mx9", "rate"),
    (450, "MI:DMC 163 smtp1", "rate"),
    (451, "MI:SFQ 163 smtp1", "rate"),
    (450, "RP:DRC 163 smtp1", "rate"),
    (451, "RP:QRC 163 smtp1", "rate"),
    (450, "MI:CEL 163 smtp1", "rate"),
    (450, "MI:CCL 163 smtp1", "rate"),
    (550, "MI:STC 163 smtp1", "rate"),
    (550, "RP:ORQ 163 smtp1", "rate"),
    (451, "DT:SPM,please try again 163 smtp1", "greylist"),
    (554, "DT:SPM 163 smtp1,D9GowLBL http://mail.163.com/help/help_spam_16.htm", "content"),
    (550, "MI:SPF mx14", "blocked"),
    (550, "MI:DMA 163 mx8", "blocked"),
    (550, "MI:NHD 163 mx8", "bug"),
    (550, "MI:IMF 163 mx8", "bug"),
    # Aliyun mail and DirectMail
    (454, "Error: too frequently sending", "rate"),
    (554, "RP: too frequently sending", "rate"),
    (552, "Daily sending quota exceeded", "quota"),
    (552, "Monthly sending quota exceeded", "quota"),
    (551, "Main account unavailable", "relay"),
    (535, "Authentication failed", "relay"),
    (436, "mail from is not the login", "relay"),
    (554, "Reject by content spam at DATA phase", "content"),
    (561, "Honeypot rcptto", "dead"),
    (559, "Invalid rcptto", "dead"),
    (557, "The length of DATA is too large", "bug"),
    # Gmail, Outlook and others
    (550, "5.1.1 The email account that you tried to reach does not exist", "dead"),
    (550, "5.1.10 RESOLVER.ADR.RecipientNotFound", "dead"),
    (421, "4.7.28 Our system has detected an unusual rate of mail", "rate"),
    (450, "4.2.1 The user you are trying to contact is receiving mail too quickly", "rate"),
    (550, "5.7.26 This mail has been blocked because the sender is unauthenticated", "blocked"),
    (550, "5.7.27 SPF did not pass", "blocked"),
    (550, "5.7.29 TLS required", "blocked"),
    (550, "5.7.30 DKIM did not pass", "blocked"),
    (550, "5.7.515 Access denied, sending domain does not meet the required level", "blocked"),
    (550, "5.7.1 Unfortunately, messages from [1.2.3.4] weren't sent: on our block list (S3140).", "blocked"),
    (552, "5.2.2 The email account is over quota", "full"),
    (452, "4.2.2 The recipient's inbox is out of storage space", "full"),
    (552, "mailbox full", "full"),
    (550, "Quota exceeded", "full"),
    (550, "5.2.1 The account is disabled", "disabled"),
    (550, "User suspended", "disabled"),
    (552, "Message too large", "bug"),
    (552, "5.2.3 Message exceeds limit", "bug"),
    (552, "5.3.4 Message size exceeds fixed limit", "bug"),
    (501, "Bad address syntax", "bug"),
    # nobody knows
    (550, "Something new", "unknown"),
    (554, "5.0.0 Service unavailable", "unknown"),
    (550, "5.7.1 Relaying denied", "unknown"),
    (451, "Please come back", "transient"),
    (452, "4.3.1 Insufficient system storage", "transient"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "expected"), ANSWERS)
def test_verdict_reads_text_before_numbers(code: int, text: str, expected: str) -> None:
    assert verdict(Answer.of(code, text), HIM) == expected


@pytest.mark.parametrize(("code", "text", "expected"), [row for row in ANSWERS if row[2] != "dead"])
def test_outcome_suppresses_nobody_but_the_dead(code: int, text: str, expected: str) -> None:
    found = outcome(Answer.of(code, text), HIM)

    assert not (isinstance(found, Refused) and found.scope in {"contact", "pair"})


def test_outcome_of_a_dead_mailbox_is_the_contacts() -> None:
    found = outcome(Answer.of(550, "Mailbox not found"), HIM)

    assert found == Refused("没有这个信箱：550 Mailbox not found。停发此地址。", "contact")


@pytest.mark.parametrize(
    "text", ["Invalid User: kuaixun@163.com", "MI:SPF mx14", "Mail content denied", "new"]
)
def test_a_no_before_the_recipient_keeps_the_message(text: str) -> None:
    assert "信件留着" in before_the_recipient(Answer.of(550, text)).said


@pytest.mark.parametrize(
    ("text", "scope"),
    [("Mail content denied", "content"), ("MI:SPF mx14", "configuration"), ("MI:NHD", "content")],
)
def test_outcome_says_whose_fault_a_refusal_is(text: str, scope: str) -> None:
    found = outcome(Answer.of(550, text), HIM)

    assert isinstance(found, Refused)
    assert found.scope == scope


@pytest.mark.parametrize(
    ("text", "least"),
    [("Mailbox unavailable or access denied", 3600), ("Ip frequency limited", 60), ("MI:STC", 3600)],
)
def test_outcome_of_a_limit_waits(text: str, least: float) -> None:
    found = outcome(Answer.of(550, text), HIM)

    assert isinstance(found, TryLater)
    assert found.after >= least


@pytest.mark.parametrize(("address", "expected"), [("li@example.cn", "bug"), ("li@example", "dead")])
def test_bad_syntax_is_judged_by_the_address(address: str, expected: str) -> None:
    assert verdict(Answer.of(501, "Bad address syntax"), address) == expected


@pytest.mark.parametrize(
    ("text", "queue_id"),
    [
        ("2.0.0 Ok: queued as 4BqX1z0jNkz", "4BqX1z0jNkz"),
        ("Mail OK queued as smtp1,D9Go+wLBL 1571962", "smtp1,D9Go+wLBL"),
        ("data ok", "data ok"),
    ],
)
def test_outcome_of_a_yes_keeps_the_queue_id(text: str, queue_id: str) -> None:
    assert outcome(Answer.of(250, text), HIM) == Sent(queue_id, f"250 {text}")


def test_answer_holds_nothing_that_a_database_does_not() -> None:
    assert Answer.of(550, b"5.1.1 no\x00such\x1b user").text == "5.1.1 no such user"
    assert Answer.of(550, "5.1.1 no\udc00 user").text == "5.1.1 no user"


def test_answer_reads_gbk_and_utf8() -> None:
    assert [Answer.of(550, "用户不存在".encode(name)).text for name in ("gbk", "utf-8")] == ["用户不存在"] * 2


def test_every_row_leads_to_a_known_verdict() -> None:
    named = {row.verdict for row in table().rows} | {
        row.verdict_if_address_odd or "rate" for row in table().rows
    }

    assert named <= set(table().verdicts)


def test_every_verdict_says_what_follows_and_either_when_or_whose() -> None:
    assert all("next" in it and ("after" in it) != ("scope" in it) for it in table().verdicts.values())


def test_rows_are_matched_in_lower_case() -> None:
    assert all(words == words.casefold() for row in table().rows for words in row.text)
