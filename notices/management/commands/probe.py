"""`manage.py probe`: tries the address of a list before it becomes a source."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.clock import business_now
from notices.intake.probe_results import ProbeResult
from notices.intake.probe_words import SHOWN, as_json, findings, item_words
from notices.intake.probing import probe
from notices.models import Family


class Command(BaseCommand):
    """Prints what the list is and gives; saves nothing. Fails where the list cannot be read."""

    help = "试取一个列表地址：站点类型、编码、条目与日期、robots.txt、地区建议、是否重复；不保存任何东西"

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, and how it is to be read."""
        parser.add_argument("url", help="列表或订阅源的地址，或 rsshub:/路由")
        parser.add_argument("--family", default="", choices=["", *Family.values], help="按这种站点类型读")
        parser.add_argument("--recipe", default="{}", help="取法（JSON）")
        parser.add_argument("--ignore-robots", action="store_true", help="不顾 robots.txt")
        parser.add_argument("--now", help="业务时间（ISO 8601，带时区）")
        parser.add_argument("--json", action="store_true", help="写成 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the result in words or as JSON."""
        found = probe(
            options["url"],
            business_now(options["now"]),
            family=options["family"],
            recipe=self._recipe(options["recipe"]),
            despite_robots=options["ignore_robots"],
        )
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False))
        else:
            self._print(found)
        if found.trouble:
            raise CommandError(found.trouble)

    def _recipe(self, text: str) -> dict[str, Any]:
        try:
            recipe = json.loads(text)
        except ValueError as error:
            raise CommandError(f"取法不是 JSON：{error}") from error
        if not isinstance(recipe, dict):
            raise CommandError('取法要写成 {"rows": "…"} 的样子')
        return recipe

    def _print(self, found: ProbeResult) -> None:
        names = {str(family.value): str(family.label) for family in Family}
        for what, words in findings(found, names):
            self.stdout.write(f"{what}：{words}")
        for doubt in found.doubts:
            self.stdout.write(f"注意：{doubt}")
        for item in found.items[:SHOWN]:
            self.stdout.write("  " + "  ".join(item_words(item)))
        if found.trouble and found.excerpt:
            self.stdout.write(f"页面开头：{found.excerpt}")
