"""The e-mail channel: finished messages in, an outcome for each out. Knows no models.

`message` says what a mail's bytes are, `addresses` which addresses can be written to, `answers` what a
server's answer means, and `smtp` sends.
"""

from alerts.channels.email.message import MailMessage
from alerts.channels.email.smtp import send_batch

__all__ = ["MailMessage", "send_batch"]
