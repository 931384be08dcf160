"""`manage.py probe`: tries the address of a list before it becomes a source, or all the shipped sources."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.clock import business_now
from notices.intake.probe_results import ProbeResult
from notices.intake.probe_words import SHOWN, as_json, findings, item_words
from notices.intake.probing import probe
from notices.intake.shipped import BadTable
from notices.models import Family
from notices.proving_all import prepare, prove_all, report


class Command(BaseCommand):
    """Prints what the list is and gives; saves nothing. Fails where the list cannot be read."""

    help = "试取一个列表地址：站点类型、编码、条目与日期、robots.txt、地区建议、是否重复；不保存任何东西"

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, and how it is to be read."""
        parser.add_argument("url", nargs="?", help="列表或订阅源的地址，或 rsshub:/路由")
        parser.add_argument("--family", default="", choices=["", *Family.values], help="按这种站点类型读")
        parser.add_argument("--recipe", default="{}", help="取法（JSON）")
        parser.add_argument("--ignore-robots", action="store_true", help="不顾 robots.txt")
        parser.add_argument("--now", help="业务时间（ISO 8601，带时区）")
        parser.add_argument("--json", action="store_true", help="写成 JSON")
        every = parser.add_argument_group("全部自带来源（隔一会儿看两遍，通过的启用；中断后再运行会接着做）")
        every.add_argument("--all", action="store_true", help="载入并试取全部自带来源")
        every.add_argument("--load", action="store_true", help="只载入，不试取")
        every.add_argument("--again", action="store_true", help="全部从头再试")
        every.add_argument("--failed", action="store_true", help="未通过的再试一次")
        every.add_argument("--keep-off", action="store_true", help="只试取，不启用")
        every.add_argument("--apart", type=float, default=60.0, help="两遍之间隔多少秒（默认 60）")
        every.add_argument("--table", type=Path, help="改用这份来源表（TOML）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the result in words or as JSON."""
        shipped = options["all"] or options["load"]
        if bool(options["url"]) == shipped:
            raise CommandError("要么给出一个地址，要么写 --all 或 --load")
        if shipped:
            self._load(options)
        if options["all"]:
            self._all(options)
        if options["url"]:
            self._one(options)

    def _load(self, options: dict[str, Any]) -> None:
        try:
            made = prepare(options["table"], again=options["again"], failed=options["failed"])
        except (BadTable, OSError) as wrong:
            raise CommandError(f"来源表用不了：{wrong}") from wrong
        self.stdout.write(f"新载入 {made} 个自带来源，都未启用。" if made else "自带来源都已载入。")

    def _all(self, options: dict[str, Any]) -> None:
        try:
            prove_all(
                lambda: business_now(options["now"]),
                sys.stderr,  # the bar writes over its line, which self.stderr would end
                apart=options["apart"],
                switch_on=not options["keep_off"],
            )
        except KeyboardInterrupt:
            raise CommandError("停下了；已试的都记着，再运行 manage.py probe --all 会接着做") from None
        if not report(self.stdout):  # type: ignore[arg-type] # as above
            raise CommandError("没有一个通过：请看上面的原因，先查本机能否访问这些网站")

    def _one(self, options: dict[str, Any]) -> None:
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
