"""docker-compose.yml as data."""

import json
import re
import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from tests.guards.house import ROOT


def document() -> dict[str, Any]:
    """The whole file, anchors resolved."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def specification() -> dict[str, Any]:
    """The Compose specification's own schema, as the check-jsonschema package carries it."""
    package = find_spec("check_jsonschema")
    assert package is not None, "check-jsonschema is missing: uv sync --all-groups"
    assert package.origin is not None
    schema = Path(package.origin).parent / "builtin_schemas/vendor/compose-spec.json"
    loaded: dict[str, Any] = json.loads(schema.read_text(encoding="utf-8"))
    return loaded


def product_commands() -> dict[str, list[str]]:
    """Each of our services with its command line, as words."""
    services = document()["services"]
    return {name: shlex.split(each["command"]) for name, each in services.items() if "build" in each}


def variables(text: str) -> set[str]:
    """Names that Compose fills in: ${NAME:-default}, ${NAME:?message}."""
    return set(re.findall(r"(?<!\$)\$\{(\w+)", text))
