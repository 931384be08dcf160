"""`manage.py take-bounce`: mails that came back, from a pipe, an mbox or a Maildir."""

import mailbox
import sys
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alerts import receipts
from alerts.bounce_maildir import empty
from alerts.returned_mail import take_in, taken
from config.clock import business_now, machine_now


class Command(BaseCommand):
    """May be called for each mail by a mail server: `|manage.py take-bounce` in its aliases."""

    help = "收取退信：由标准输入读一封，或读一个 mbox、Maildir；认出的记为回执并随即处理"

    def add_arguments(self, parser: CommandParser) -> None:
        """Without a place, one mail from standard input."""
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--mbox", type=Path, metavar="FILE", help="读这个 mbox 文件，读后原样留下")
        where.add_argument("--maildir", type=Path, metavar="DIR", help="收空这个 Maildir：认出的退信删去")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each kind of mail that was there."""
        now = business_now()
        for what, count in self._take(options, now).items():
            self.stdout.write(f"{what}：{count} 封")
        receipts.take(now, machine_now())

    def _take(self, options: dict[str, Any], now: datetime) -> Counter[str]:
        place = options["mbox"] or options["maildir"]
        if place is None:
            return Counter([take_in(sys.stdin.buffer.read(), now)])
        if not place.exists():
            raise CommandError(f"没有 {place}")
        if options["maildir"]:
            return empty(place, now)
        with closing(mailbox.mbox(place, create=False)) as box:
            return Counter(taken(mail.as_bytes(), now) for mail in box)
