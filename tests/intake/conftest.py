"""A small web on loopback that answers whatever a test tells it, under whatever host name."""

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytest_django import Settings

from notices.intake.fetching import Manners
from notices.models import Source

PAGES = Path(__file__).parent / "pages"
LIST_URL = "http://www.yy.gov.cn/tzgg/index.html"


@dataclass
class Reply:
    """What a path answers; `hold` seconds pass before it does."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hold: float = 0.0

    @property
    def sent(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Put = Callable[[Reply | str], None]


@dataclass(frozen=True)
class Asked:
    """A request as the web saw it."""

    host: str
    path: str
    headers: Mapping[str, str]
    body: str = ""


class Web:
    """`web["/list"] = Reply(...)` by path, or `web["www.a.gov.cn/list"]` by host and path; any query fits."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.replies: dict[str, Reply | Callable[[Asked], Reply]] = {}
        self.asked: list[Asked] = []
        self.robots_asked: list[Asked] = []
        self.closing = threading.Event()

    def __setitem__(self, path: str, reply: Reply | Callable[[Asked], Reply] | str) -> None:
        self.replies[path] = Reply(reply) if isinstance(reply, str) else reply

    def answer(self, asked: Asked) -> Reply:
        (self.robots_asked if asked.path == "/robots.txt" else self.asked).append(asked)
        bare = asked.path.partition("?")[0]
        keys = (asked.host + asked.path, asked.path, asked.host + bare, bare)
        reply = next((self.replies[key] for key in keys if key in self.replies), Reply(status=404))
        return reply(asked) if callable(reply) else reply

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            reply = web.answer(Asked(self.headers["Host"], self.path, dict(self.headers), sent))
            web.closing.wait(reply.hold)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.sent)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.sent)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *args: object) -> None:
            """Tests look at `web.asked` instead."""

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, ssl.SSLError):  # the client hung up, which is what some tests are about
                self.close_connection = True

    return Handler


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A web on a free port of loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    web = Web(server.server_address[1])
    server.RequestHandlerClass = _handler(web)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield web
    web.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    """A plain web."""
    with serving() as web:
        yield web


@pytest.fixture
def manners(web: Web) -> Manners:
    """Quick manners that send port 80 of every host to the web."""
    return Manners(
        contact="https://kuaixun.example/about",
        host_gap=0,
        allow_nets=(ip_network("127.0.0.0/8"),),
        connect_to={80: ("127.0.0.1", web.port)},
        total=2.0,
        connect=1.0,
    )


@pytest.fixture
def on_the_web(web: Web, settings: Settings) -> Web:
    """The web, and settings that send the poller there."""
    settings.INTAKE_HOST_GAP = 0
    settings.INTAKE_ALLOW_NETS = ["127.0.0.0/8"]
    settings.INTAKE_CONNECT_TO = [f"80=127.0.0.1:{web.port}"]
    return web


@pytest.fixture
def source(db: None) -> Source:
    """A TRS list of 余姚."""
    return Source.objects.create(
        slug="yuyao",
        name="余姚市经信局",
        url=LIST_URL,
        family="trs",
        region=1,
        issuer="余姚市经济和信息化局",
        enabled=True,
    )


@pytest.fixture
def put(on_the_web: Web, source: Source) -> Put:
    """Puts an answer where the source's list is; its new item (test_hostile_answers.NEW) has a page."""
    title = "关于做好绿色工厂推荐工作的通知"
    on_the_web["/t20191021_2.html"] = detail_html(title, "各单位：请于2019年10月29日前报送申报材料。")

    def place(reply: Reply | str) -> None:
        on_the_web[urlsplit(LIST_URL).path] = reply

    return place


@pytest.fixture
def feed(put: Put, source: Source) -> Put:
    Source.objects.update(family="feed")
    return put


def page(name: str) -> bytes:
    """A page of tests/intake/pages."""
    return (PAGES / name).read_bytes()


def list_html(*lines: tuple[str, str, str]) -> str:
    """A TRS list of (path, title, date)."""
    rows = "".join(f'<li><a href="{path}">{title}</a><span>{day}</span></li>' for path, title, day in lines)
    return f"<html><meta charset=utf-8><body><ul class='list'>{rows}</ul></body></html>"


def detail_html(title: str, body: str, source: str = "") -> str:
    """A TRS detail page."""
    metas = f'<meta name="ArticleTitle" content="{title}"><meta name="ContentSource" content="{source}">'
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    body = f"<h1>{title}</h1><div class='view TRS_UEDITOR'>{paragraphs}</div>"
    return f"<html><head><meta charset=utf-8>{metas}</head><body>{body}</body></html>"


def gzipped(body: bytes) -> Reply:
    """A compressed answer."""
    return Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"})
