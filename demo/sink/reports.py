"""What a mail server sends back when it cannot deliver what it has taken: a report of RFC 3464."""

import mailbox
from email import message_from_bytes, policy
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from pathlib import Path

HOST = "mx.sink.example"


def report(content: bytes, sender: str, recipient: str, answer: str) -> bytes:
    """The report on a mail, to its envelope sender; `answer` is the far server's: 550 5.1.1 User unknown."""
    mail = MIMEMultipart("report", policy=policy.SMTP)
    mail.set_param("report-type", "delivery-status")
    mail["From"] = f"Mail Delivery System <MAILER-DAEMON@{HOST}>"
    mail["To"] = sender
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    mail["Auto-Submitted"] = "auto-replied"
    mail.attach(MIMEText(f"<{recipient}>: {answer}\n", "plain", "us-ascii"))
    mail.attach(_status(recipient, answer))
    mail.attach(_headers(content))
    return mail.as_bytes()


def put(folder: Path, content: bytes) -> None:
    """Lays a mail into a Maildir."""
    mailbox.Maildir(folder).add(content)


def _status(recipient: str, answer: str) -> MIMENonMultipart:
    """Two groups of fields: of the message, of the recipient."""
    status = answer.split()[1] if answer.split()[1].count(".") == 2 else f"{answer[0]}.0.0"
    part = MIMENonMultipart("message", "delivery-status")
    message, person = Message(), Message()
    message["Reporting-MTA"] = f"dns; {HOST}"
    person["Final-Recipient"] = f"rfc822; {recipient}"
    person["Action"] = "failed"
    person["Status"] = status
    person["Diagnostic-Code"] = f"smtp; {answer}"
    part.set_payload([message, person])
    return part


def _headers(content: bytes) -> MIMEText:
    head = message_from_bytes(content, policy=policy.compat32)
    lines = "".join(f"{name}: {value}\n" for name, value in head.items())
    return MIMEText(lines, "rfc822-headers", "us-ascii")
