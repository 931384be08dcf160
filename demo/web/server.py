"""The small web's sockets: a plain port and a TLS port on loopback, any of the sites by its Host header."""

import socket
import ssl
import struct
import sys
import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

from config.clock import SHANGHAI
from demo.web.answers import Answer, answer
from demo.web.certificates import write_certificates
from demo.web.faults import SILENT, Fault, faulty_answer
from demo.web.sites import Site, load_sites
from demo.web.visits import Request, Visit

LOOPBACK = "127.0.0.1"
OPENING = datetime(2019, 10, 20, 8, 0, tzinfo=SHANGHAI)
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
IDLE_SECONDS = 30
STOP_WITHIN = 0.02


class GovernmentWeb:
    """Nine government sites on two ports of 127.0.0.1.

    `now` is its calendar: a page that has not gone up by then answers 404. `faults[host]` makes a host
    unwell. `requests` lists (host, path with query, status) as they were answered; a silent fault counts as
    status 0. Ports are known after `start`; `with GovernmentWeb(folder) as web:` starts and stops it.
    """

    def __init__(
        self, folder: Path, now: datetime = OPENING, http_port: int = 0, https_port: int = 0
    ) -> None:
        """`folder` takes the certificates; a port of 0 means any free one."""
        self.sites = load_sites()
        self.by_host: dict[str, Site] = {host: site for site in self.sites for host in site.hosts}
        self.faults: dict[str, Fault] = {}
        self.requests: list[tuple[str, str, int]] = []
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._tls = write_certificates(folder, self.by_host)
        self._wanted_ports = (http_port, https_port)
        self._servers: list[_Server] = []
        self.now = now

    @property
    def now(self) -> datetime:
        """The moment on its calendar, aware."""
        with self._lock:
            return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError(f"the web's calendar needs a time zone: {moment}")
        with self._lock:
            self._now = moment

    @property
    def http_port(self) -> int:
        """The plain port."""
        return self._servers[0].server_port

    @property
    def https_port(self) -> int:
        """The TLS port."""
        return self._servers[1].server_port

    @property
    def ca_file(self) -> Path:
        """PEM of the authority that its certificate is signed by."""
        return self._tls.ca_file

    @property
    def connect_to(self) -> list[str]:
        """What the setting INTAKE_CONNECT_TO should be for a poller to find these sites."""
        return [f"80={LOOPBACK}:{self.http_port}", f"443={LOOPBACK}:{self.https_port}"]

    def start(self) -> "GovernmentWeb":
        """Opens both ports and answers from threads of its own."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._tls.site_file)
        http_port, https_port = self._wanted_ports
        self._servers = [_Server(self, http_port, None), _Server(self, https_port, context)]
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(STOP_WITHIN,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Shuts both ports and every open connection, and waits for their threads."""
        self.stopping.set()
        for server in self._servers:
            server.shutdown()
            server.close_connections()
            server.server_close()

    def __enter__(self) -> "GovernmentWeb":
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def respond(self, request: Request) -> Answer | None:
        """The answer to that request now, or None where the host keeps silent."""
        site, fault, now = self.by_host.get(request.host), self.faults.get(request.host), self.now
        if site is None:
            return Answer(404, "text/plain; charset=utf-8", self._directory().encode())
        visit = Visit(site, request, site.visible(now), now)
        if fault is None:
            return answer(visit)
        return None if fault in SILENT else faulty_answer(fault, visit)

    def record(self, request: Request, status: int) -> None:
        """Adds a line to `requests`."""
        with self._lock:
            self.requests.append((request.host, request.target, status))

    def _directory(self) -> str:
        rows = "".join(f"{site.name} {site.column}  {site.url}\n" for site in self.sites)
        return f"此处无此站点。{self.now:%Y-%m-%d %H:%M} 可看：\n{rows}"


class _Server(ThreadingHTTPServer):
    """One port. Knows its open connections, so that stopping does not wait for idle clients."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, web: GovernmentWeb, port: int, context: ssl.SSLContext | None) -> None:
        self.web = web
        self.context = context
        self.scheme = "http" if context is None else "https"
        self._open: set[socket.socket] = set()
        super().__init__((LOOPBACK, port), _Handler)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        """Accepts; the TLS handshake is left to the connection's own thread, so that none holds up others."""
        connection, address = super().get_request()
        if self.context is not None:
            connection = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: "socket.socket | tuple[bytes, socket.socket]") -> None:
        """Forgets the connection and closes it."""
        self._open.discard(cast(socket.socket, request))
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """Ends every open connection, so that its thread ends."""
        for connection in list(self._open):
            try:
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
            except OSError:  # it closed by itself meanwhile
                self._open.discard(connection)

    def handle_error(
        self, request: "socket.socket | tuple[bytes, socket.socket]", client_address: object
    ) -> None:
        """A client that hangs up or refuses the certificate is nothing to print; anything else is."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Reads a request, asks the web, writes the answer in one go."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""
    wbufsize = 1 << 16
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        """Answers, or plays a host that does not."""
        web, host = self.server.web, self.headers.get("Host", "").partition(":")[0].lower()
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.server.scheme, host, self.path, headers)
        said = web.respond(request)
        web.record(request, said.status if said else 0)
        if said is None:
            self._keep_silent(web, host)
        else:
            self._say(said, web.now)

    def do_HEAD(self) -> None:
        """As GET, without the bytes."""
        self.do_GET()

    def _say(self, said: Answer, now: datetime) -> None:
        self.send_response_only(said.status)
        self.send_header("Server", self.server_version)
        self.send_header("Date", format_datetime(now.astimezone(UTC), usegmt=True))
        if said.content_type:
            self.send_header("Content-Type", said.content_type)
        for name, value in said.headers:
            self.send_header(name, value)
        if said.status != 304:
            self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(said.body)

    def _keep_silent(self, web: GovernmentWeb, host: str) -> None:
        if web.faults.get(host) == "hang":
            web.stopping.wait()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self.close_connection = True

    def log_message(self, _format: str, *_args: object) -> None:
        """Nothing: `GovernmentWeb.requests` is the log."""
