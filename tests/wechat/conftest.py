from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alerts.channels.wechat import Gateway, MemoryTokenStore, TokenStore, WeChatMessage
from demo.wechat import Simulator

READER = "oKx_reader_0000000000000001"
ALERT = "kxDev-alert-with-deadline_0000000000000000A"


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    with Simulator(tmp_path, {READER: "王岚", "oKx_second_0000000000000002": "李青"}) as running:
        yield running


@pytest.fixture
def new_gateway(simulator: Simulator) -> Callable[[TokenStore], Gateway]:
    """A gateway as each process makes its own, with a time-out that a loaded machine keeps on loopback."""
    return lambda store: Gateway(simulator.appid, simulator.secret, simulator.base_url, store, (3.0, 2.0))


@pytest.fixture
def gateway(new_gateway: Callable[[TokenStore], Gateway]) -> Gateway:
    return new_gateway(MemoryTokenStore())


def message(
    openid: str = READER,
    template_id: str = ALERT,
    title: str = "2019年淮北市绿色工厂推荐",
    client_msg_id: str = "delivery1",
    url: str = "https://kx.example/n/1/",
) -> WeChatMessage:
    data = {
        "phrase1": "还剩七天",
        "time2": "2019年10月29日 23:59",
        "thing3": title,
        "thing4": "淮北市经济和信息化局",
        "thing5": "安徽省淮北市",
    }
    return WeChatMessage(openid, template_id, data, url, client_msg_id)
