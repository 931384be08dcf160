"""A loopback web of five hundred sites, each with a feed and a list page, quick by nginx or slow."""

import gzip
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from time import monotonic, sleep

SITES, ITEMS = 500, 30
LATENCY = 0.2  # seconds
FIRST = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
SENTENCE = (
    "各有关单位：为做好绿色制造体系建设工作，现将有关事项通知如下，"
    "请结合实际认真组织申报，并于规定时间前报送材料。"
)
SUMMARY = f"<p>{SENTENCE * 6}</p>"
BOMB_SENT, BOMB_WHOLE = 400 << 10, 400 << 20  # bytes
SERVER = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; {user}
events {{ worker_connections 2048; }}
http {{
  access_log off; keepalive_requests 100000; types {{ text/html html; application/xml xml; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  root {folder}/www;
  server {{
    listen 127.0.0.1:{port} backlog=1024;
    location /bomb/ {{ add_header Content-Encoding gzip; }}
  }}
  server {{
    listen 127.0.0.1:{bare_port} backlog=1024;
    etag off; if_modified_since off; add_header Last-Modified "";
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class World:
    """Where the web is: `port` answers with validators, `bare_port` without, `slow_port` after 200 ms."""

    folder: Path
    port: int
    bare_port: int
    slow_port: int

    @property
    def www(self) -> Path:
        """The files that are served."""
        return self.folder / "www"


def feed_url(number: int, port: int = 0) -> str:
    """A site's feed: under the site's own name, or with a port under the loopback address."""
    return (
        f"http://127.0.0.1:{port}/feeds/{number}.xml" if port else f"http://{host(number)}/feeds/{number}.xml"
    )


def list_url(number: int) -> str:
    """A site's list page."""
    return f"http://{host(number)}/lists/{number}.html"


def bomb_url() -> str:
    """A page of 400 KB that unpacks to a thousand times as much."""
    return f"http://{host(0)}/bomb/bomb.xml"


def host(number: int) -> str:
    """Every site is a house of its own."""
    return f"www.site{number}.gov.cn"


@contextmanager
def serving(folder: Path) -> Iterator[World]:
    """Write the files, start the servers, and end them afterwards."""
    world = World(folder, *_free_ports(3))
    _write(world)
    slow = [sys.executable, "-m", "bench.slow_server", str(world.www), str(world.slow_port), str(LATENCY)]
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(subprocess.Popen([_nginx(), "-p", str(folder), "-c", str(folder / "nginx.conf")]))
        started.append(subprocess.Popen(slow))
        for port in (world.port, world.bare_port, world.slow_port):
            _wait_for(port)
        yield world
    finally:
        for process in started:
            process.terminate()
            process.wait(10)


def write_lists(world_www: Path, making: int, *, other_links: bool = False) -> None:
    """Write all list pages anew: other bytes, the same lines, as pages with a time of making in them.

    `other_links`: their menu changes too. Each making lies a minute after the last: nginx knows a file by its
    second and its length.
    """
    for number in range(SITES):
        page = world_www / "lists" / f"{number}.html"
        page.write_text(_list_page(number, making, making if other_links else 0), encoding="utf-8")
        made_at = FIRST.timestamp() + 60 * making
        os.utime(page, (made_at, made_at))
    os.sync()  # sites write on machines of their own: none of it may be in the way of a poll's commits


def _write(world: World) -> None:
    for name in ("feeds", "lists", "bomb"):
        (world.www / name).mkdir(parents=True)
    for number in range(SITES):
        (world.www / "feeds" / f"{number}.xml").write_text(feed(number), encoding="utf-8")
    write_lists(world.www, 0)
    (world.www / "bomb" / "bomb.xml").write_bytes(gzip.compress(bytes(BOMB_WHOLE)))
    user = "user root;" if os.geteuid() == 0 else ""
    config = SERVER.format(folder=world.folder, port=world.port, bare_port=world.bare_port, user=user)
    (world.folder / "nginx.conf").write_text(config, encoding="utf-8")


def feed(number: int) -> str:
    """A site's feed, 40 KB: of three sites two write RSS 2.0 and one Atom."""
    return _atom(number) if number % 3 == 2 else _rss(number)


def _title(number: int, item: int) -> str:
    return f"关于组织开展第{number}批第{item}项绿色制造名单推荐工作的通知"


def _item_url(number: int, item: int) -> str:
    return f"http://{host(number)}/tzgg/202611/t202611{1 + item % 20:02d}_{number * 100 + item}.html"


def _rss(number: int) -> str:
    items = "".join(
        f"<item><title>{_title(number, item)}</title><link>{_item_url(number, item)}</link>"
        f"<guid>{_item_url(number, item)}</guid><category>通知公告</category>"
        f"<pubDate>{format_datetime(FIRST - timedelta(hours=7 * item), usegmt=True)}</pubDate>"
        f"<description><![CDATA[{SUMMARY}]]></description></item>\n"
        for item in range(ITEMS)
    )
    head = f"<title>第{number}局</title><link>http://{host(number)}/</link><description>通知</description>"
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{declaration}\n<rss version="2.0"><channel>{head}{items}</channel></rss>'


def _atom(number: int) -> str:
    entries = "".join(
        f"<entry><title>{_title(number, item)}</title><id>{_item_url(number, item)}</id>"
        f'<link rel="alternate" href="{_item_url(number, item)}"/>'
        f"<updated>{(FIRST - timedelta(hours=7 * item)).isoformat()}</updated>"
        f'<summary type="html"><![CDATA[{SUMMARY}]]></summary></entry>\n'
        for item in range(ITEMS)
    )
    head = f"<title>第{number}局</title><id>urn:site:{number}</id><updated>{FIRST.isoformat()}</updated>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'


def _list_page(number: int, making: int, menu_of: int) -> str:
    """28 KB: thirty lines among the furniture of such a page."""
    made_at = FIRST + timedelta(minutes=making)
    rows = "".join(
        f'<li><a href="{_item_url(number, item)}" title="{_title(number, item)}" target="_blank">'
        f"{_title(number, item)}</a><span>2026-11-{1 + item % 20:02d}</span></li>\n"
        for item in range(ITEMS)
    )
    menu = "".join(f'<li class="nav{n}"><a href="/c{n}/?v={menu_of}">栏目{n}</a></li>\n' for n in range(60))
    script = f"<script>{'var hit = function () {{ return document.cookie; }};' * 240}</script>"
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>通知公告</title>"
        f'<meta name="others" content="页面生成时间 {made_at:%Y-%m-%d %H:%M:%S}">{script}</head><body>'
        f"<ul class='menu'>{menu}</ul><div class='main'><ul class='list'>{rows}</ul></div>"
        f"<script>createPageHTML(25, 0, 'index', 'html');</script><p>您是第 {making} 位访客</p></body></html>"
    )


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [taken.getsockname()[1] for taken in sockets]
    for taken in sockets:
        taken.close()
    return ports


def _wait_for(port: int) -> None:
    until = monotonic() + 10
    while monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.05)
        else:
            return
    raise RuntimeError(f"no server on port {port}")


def _nginx() -> str:
    """The path of nginx, installed first where we may."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found:
        return found
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit("测速需要 nginx：apt-get install nginx-light")
    # policy-rc.d would be the place to forbid it: a package's install script may start its service.
    subprocess.run(
        ["apt-get", "install", "-y", "-q", "nginx-light"], check=True, env={**os.environ, "RUNLEVEL": "1"}
    )
    return "/usr/sbin/nginx"
