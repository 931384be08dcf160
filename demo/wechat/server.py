"""The simulator's HTTP server: Tencent's API, its faults, the control address and the phone pages."""

import json
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlsplit

from config.clock import SHANGHAI, machine_now
from demo.wechat.account import Account, error
from demo.wechat.api import Api, Request
from demo.wechat.callbacks import Caller, Server
from demo.wechat.faults import Fault, FaultQueue, spoilt
from demo.wechat.followers import new_openid, read, write
from demo.wechat.phone_page import inbox, people
from demo.wechat.rules import Template

TEMPLATES_FILE = Path(__file__).with_name("templates.json")
LOG_NAME = "wechat.jsonl"
APPID, SECRET = "wx0000000000simulator", "made-up-secret-of-the-simulator"
TOKEN = "made-up-token-of-the-simulator"
LONGEST_NAME = 20
HANG_LIMIT = 600  # seconds; a hanging call ends sooner when the simulator stops

# Status, content type (of a 303: where to), body.
Reply = tuple[int, str, bytes]


def demo_templates() -> list[Template]:
    """The templates that alerts/channels/wechat/templates.json maps onto."""
    return [Template(**each) for each in json.loads(TEMPLATES_FILE.read_text(encoding="utf-8"))]


def _wall_clock() -> datetime:
    return datetime.fromtimestamp(machine_now(), SHANGHAI)


class Simulator:
    """A strict WeChat on 127.0.0.1 that writes each accepted message as a JSON line before it answers.

    `place` is the log file, or a folder to hold wechat.jsonl; `followers` are {openid: name}; `now` dates
    the messages (give the replay's clock), while repeats and tokens run on `clock`. `callback` is the server
    that is told what became of each message. `book` is the file that keeps who followed on the page.
    Usable with `with`.
    """

    def __init__(
        self,
        place: Path | str,
        followers: Mapping[str, str],
        templates: Sequence[Template] | None = None,
        *,
        port: int = 0,
        now: Callable[[], datetime] = _wall_clock,
        clock: Callable[[], float] = machine_now,
        callback: Server | None = None,
        book: Path | None = None,
    ) -> None:
        log = _log_file(Path(place))
        log.parent.mkdir(parents=True, exist_ok=True)
        known = demo_templates() if templates is None else templates
        self.caller = Caller(callback) if callback else None
        self._book = book
        everyone = {**followers, **read(book)} if book else followers
        self.account = Account(log, everyone, known, clock, now, caller=self.caller)
        self.faults = FaultQueue()
        self.calls: list[str] = []
        self.appid, self.secret = APPID, SECRET
        self.stopping = threading.Event()
        self._api = Api(self.account, APPID, SECRET)
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def base_url(self) -> str:
        """What WECHAT_API_BASE is to be; the phone pages are here, too."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The accepted messages, those of earlier runs on the same log included."""
        return list(self.account.messages)

    def start(self) -> "Simulator":
        """Serve from a thread of its own."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Let hanging calls go, then close the port."""
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> "Simulator":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def control(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """One order: {"do": "fault", "kind": …}, {"do": "mute", "openid": …, "template_id": …} and so on."""
        orders = {key: value for key, value in asked.items() if key != "do"}
        account = self.account
        done: dict[str, Callable[[], object]] = {
            "fault": lambda: self.faults.order(**orders),
            "clear_faults": self.faults.clear,
            "expire_tokens": account.tokens.expire_all,
            "follow": lambda: account.followers.update({orders["openid"]: orders["name"]}),
            "unfollow": lambda: account.leave(orders["openid"]),
            "end": lambda: account.ends.update({orders["openid"]: orders["status"]}),
            "block": lambda: account.blocked.add(orders["openid"]),
            "mute": lambda: account.muted.add((orders["openid"], orders["template_id"])),
        }
        if asked.get("do") not in done:
            raise ValueError(f"没有这种指令：{asked.get('do')}；可用：{'、'.join(done)}")
        done[asked["do"]]()
        return {"done": asked["do"]}

    def reply(self, request: Request) -> Reply | None:
        """The reply to any request; None where the connection is to be dropped without one."""
        if request.path == "/__control":
            return self._controlled(request)
        if not request.path.startswith("/cgi-bin/"):
            return self._followed(request) if request.method == "POST" else self._page(request.path)
        self.calls.append(request.path)
        fault = self.faults.next_for(request.path)
        return self._faulty(request, fault) if fault else self._honest(request)

    def _honest(self, request: Request) -> Reply:
        answer = self._api.answer(request)
        return _json(answer) if answer is not None else (404, "text/plain", b"not found")

    def _faulty(self, request: Request, fault: Fault) -> Reply | None:
        if fault.kind == "errcode":
            return _json(error(fault.errcode, fault.errmsg))
        honest = self._honest(request) if fault.accept else _json({"errcode": 0, "errmsg": "ok"})
        if fault.kind == "hang":
            self.stopping.wait(HANG_LIMIT)
        return None if fault.kind in {"hang", "drop"} else spoilt(fault.kind, honest[2])

    def _controlled(self, request: Request) -> Reply:
        try:
            return _json(self.control(json.loads(request.body)))
        except (ValueError, KeyError, TypeError) as wrong:
            return 400, "text/plain; charset=utf-8", f"指令有误：{wrong}".encode()

    def _followed(self, request: Request) -> Reply:
        """关注 on the page of all phones: a new person, whose phone is shown next."""
        name = parse_qs(request.body.decode(errors="replace")).get("name", [""])[0].strip()[:LONGEST_NAME]
        if request.path != "/follow" or not name:
            return 400, "text/plain; charset=utf-8", "请填写名字，再按“关注”".encode()
        openid = new_openid()
        self.account.followers[openid] = name
        if self._book:
            write(self._book, self.account.followers)
        return HTTPStatus.SEE_OTHER, f"/phone/{quote(openid)}", b""

    def _page(self, path: str) -> Reply:
        if path == "/":
            return _html(people(self.account))
        openid = unquote(path.removeprefix("/phone/"))
        if path.startswith("/phone/") and openid in self.account.followers:
            return _html(inbox(self.account, openid))
        return 404, "text/plain; charset=utf-8", "没有这一页，请从首页进入".encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], simulator: Simulator) -> None:
        self.simulator = simulator
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    """Plumbing. Replies are buffered, so that head and body leave in one packet: in two, the delayed ACK
    of the other side holds a worker at 21 messages a second (facts/wechat.md section 7).
    """

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name is http.server's
        """Quiet: the log of messages is the record."""

    def _reply(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, address.path, dict(parse_qsl(address.query)), body)
        reply = self.server.simulator.reply(request)
        if reply is None:
            self.close_connection = True
            with suppress(OSError):  # the other side may have hung up first
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        status, said, content = reply
        self.send_response(status)
        self.send_header("Location" if status == HTTPStatus.SEE_OTHER else "Content-Type", said)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _log_file(place: Path) -> Path:
    return place if place.suffix and not place.is_dir() else place / LOG_NAME


def _json(answer: Mapping[str, Any]) -> Reply:
    return 200, "application/json; charset=utf-8", json.dumps(answer, ensure_ascii=False).encode()


def _html(page: str) -> Reply:
    return 200, "text/html; charset=utf-8", page.encode()
