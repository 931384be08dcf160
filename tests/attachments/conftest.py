"""The small web on loopback of the intake tests, and the library that unpacks archives."""

import pytest

from tests.intake.conftest import on_the_web, source, web
from tests.services import unpacker

__all__ = ["on_the_web", "source", "web"]


@pytest.fixture(scope="session", autouse=True)
def unpacking_library() -> str:
    """libarchive is there before the first archive is opened."""
    return unpacker.library()
