"""Every step at which a worker can be killed is still called what the traps call it."""

import pytest

from tests.chaos.worker import STEPS, holder


@pytest.mark.parametrize("step", STEPS)
def test_step_that_a_trap_names_is_there_to_be_trapped(step: str) -> None:
    where, what, _ = STEPS[step]
    assert callable(getattr(holder(where), what))
