"""What every test stands on. The servers are in tests/services, one module each."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from tests.services import own_world

# Before any test module is imported: their imports need settings, and settings need the run's own folder.
VAR = own_world.settle()
OFF_THE_MACHINE: list[str] = []
own_world.shut_the_door(OFF_THE_MACHINE)

pytest_plugins = ["tests.services.fixtures", "tests.services.counting"]

SEED_DAY = "2019-10-21T10:00:00+08:00"


@pytest.fixture(autouse=True)
def loopback_only() -> Iterator[None]:
    """Fails a test that reached beyond this machine, even where the code under test swallowed the error."""
    OFF_THE_MACHINE.clear()
    yield
    assert OFF_THE_MACHINE == []


@pytest.fixture(autouse=True)
def _frozen(request: pytest.FixtureRequest) -> Iterator[None]:
    """Stops the machine's clock for a test marked `frozen`."""
    marker = request.node.get_closest_marker("frozen")
    if marker is None:
        yield
        return
    moment = datetime.fromisoformat(marker.args[0] if marker.args else SEED_DAY)
    with time_machine.travel(moment, tick=False):
        yield


@pytest.fixture
def now() -> datetime:
    """Business time: Monday 2019-10-21, 10:00 in Shanghai, when the seed newsletter's week begins."""
    return datetime.fromisoformat(SEED_DAY)


@pytest.fixture(scope="session")
def var_folder() -> Path:
    """This run's own KUAIXUN_VAR."""
    return VAR
