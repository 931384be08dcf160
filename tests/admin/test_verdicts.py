"""Every verdict that can stand in a receipt has Chinese words."""

from alerts.channels.email.answers import table
from alerts.channels.email.bounces import DELIVERED
from alerts.wording import VERDICTS


def test_every_verdict_of_the_table_is_named() -> None:
    assert {*table().verdicts, DELIVERED} - set(VERDICTS) == set()
