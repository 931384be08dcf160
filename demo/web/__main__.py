"""The small web alone, for looking at: `python -m demo.web --now 2019-10-25T16:00+08:00 --http-port 8081`."""

import argparse
import signal
import tempfile
from datetime import datetime
from pathlib import Path

from demo.web.server import OPENING, GovernmentWeb

HOW = """政府网站小样已在本机打开，日历停在 {now:%Y-%m-%d %H:%M}，按 Ctrl-C 结束。
用浏览器看：
  chromium --user-data-dir={folder} --ignore-certificate-errors \\
    --host-resolver-rules="MAP *:80 127.0.0.1:{http},MAP *:443 127.0.0.1:{https}"
用 curl 看：
  curl --connect-to ::127.0.0.1:{http} {url}
站点：
{sites}"""


def main() -> None:
    """Serves until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m demo.web", description="在本机打开九个政府网站的小样")
    parser.add_argument("--now", type=_moment, default=OPENING, help="日历停在何时，须带时区")
    parser.add_argument("--http-port", type=int, default=0)
    parser.add_argument("--https-port", type=int, default=0)
    args = parser.parse_args()
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    with (
        tempfile.TemporaryDirectory() as folder,
        GovernmentWeb(Path(folder), args.now, args.http_port, args.https_port) as web,
    ):
        print(_how(web, folder), flush=True)
        signal.sigwait(ends)


def _moment(given: str) -> datetime:
    moment = datetime.fromisoformat(given)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("须带时区，如 2019-10-25T16:00+08:00")
    return moment


def _how(web: GovernmentWeb, folder: str) -> str:
    sites = "\n".join(f"  {site.name} {site.column}  {site.url}" for site in web.sites)
    plain = next(site.url for site in web.sites if site.scheme == "http")
    ports = {"http": web.http_port, "https": web.https_port}
    return HOW.format(now=web.now, folder=folder, url=plain, sites=sites, **ports)


if __name__ == "__main__":
    main()
