"""A real Chromium, headless, that sees this machine and nothing else."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.services.packages import NotHere, install

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FONT = "fonts-wqy-microhei"
NOT_FOUND = (
    f"The page tests need Chromium and a Chinese font: apt-get install chromium {FONT} (Debian, Ubuntu)."
)
QUIET = (
    "--no-sandbox",  # root cannot have one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def executable() -> str:
    """The browser's path, with a font to show 汉字. Raises NotHere when there is none to be had."""
    found = _found() or (install("chromium", FONT) and _found())
    if not found or not (_shows_chinese() or install(FONT)):
        raise NotHere(NOT_FOUND)
    return found


def _found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _shows_chinese() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    fonts = subprocess.run([lister, ":lang=zh-cn"], capture_output=True, check=False)
    return bool(fonts.stdout.strip())


@contextmanager
def page(width: int, height: int) -> Iterator["Page"]:
    """A blank page in a browser of its own.

    Playwright keeps an event loop running in this thread meanwhile, so nothing in the block may call
    `asyncio.run`.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(QUIET))
        try:
            yield browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        finally:
            browser.close()
