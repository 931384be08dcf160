"""Every template of ours compiles, with the environment that will render it."""

import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from tests.guards.house import ROOT, template_files


def troubles(environment: Environment, paths: Iterator[Path]) -> Iterator[str]:
    """`path:line: message` for each template that does not compile."""
    for path in paths:
        try:
            environment.compile((ROOT / path).read_text(encoding="utf-8"), name=str(path))
        except TemplateSyntaxError as error:
            yield f"{path}:{error.lineno}: {error.message}"


def product_environment() -> Environment:
    """The one of alerts.rendering, whose filters and globals the product's templates use."""
    from django.template import engines
    from django.template.backends.jinja2 import Jinja2

    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    return engine.env


def in_house() -> list[str]:
    """Troubles of all templates; a name that the environment does not know is one of them."""
    environment = product_environment()
    product = (path for path in template_files() if path.parts[0] == "templates")
    rest = (path for path in template_files() if path.parts[0] != "templates")
    # The demo's sites and simulators render their pages with environments of their own.
    return [*troubles(environment, product), *troubles(Environment(autoescape=True), rest)]


if __name__ == "__main__":
    from tests.services import own_world

    own_world.settle()
    found = in_house()
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
