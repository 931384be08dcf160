"""A page to read the kept mails, newest first; a mail's HTML is shown in a sandbox."""

from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.clock import SHANGHAI
from demo.sink.server import HOST, read_mail

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True, undefined=StrictUndefined
)
# A mail may not load, run or send anything here; it may only be looked at.
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"


def reading_room(folder: Path, port: int) -> ThreadingHTTPServer:
    """A web server on loopback, not serving yet; `port` 0 is any free one."""
    return ThreadingHTTPServer((HOST, port), partial(_Reader, folder))


class _Reader(BaseHTTPRequestHandler):
    def __init__(self, folder: Path, *args: object) -> None:
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type]  # handed on as http.server gives them

    def do_GET(self) -> None:
        kind, _, name = self.path.strip("/").partition("/")
        show = self._views().get(kind)
        # Looked up in the folder's own listing: no path from outside is ever joined.
        kept = {path.name: path for path in self.folder.glob("*.eml")}
        if kind == "":
            self._answer(_list_page(sorted(kept.values(), reverse=True)))
        elif show and name in kept:
            show(kept[name])
        else:
            self._answer(_PAGES.get_template("missing.html").render(), HTTPStatus.NOT_FOUND)

    def _views(self) -> dict[str, Callable[[Path], None]]:
        return {
            "mail": lambda path: self._answer(_mail_page(path)),
            "html": lambda path: self._answer(body(read_mail(path), "html"), policy=_MAIL_POLICY),
        }

    def _answer(self, page: str, status: HTTPStatus = HTTPStatus.OK, policy: str = "") -> None:
        content = page.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Says nothing: a line per look at a mail is noise at a terminal."""


def body(mail: EmailMessage, subtype: str) -> str:
    """A mail's `html` or `plain` part; empty where it has none."""
    part = mail.get_body(preferencelist=(subtype,))
    return str(part.get_content()) if part is not None else ""


def _list_page(paths: list[Path]) -> str:
    mails = [(path.name, read_mail(path)) for path in paths]
    rows = [{"name": name, **_headers(mail)} for name, mail in mails]
    return _PAGES.get_template("list.html").render(rows=rows)


def _mail_page(path: Path) -> str:
    mail = read_mail(path)
    headers = [(name, str(value)) for name, value in mail.items()]
    return _PAGES.get_template("mail.html").render(
        name=path.name, **_headers(mail), headers=headers, text=body(mail, "plain")
    )


def _headers(mail: EmailMessage) -> dict[str, str]:
    sent = getattr(mail["Date"], "datetime", None)
    return {
        "subject": str(mail.get("Subject", "")),
        "to": str(mail.get("To", "")),
        "date": f"{sent.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if sent else "",
    }
