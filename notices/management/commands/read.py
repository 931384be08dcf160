"""`manage.py read`: notices as JSON lines in, what was understood as JSON lines out."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from notices.reading.rows import Labels, labels_from, read_row


def _lines(path: str | None) -> Iterator[str]:
    """The lines of a file, or of standard input."""
    if path is None:
        yield from sys.stdin
        return
    try:
        with Path(path).open(encoding="utf-8") as file:
            yield from file
    except OSError as trouble:
        raise CommandError(f"打不开 {path}：{trouble}") from trouble


class Command(BaseCommand):
    """Reads each line's notice; needs no database."""

    help = "解读通知：逐行读入 JSON（id、title、text 及其他已知项），逐行写出解读结果"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The input file, and a vocabulary for topics and kinds."""
        parser.add_argument("file", nargs="?", help="逐行 JSON 的文件；不给则读标准输入")
        parser.add_argument(
            "--labels",
            metavar="FILE",
            help='主题与类别的对照：{"topics": {…}, "kinds": {…}, "withheld": {主题: [并列时不给的标签]}}',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes one line for each that holds a notice; stops at a line that is no JSON object."""
        labels = self._labels(options["labels"])
        for number, line in enumerate(_lines(options["file"]), 1):
            if line.strip():
                self.stdout.write(json.dumps(self._answer(number, line, labels), ensure_ascii=False))

    def _labels(self, path: str | None) -> Labels:
        if path is None:
            return Labels()
        try:
            return labels_from(json.loads(Path(path).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError) as trouble:
            raise CommandError(f"对照文件 {path} 不能用：{trouble}") from trouble

    def _answer(self, number: int, line: str, labels: Labels) -> dict[str, Any]:
        try:
            return read_row(json.loads(line), labels)
        except (ValueError, AttributeError) as trouble:
            raise CommandError(
                f"第 {number} 行读不了：{trouble}。每行须是一个 JSON 对象，日期写作 2019-10-21"
            ) from trouble
