"""`manage.py explain --notice N --subscriber S`: why this person did or did not get this notice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alerts.explanation import explanation
from config.clock import business_now
from notices import vocabulary
from notices.models import Notice
from subscribers.models import Subscriber


class Command(BaseCommand):
    """Reads rows, and changes nothing."""

    help = "逐步说明某人为何收到或没有收到某条通知"

    def add_arguments(self, parser: CommandParser) -> None:
        """The two, by their numbers, and the moment at which to look."""
        parser.add_argument("--notice", type=int, required=True, metavar="N", help="通知编号")
        parser.add_argument("--subscriber", type=int, required=True, metavar="S", help="订户编号")
        parser.add_argument("--now", metavar="TIME", help="以何时为准，如 2019-10-22T09:00+08:00；默认现在")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a step; the last is the answer."""
        notice = Notice.objects.filter(pk=options["notice"]).first()
        subscriber = Subscriber.objects.filter(pk=options["subscriber"]).first()
        if notice is None:
            raise CommandError(f"没有编号为 {options['notice']} 的通知；编号见后台“通知”")
        if subscriber is None:
            raise CommandError(f"没有编号为 {options['subscriber']} 的订户；编号见后台“订户”")
        try:
            now = business_now(options["now"])
        except ValueError as trouble:
            raise CommandError(f"时间写法不对：{trouble}；应如 2019-10-22T09:00+08:00") from trouble
        vocabulary.refresh()
        for step in explanation(notice, subscriber, now):
            self.stdout.write(str(step))
