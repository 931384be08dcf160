"""Which addresses may be dialled, and where ports are sent."""

from ipaddress import ip_network

import pytest

from notices.intake.addresses import may_dial, networks, ports, rerouting
from notices.intake.hosts import registered_host


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("114.114.114.114", True),
        ("2400:3200::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("fec0::1", False),
        ("::127.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::1", False),
        ("64:ff9b::7272:7272", True),
        ("2002:7f00:1::", False),
        ("192.0.0.8", False),
    ],
)
def test_address_may_be_dialled_only_if_public(address: str, may: bool) -> None:
    assert may_dial(address, ()) is may


def test_address_in_an_allowed_network_may_be_dialled() -> None:
    assert may_dial("127.0.0.1", (ip_network("127.0.0.0/8"),))


def test_networks_name_what_cannot_be_read() -> None:
    with pytest.raises(ValueError, match="localnet"):
        networks(["localnet"])


def test_ports_are_numbers_of_ports() -> None:
    assert ports(["8080", "8081"]) == {8080, 8081}


@pytest.mark.parametrize("text", ["http", "0", "65536", "80-90"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        ports([text])


def test_rerouting_reads_ports_and_addresses() -> None:
    assert rerouting(["80=127.0.0.1:8080", "443=[::1]:8443"]) == {80: ("127.0.0.1", 8080), 443: ("::1", 8443)}


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("jcs.mee.gov.cn", "mee.gov.cn"),
        ("www.gov.cn", "www.gov.cn"),
        ("jxj.beijing.gov.cn", "beijing.gov.cn"),
        ("a.b.example.com", "example.com"),
        ("news.sina.cn", "sina.cn"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_registered_host_is_what_was_registered(host: str, registered: str) -> None:
    assert registered_host(host) == registered
