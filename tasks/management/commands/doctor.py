"""What is misconfigured or unwell, in plain words. Each check looks at one thing and returns one finding."""

import ipaddress
import os
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from redis import Redis, RedisError

from alerts import pace, staff_letters
from alerts.channels.email.route import Patience, Route, WrongRouteError, connect
from alerts.proof import overdue
from config import embedded_redis
from config.clock import business_now
from notices.intake.files.unpacking import can_unpack
from notices.intake.manners import POLITE_GAP, WEB_PORTS
from notices.intake.polling import manners_from_settings
from notices.models import Found, Proving, Source

MEGABYTE = 1024 * 1024
DISK_BAD, DISK_WARN = 200 * MEGABYTE, 1024 * MEGABYTE
SECONDS = 5.0  # how long a server may take to answer

Level = Literal["正常", "注意", "异常"]


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing is: well (正常), worth a look (注意), unwell (异常); and what to do about it."""

    level: Level
    words: str


def first_line(error: Exception) -> str:
    """What the driver says first; PostgreSQL's goes on with advice for its own administrators."""
    return str(error).strip().partition("\n")[0].rstrip("。.")


def is_public(base_url: str) -> bool:
    """True where people elsewhere use the address: it is not this machine's own."""
    host = urlsplit(base_url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def database() -> Finding:
    """Reachable, and its tables as the code wants them."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Finding("异常", f"数据库连不上：{first_line(error)}。请查 DATABASE_URL 与数据库服务。")
    if waiting:
        return Finding("异常", f"数据库缺 {len(waiting)} 步迁移。请运行 manage.py migrate。")
    return Finding("正常", f"数据库：{connection.vendor}，迁移齐全")


def broker() -> Finding:
    """The Redis of REDIS_URL answers; without one, there is a server that `make run` can start."""
    if not settings.REDIS_URL:
        return _embedded_broker()
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS
        ) as redis:
            redis.ping()
    except (RedisError, ValueError) as error:
        return Finding("异常", f"Redis 没有应答：{first_line(error)}。请查 REDIS_URL；消息会晚到，但不会丢。")
    return Finding("正常", "Redis：有应答")


def _embedded_broker() -> Finding:
    try:
        return Finding("正常", f"Redis：未设 REDIS_URL，make run 用 {embedded_redis.binary()}")
    except embedded_redis.NoRedisError as error:
        return Finding("异常", str(error))


def mail() -> Finding:
    """The server of SMTP_URL greets us, and lets us in."""
    if not os.environ.get("SMTP_URL") and not os.environ.get("SMTP_URL_FILE"):
        return Finding("注意", "发信：未设 SMTP_URL，邮件只进本机收信箱。")
    try:
        connect(Route.parse(settings.SMTP_URL), "localhost", Patience.of(SECONDS)).quit()
    except (OSError, WrongRouteError) as error:
        return Finding(
            "异常", f"发信服务器没有接受连接：{first_line(error)}。请查 SMTP_URL；待发的会留着重试。"
        )
    return Finding("正常", "发信服务器：有应答")


def address() -> Finding:
    """Links in messages work, and travel encrypted."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    if not is_public(settings.BASE_URL):
        return Finding("注意", f"网址：{settings.BASE_URL} 只有本机打得开。上线前请设 KUAIXUN_BASE_URL。")
    if not settings.BASE_URL.startswith("https://"):
        return Finding("异常", f"网址：{settings.BASE_URL} 不是 https，退订与登录会明文传送。")
    if host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return Finding("异常", f"网址：ALLOWED_HOSTS 里没有 {host}，网站会拒绝访问。")
    return Finding("正常", f"网址：{settings.BASE_URL}")


def intake() -> Finding:
    """Polling takes its time, and refuses private addresses and odd ports unless somebody opened the door."""
    try:
        manners = manners_from_settings()
    except ValueError as error:
        return Finding("异常", f"抓取：INTAKE_ 开头的设置读不懂（{error}）。改好之前什么也不取。")
    ports = "、".join(map(str, sorted(WEB_PORTS | manners.allow_ports)))
    if settings.INTAKE_ALLOW_NETS:
        nets = "、".join(settings.INTAKE_ALLOW_NETS)
        return Finding("注意", f"抓取：INTAKE_ALLOW_NETS 放行了 {nets}，来源可以指向内网。除演示外请清空。")
    gap = f"同一网站隔 {manners.host_gap:g} 秒"
    if manners.host_gap < POLITE_GAP:
        return Finding("注意", f"抓取：{gap}访问一次，少于 {POLITE_GAP:g} 秒，容易被封。")
    return Finding("正常", f"抓取：不碰内网地址，端口 {ports}，{gap}")


def unpacker() -> Finding:
    """Attached RAR and 7z can be unpacked."""
    if can_unpack():
        return Finding("正常", "附件：RAR 与 7z 能展开")
    return Finding(
        "注意",
        "附件：没有 libarchive，RAR 里压缩存放的文件只列出文件名，7z 读不出。"
        "Debian/Ubuntu：apt-get install libarchive13",
    )


def sources() -> Finding:
    """Something is polled; what came with the product was tried on this machine."""
    try:
        polled = Source.objects.filter(enabled=True).count()
        untried = Proving.objects.exclude(found__in=(Found.PROVEN, Found.FAILED)).count()
        shipped = Proving.objects.exists()
    except DatabaseError as error:
        return Finding("异常", f"来源：查不了（{first_line(error)}）。")
    try_all = "manage.py probe --all 会逐个试取自带来源，通过的启用。"
    if not polled:
        return Finding("注意", f"来源：一个也没有启用，不会有通知。{try_all}")
    if untried or not shipped:
        return Finding("注意", f"来源：启用了 {polled} 个，自带来源还没试完。{try_all}")
    return Finding("正常", f"来源：启用了 {polled} 个")


def secrecy() -> Finding:
    """The secret key is long and for nobody else to read; debugging shows nothing to strangers."""
    if settings.DEBUG and is_public(settings.BASE_URL):
        return Finding("异常", "密钥：KUAIXUN_DEBUG 开着，出错页会把设置给外人看。请关掉。")
    if len(settings.SECRET_KEY) < 50:
        return Finding("异常", "密钥：SECRET_KEY 短于 50 个字符。请换成随机的长串。")
    file: Path = settings.VAR_DIR / "secret_key"
    if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return Finding("异常", f"密钥：{file} 别人也能读。请 chmod 600。")
    return Finding("正常", "密钥：够长，只有自己能读")


def disk() -> Finding:
    """Room for the database and the mails."""
    free = shutil.disk_usage(settings.VAR_DIR).free
    words = f"磁盘：{settings.VAR_DIR} 还有 {free // MEGABYTE} MB"
    if free < DISK_BAD:
        return Finding("异常", f"{words}，写库随时会失败。请腾出空间。")
    return Finding("注意", f"{words}，不多了。") if free < DISK_WARN else Finding("正常", words)


def staff_mail() -> Finding:
    """Somebody hears of sources in trouble."""
    try:
        to = staff_letters.addresses()
    except DatabaseError as error:
        return Finding("异常", f"值班：查不了谁收异常邮件（{first_line(error)}）。")
    if not to:
        return Finding("注意", "值班：来源异常、该发未发，没有人收到邮件。请设 STAFF_MAIL，或给账号填邮箱。")
    return Finding("正常", f"值班：来源异常与该发未发告诉 {'、'.join(to)}")


def sending_pace() -> Finding:
    """Nothing is sent by a pace that cannot be read."""
    try:
        rates = pace.rates()
    except pace.WrongPaceError as error:
        return Finding("异常", f"节奏：{error}。改好之前什么也不发。")
    said = "、".join(f"{lane} 每秒 {rate:g} 条" for lane, rate in rates.items())
    return Finding("正常", f"节奏：{said or '不限'}")


def wechat() -> Finding:
    """A real account has templates of its own; the development mapping would only be refused."""
    if not settings.WECHAT_APPID:
        return Finding("注意", "微信：未设 WECHAT_APPID，模板消息只进本机模拟器。")
    if not settings.WECHAT_TEMPLATES and "weixin.qq.com" in settings.WECHAT_API_BASE:
        return Finding(
            "异常", "微信：未设 WECHAT_TEMPLATES，开发用的模板编号会被逐条拒收。请写明已获批的模板。"
        )
    return Finding("正常", f"微信：{settings.WECHAT_APPID}")


def overdue_work() -> Finding:
    """What was due and did not go out, by the proof that shares no code with the sender."""
    try:
        lines = overdue(business_now())
    except DatabaseError as error:
        return Finding("异常", f"该发未发：查不了（{first_line(error)}）。")
    if lines:
        return Finding("异常", f"该发未发：{'；'.join(lines)}。请看工作进程是否在跑，对方是否收得下。")
    return Finding("正常", "该发未发：没有")


CHECKS: tuple[Callable[[], Finding], ...] = (
    database, broker, mail, sending_pace, staff_mail, wechat, address, intake, unpacker, sources, secrecy,
    disk, overdue_work,
)  # fmt: skip


class Command(BaseCommand):
    help = "体检：哪里没配好、哪里不舒服，逐条说明；有异常则退出码为 1。"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [check() for check in CHECKS]
        for finding in findings:
            self.stdout.write(f"[{finding.level}] {finding.words}")
        if any(finding.level == "异常" for finding in findings):
            sys.exit(1)
