"""Chinese text is punctuated in Chinese: no `,` `;` `:` `?` `!` `.` or bracket between two 汉字.

Looked for in templates, translation catalogues and the words that the product says; not in what reads
official documents (notices), whose authors punctuate as they like.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.guards.house import ROOT, python_files, template_files

HAN = "\u3007\u4e00-\u9fff"
BETWEEN_HAN = re.compile(rf"[{HAN}][,;:?!.()]\s?[{HAN}]")
MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^<>]*>", re.DOTALL)
SPEAKING_ROOMS = ("alerts", "config", "pages", "subscribers", "tasks")


def slips(text: str) -> list[tuple[int, str]]:
    """(line, the three characters) of every ASCII mark between two 汉字."""
    return [(text.count("\n", 0, slip.start()) + 1, slip.group()) for slip in BETWEEN_HAN.finditer(text)]


def template_slips(source: str) -> list[tuple[int, str]]:
    """Slips in a template's own words, tags left out but their line breaks kept."""
    return slips(MARKUP.sub(lambda tag: "\n" * tag.group().count("\n") + "\x00", source))


def spoken_slips(source: str) -> Iterator[tuple[int, str]]:
    """Slips in a module's strings: not in docstrings, which are English, nor in regular expressions."""
    tree = ast.parse(source)
    unspoken = {id(part) for node in ast.walk(tree) if _is_unspoken(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unspoken:
            yield from ((node.lineno + line - 1, slip) for line, slip in slips(node.value))


def _is_unspoken(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):  # a string that stands alone
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")


def in_house() -> Iterator[str]:
    """`path:line: slip` for all our words."""
    for path in template_files():
        yield from _lines(path, template_slips(_read(path)))
    for catalogue in sorted(ROOT.glob("*/locale/**/*.po")):
        path = catalogue.relative_to(ROOT)
        yield from _lines(path, slips(_read(path)))
    for path in python_files():
        if path.parts[0] in SPEAKING_ROOMS:
            yield from _lines(path, list(spoken_slips(_read(path))))


def _read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _lines(path: Path, found: list[tuple[int, str]]) -> Iterator[str]:
    for line, slip in found:
        yield f"{path}:{line}: {slip}: Chinese punctuation between Chinese characters"


if __name__ == "__main__":
    all_slips = list(in_house())
    print(*all_slips, sep="\n", end="\n" if all_slips else "")
    sys.exit(1 if all_slips else 0)
