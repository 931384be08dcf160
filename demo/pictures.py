"""`python -m demo.pictures`: the pictures of the README, from what `make demo` left in var/demo.

Needs the development tools (`make test` installs them) and Chromium with a Chinese font.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from demo.sink.server import read_mail
from demo.wechat import Simulator

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
READER = "client1@consult.example"
PHONE = "oKx00000000000000000000sun02"


def main(folder: Path) -> None:
    """Takes both pictures; says what is missing where the demo has not run yet."""
    if not (folder / "report.json").exists():
        sys.exit(f"{folder} 里还没有演示的结果：请先运行 make demo")
    with _browser() as browser:
        _shoot(browser, _weekly(folder).as_uri(), "weekly-mail.png", width=700, height=1180)
        with Simulator(folder / "wechat.jsonl", followers={PHONE: "孙淮"}) as phones:
            _shoot(browser, f"{phones.base_url}/phone/{PHONE}", "phone.png", width=400, height=1180)


@contextmanager
def _browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or sys.exit("找不到 chromium：apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=program, args=options)


def _weekly(folder: Path) -> Path:
    """The first weekly mail of one reader, as a page."""
    mails = map(read_mail, sorted((folder / "outbox").glob("*.eml")))
    weekly = next(mail for mail in mails if READER in mail["To"] and "周报" in mail["Subject"])
    page = Path(tempfile.mkdtemp(prefix="kuaixun-")) / "weekly.html"
    body = weekly.get_body(("html",))
    page.write_text(body.get_content() if body else "", encoding="utf-8")
    return page


def _shoot(browser: Browser, address: str, name: str, *, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    page.screenshot(path=PICTURES / name)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/demo"))
