"""What page tests stand on."""

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def static_folder() -> None:
    """WhiteNoise warns of a folder of static files that `collectstatic` has not made yet."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
