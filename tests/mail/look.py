"""Letters as people will see them: `python -m tests.mail.look FOLDER` writes each sample and its pictures."""

import os
import sys
from pathlib import Path

import django

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


def main(folder: Path) -> None:
    """Renders every sample letter into `folder`, then photographs it at each width, light and dark."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(name, folder) for name in _orders()]
    _photograph(written)


def _orders() -> list[str]:
    from tests.mail.samples import ORDERS

    return sorted(ORDERS)


def _write(name: str, folder: Path) -> Path:
    from alerts.letters import letter
    from alerts.rendering import render_mail
    from tests.mail.samples import ORDERS

    mail = render_mail(letter(ORDERS[name]))
    (folder / f"{name}.txt").write_text(f"{mail.subject}\n\n{mail.text}", encoding="utf-8")
    path = folder / f"{name}.html"
    path.write_text(mail.html, encoding="utf-8")
    print(f"{name:16} {len(mail.html.encode()):6} bytes html  {mail.subject}")
    return path


def _photograph(pages: list[Path]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in SCHEMES:
            for width in WIDTHS:
                page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
                for path in pages:
                    page.goto(path.absolute().as_uri())
                    page.screenshot(path=path.with_name(f"{path.stem}-{width}-{scheme}.png"), full_page=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
