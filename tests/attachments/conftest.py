"""The small web on loopback of the intake tests."""

from tests.intake.conftest import on_the_web, source, web

__all__ = ["on_the_web", "source", "web"]
