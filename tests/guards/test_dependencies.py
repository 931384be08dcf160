"""docs/dependencies.md and pyproject.toml name the same packages."""

import re
import tomllib

from tests.guards.house import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared() -> list[str]:
    groups = PROJECT["dependency-groups"].values()
    wanted = [*PROJECT["project"]["dependencies"], *(each for group in groups for each in group)]
    return sorted({re.split(r"[\[<>=;\s]", each)[0] for each in wanted})


def explained() -> list[str]:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w-]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    return sorted(name for name, _, _ in rows if name != "package")


def test_every_dependency_is_explained_and_no_other() -> None:
    assert explained() == declared()
