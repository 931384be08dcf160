"""What `make run` consists of, decided from the environment."""

from pathlib import Path

import pytest
from django.urls import reverse

from config import embedded
from config.processes import Program
from demo.wechat import server as simulator

VAR = Path("/var/kuaixun")
REAL = {
    "REDIS_URL": "redis://r/0",
    "SMTP_URL": "smtps://m:465",
    "WECHAT_APPID": "wx1",
    "KUAIXUN_PORT": "9000",
}


def as_preferred(port: int) -> int:
    return port or 6400


def names(environment: dict[str, str]) -> list[str]:
    chosen = embedded.plan(environment, VAR, as_preferred)
    return [program.name for program in embedded.programs(chosen)]


def test_plan_of_an_empty_environment_runs_all_here() -> None:
    assert names({}) == ["Redis", "收信箱", "微信模拟器", "网站", "任务", "节拍"]


def test_plan_of_a_furnished_environment_runs_the_product_only() -> None:
    assert names(REAL) == ["网站", "任务", "节拍"]


def test_settings_tell_every_program_where_the_others_are() -> None:
    assert embedded.settings(embedded.plan({}, VAR, as_preferred), {}) == {
        "KUAIXUN_VAR": "/var/kuaixun",
        "KUAIXUN_BASE_URL": "http://127.0.0.1:8000",
        "REDIS_URL": "redis://127.0.0.1:6400/0",
        "SMTP_URL": "smtp://127.0.0.1:1025",
        "WECHAT_APPID": simulator.APPID,
        "WECHAT_SECRET": simulator.SECRET,
        "WECHAT_API_BASE": "http://127.0.0.1:8026",
        "WECHAT_TOKEN": simulator.TOKEN,
    }


def test_settings_leave_what_is_given_alone() -> None:
    given = {**REAL, "KUAIXUN_BASE_URL": "https://kuaixun.example.cn"}
    assert embedded.settings(embedded.plan(given, VAR, as_preferred), given) == {
        "KUAIXUN_VAR": "/var/kuaixun"
    }


@pytest.mark.parametrize("program", embedded.programs(embedded.plan({}, VAR, as_preferred)))
def test_ground_stands_before_what_stands_on_it(program: Program) -> None:
    assert program.stage == (1 if program.name in {"网站", "任务", "节拍"} else 0)


def test_addresses_name_the_pages_of_this_machine() -> None:
    lines = embedded.addresses(embedded.plan({}, VAR, as_preferred))
    assert [line.split()[1].split("（")[0] for line in lines] == [
        "http://127.0.0.1:8000/",
        f"http://127.0.0.1:8000{reverse('admin:index')}",
        "http://127.0.0.1:8025/",
        "http://127.0.0.1:8026/",
    ]
