"""The world that a test lives in."""

import os
import socket
from datetime import datetime
from pathlib import Path

import pytest

from config.clock import machine_now
from tests import conftest
from tests.services.own_world import OffTheMachine, is_here


@pytest.mark.parametrize(
    ("address", "here"),
    [
        (("127.0.0.1", 80), True),
        (("127.8.8.8", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        ("/run/some.sock", True),
        (("10.0.0.1", 80), False),
        (("8.8.8.8", 53), False),
        (("www.mee.gov.cn", 80), False),
    ],
)
def test_is_here_knows_loopback(address: object, here: bool) -> None:
    assert is_here(address) is here


def test_connect_beyond_loopback_is_refused_and_noted() -> None:
    with socket.socket() as door, pytest.raises(OffTheMachine):
        door.connect(("192.0.2.1", 80))
    assert conftest.OFF_THE_MACHINE.pop() == "connect ('192.0.2.1', 80)"


def test_look_up_of_a_public_name_is_refused_and_noted() -> None:
    with pytest.raises(OffTheMachine):
        socket.getaddrinfo("example.com", 80)
    assert conftest.OFF_THE_MACHINE.pop() == "look up example.com"


@pytest.mark.frozen
def test_frozen_clock_stands_in_the_seed_week(now: datetime) -> None:
    assert machine_now() == now.timestamp()


def test_var_folder_is_the_run_s_own(var_folder: Path) -> None:
    assert var_folder == Path(os.environ["KUAIXUN_VAR"])
    assert var_folder.name.startswith("kuaixun-tests-")
