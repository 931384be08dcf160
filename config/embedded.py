"""The embedded way to run (DESIGN section 7): which programs, on which ports, told what.

Pure: `plan` decides from the environment, the rest spells the plan out; `manage.py run` carries it out.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from celeryconfig import task_queues
from config import embedded_redis
from config.processes import Program

WEB_PORT = 8000
SMTP_PORT, INBOX_PORT, PHONE_PORT = 1025, 8025, 8026
# The local simulator's own (demo.wechat); a real account's come from WECHAT_APPID and WECHAT_SECRET.
APPID, SECRET = "wx0000000000simulator", "made-up-secret-of-the-simulator"
TOKEN = "made-up-token-of-the-simulator"  # noqa: S105 a made-up one
QUEUES = tuple(queue.name for queue in task_queues)


@dataclass(frozen=True, slots=True)
class Plan:
    """Ports of what this machine runs itself; None where the environment names a real one instead."""

    var: Path
    web: int
    redis: int | None
    smtp: int | None
    inbox: int | None
    phone: int | None


def plan(environment: Mapping[str, str], var: Path, open_port: Callable[[int], int]) -> Plan:
    """Decides; `open_port(preferred)` gives that port, or another where it is taken."""
    local_mail = not environment.get("SMTP_URL")
    return Plan(
        var=var,
        web=int(environment.get("KUAIXUN_PORT") or WEB_PORT),
        redis=None if environment.get("REDIS_URL") else open_port(0),
        smtp=open_port(SMTP_PORT) if local_mail else None,
        inbox=open_port(INBOX_PORT) if local_mail else None,
        phone=None if environment.get("WECHAT_APPID") else open_port(PHONE_PORT),
    )


def settings(chosen: Plan, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment variables that tell every program of the tree where the others are."""
    told = {"KUAIXUN_VAR": str(chosen.var)}
    if not environment.get("KUAIXUN_BASE_URL"):
        told["KUAIXUN_BASE_URL"] = f"http://127.0.0.1:{chosen.web}"
    if chosen.redis:
        told["REDIS_URL"] = embedded_redis.url(chosen.redis)
    if chosen.smtp:
        told["SMTP_URL"] = f"smtp://127.0.0.1:{chosen.smtp}"
    if chosen.phone:
        base = f"http://127.0.0.1:{chosen.phone}"
        told |= {"WECHAT_APPID": APPID, "WECHAT_SECRET": SECRET, "WECHAT_API_BASE": base}
        told["WECHAT_TOKEN"] = TOKEN
    return told


def programs(chosen: Plan) -> list[Program]:
    """The whole tree. The simulators are the demo's and named by command line: the product imports none."""
    return [*_ground(chosen), *_product(chosen)]


def addresses(chosen: Plan) -> list[str]:
    """What to open in a browser, a line each."""
    site = f"http://127.0.0.1:{chosen.web}/"
    lines = [f"网站    {site}", f"工作台  {site}staff/"]
    if chosen.inbox:
        lines.append(f"收信箱  http://127.0.0.1:{chosen.inbox}/（未设 SMTP_URL，邮件都到这里）")
    if chosen.phone:
        lines.append(f"微信    http://127.0.0.1:{chosen.phone}/（未设 WECHAT_APPID，模板消息都到这里）")
    return lines


def _python(module: str, *words: object) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *map(str, words))


def _ground(chosen: Plan) -> list[Program]:
    ground = []
    if chosen.redis:
        ground.append(Program("Redis", embedded_redis.command(chosen.var / "redis", chosen.redis), stage=0))
    if chosen.smtp and chosen.inbox:
        ports = ("--smtp-port", chosen.smtp, "--http-port", chosen.inbox)
        sink = _python("demo.sink", *ports, "--folder", chosen.var / "outbox")
        ground.append(Program("收信箱", sink, stage=0))
    if chosen.phone:
        tells = ("--callback", f"http://127.0.0.1:{chosen.web}/wechat/")
        kept = ("--log", chosen.var / "wechat.jsonl", "--book", chosen.var / "followers.json")
        phone = _python("demo.wechat", "--port", chosen.phone, *kept, *tells)
        ground.append(Program("微信模拟器", phone, stage=0))
    return ground


def _product(chosen: Plan) -> list[Program]:
    return [
        Program("网站", web(f"127.0.0.1:{chosen.web}")),
        Program("任务", worker(QUEUES)),
        Program("节拍", beat(chosen.var / "beat-schedule")),
    ]


def web(bind: str) -> tuple[str, ...]:
    """The web's command line: one process, threads for slow readers."""
    return _python(
        "gunicorn",
        "--worker-class=gthread",
        "--threads=8",
        "--no-control-socket",
        f"--bind={bind}",
        "config.wsgi",
    )


def worker(queues: tuple[str, ...]) -> tuple[str, ...]:
    """A worker's command line: two pool processes, one for what waits on the network and one for the rest."""
    quiet = ("--without-gossip", "--without-mingle", "--loglevel=WARNING")
    return _python(
        "celery",
        "--quiet",
        "-A",
        "tasks",
        "worker",
        "--concurrency=2",
        f"--queues={','.join(queues)}",
        *quiet,
    )


def beat(schedule: Path) -> tuple[str, ...]:
    """Beat's command line; the schedule file only remembers when each entry was last due."""
    return _python(
        "celery",
        "--quiet",
        "-A",
        "tasks",
        "beat",
        f"--schedule={schedule}",
        "--pidfile=",
        "--loglevel=WARNING",
    )
