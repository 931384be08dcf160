"""docs/hostile-answers.md names tests that exist."""

import re
from pathlib import Path

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs" / "hostile-answers.md"
NAMED = re.compile(r"`(?:(?P<module>[\w./]+)\.)?(?P<test>test_\w+|\*)(?:\[[\w-]+\])?`")


def test_every_test_that_the_table_names_exists() -> None:
    missing = []
    for row in TABLE.read_text(encoding="utf-8").splitlines():
        module = ""
        for name in NAMED.finditer(row):
            module = name["module"] or module
            if not _exists(module, name["test"]):
                missing.append(name[0])
    assert missing == []


def _exists(module: str, test: str) -> bool:
    folder, _, last = module.rpartition("/")
    file = HERE / folder / f"test_{last.removeprefix('test_')}.py"
    return file.exists() and (test == "*" or f"def {test}(" in file.read_text(encoding="utf-8"))
