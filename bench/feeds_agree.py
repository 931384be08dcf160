"""The strict path for feeds against feedparser: the same lines, on its test corpus and on our feeds.

The corpus is in feedparser's source package, fetched from PyPI; without a network that part says so and the
rest is judged.
"""

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bench import feed_world
from bench.figures import Figure, at_least, median_seconds, no_less, told
from notices.intake.decoding import decode
from notices.intake.families.feed import DECLARATION, judge, refusal
from notices.intake.families.strict_feed import read_strictly

RUNS = 5
SAMPLE = 60  # of the bench's feeds


def run() -> list[Figure]:
    """How many feeds the strict path takes, the share of them read alike, and what it saves."""
    ours = [feed_world.feed(number) for number in range(SAMPLE)]
    figures = _agreement("bench feeds", ours)
    with tempfile.TemporaryDirectory() as folder:
        corpus = list(_corpus(Path(folder)))
    if corpus:
        figures += _agreement(f"corpus of feedparser {version('feedparser')}", corpus)
    else:
        print("   feedparser 的源码包取不到（没有网络？），这一次没有对照它的测试集", flush=True)
    return [*figures, _saving(ours)]


def _agreement(name: str, feeds: list[str]) -> list[Figure]:
    taken = [text for text in feeds if read_strictly(text)]
    alike = [text for text in taken if read_strictly(text) == judge(text)[0]]
    return [
        no_less(1, f"{name}: share read alike", len(alike) / len(taken), "", "all", 1.0),
        told(f"{name}: taken by the strict path", len(taken), f"of {len(feeds)}"),
    ]


def _saving(feeds: list[str]) -> Figure:
    strict = median_seconds(RUNS, lambda: [read_strictly(text) for text in feeds])
    slow = median_seconds(1, lambda: [judge(text) for text in feeds])
    each = 1000 / len(feeds)
    return at_least(
        10, "a feed of 40 KB", strict * each, "ms", f"feedparser {version('feedparser')}", slow * each
    )


def _corpus(folder: Path) -> Iterator[str]:
    """The texts of the corpus that we would read at all."""
    package = _source_package(folder)
    if package is None:
        return
    with tarfile.open(package) as files:
        files.extractall(folder, filter="data")
    for file in sorted(folder.glob("feedparser-*/tests/**/*.xml")):
        text = decode(file.read_bytes())
        if refusal(text) is None:
            yield DECLARATION.sub("", text)


def _source_package(folder: Path) -> Path | None:
    """Feedparser's source package of the installed version, or None where it could not be had."""
    pip = Path(__file__).parent.parent / ".uv" / "bin" / "pip"
    command = [str(pip)] if pip.exists() else [sys.executable, "-m", "pip"]
    wanted = f"feedparser=={version('feedparser')}"
    done = subprocess.run(
        [*command, "download", "-q", "--no-binary", ":all:", "--no-deps", wanted, "-d", str(folder)],
        check=False,
        capture_output=True,
    )
    return next(folder.glob("*.tar.gz"), None) if done.returncode == 0 else None
