"""`manage.py verify-matches`: the matches in the tables against a reader that shares no code with them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alerts.match_proof import verify_matches
from alerts.retention import KEEP
from config.clock import business_now


class Command(BaseCommand):
    """Compares, and changes nothing."""

    help = "逐对核对命中表：用另写的读法重算，列出不一致之处"

    def add_arguments(self, parser: CommandParser) -> None:
        """How many notices."""
        parser.add_argument(
            "--sample", type=int, metavar="N", help="只核对最近匹配的 N 条通知；默认全部在期的"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 where anything differs."""
        proof = verify_matches(options["sample"], since=business_now() - KEEP)
        self.stdout.write(f"核对了 {proof.notices} 条通知，{proof.pairs} 对。")
        for difference in proof.differences:
            self.stdout.write(str(difference))
        if proof.differences:
            raise CommandError(f"有 {len(proof.differences)} 处不一致；请重新匹配所涉通知，并查明原因")
