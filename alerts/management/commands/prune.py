"""`manage.py prune`: takes out what is older than it is kept."""

from typing import Any

from django.core.management.base import BaseCommand

from alerts.retention import KEEP, prune
from config.clock import business_now


class Command(BaseCommand):
    """May run beside senders, and be stopped at any moment."""

    help = f"清理 {KEEP.days} 天前的命中、告知与投递记录，分小批进行，不妨碍发送"

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a table."""
        for table, count in prune(business_now()).rows.items():
            self.stdout.write(f"{table}：{count} 行")
