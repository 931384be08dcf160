"""Every template of ours compiles, with the environment that will render it."""

import sys
from collections.abc import Iterator
from pathlib import Path

from django.template.exceptions import TemplateSyntaxError as DjangoSyntaxError
from jinja2 import Environment, TemplateSyntaxError

from tests.guards.house import ROOT, template_files


def troubles(environment: Environment, paths: Iterator[Path]) -> Iterator[str]:
    """`path:line: message` for each template that does not compile."""
    for path in paths:
        try:
            environment.compile((ROOT / path).read_text(encoding="utf-8"), name=str(path))
        except TemplateSyntaxError as error:
            yield f"{path}:{error.lineno}: {error.message}"


def admin_troubles(paths: Iterator[Path]) -> Iterator[str]:
    """The same for the admin's templates, which are Django's own."""
    from django.template import engines

    for path in paths:
        try:
            engines["django"].from_string((ROOT / path).read_text(encoding="utf-8"))
        except DjangoSyntaxError as error:
            yield f"{path}: {error}"


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
    admin = (path for path in template_files() if path.parts[1:3] == ("templates", "admin"))
    rest = (path for path in template_files() if "templates" not in (path.parts[0], path.parts[1]))
    # The demo's sites and simulators render their pages with environments of their own.
    demo = troubles(Environment(autoescape=True), rest)
    return [*troubles(environment, product), *admin_troubles(admin), *demo]


if __name__ == "__main__":
    from tests.services import own_world

    own_world.settle()
    found = in_house()
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
