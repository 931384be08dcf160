"""The peers of our poll: reader, rss2email and curl on the same feeds. Each runs as its users run it."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from bench.feed_world import SITES, feed_url

WORKERS = (1, 4, 10, 20)


class Updates(NamedTuple):
    """Seconds of reader's first update of all feeds and of the next, by the clock and by its processor."""

    cold: float
    again: float
    cold_busy: float
    again_busy: float


def reader(port: int, workers: int) -> Updates:
    """Two updates in a process of its own."""
    command = [sys.executable, "-m", "bench.poll_peers", str(port), str(workers)]
    return Updates(*json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def rss2email(port: int, folder: Path) -> tuple[float, float]:
    """Seconds of `r2e run --no-send`, the first time and again."""
    feeds = "\n".join(f"[feed.f{number}]\nurl = {feed_url(number, port)}\n" for number in range(SITES))
    config, data = folder / "rss2email.cfg", folder / "rss2email.json"
    config.write_text(f"[DEFAULT]\nto = a@example.com\n\n{feeds}", encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("r2e")), "-c", str(config), "-d", str(data), "run", "--no-send",
    ]  # fmt: skip
    return _run(command), _run(command)


def curl(port: int, connections: int, folder: Path) -> float:
    """Seconds of `curl -Z` for all feeds under their own host names, bodies thrown away."""
    config = folder / "curl.txt"
    lines = "".join(f'url = "{feed_url(number)}"\noutput = "/dev/null"\n' for number in range(SITES))
    config.write_text(lines, encoding="utf-8")
    return _run([
        "curl", "-s", "-Z", "--parallel-max", str(connections), "--connect-to", f"::127.0.0.1:{port}",
        "-K", str(config),
    ])  # fmt: skip


def curl_version() -> str:
    """As curl says itself."""
    said = subprocess.run(["curl", "--version"], check=True, capture_output=True, text=True).stdout
    return said.split(" ")[1]


def _run(command: list[str]) -> float:
    begun = perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "NO_PROXY": "*"})
    return perf_counter() - begun


def _reader_here(port: int, workers: int) -> Updates:
    from reader import make_reader  # noqa: PLC0415 - only in its own process

    with tempfile.TemporaryDirectory() as folder:
        peer = make_reader(f"{folder}/reader.sqlite", feed_root=None)
        for number in range(SITES):
            peer.add_feed(feed_url(number, port))
        times, busy = [], []
        for _ in range(2):
            begun, begun_busy = perf_counter(), process_time()
            peer.update_feeds(scheduled=False, workers=workers)
            times.append(perf_counter() - begun)
            busy.append(process_time() - begun_busy)
        counts = peer.get_entry_counts()
        broken = peer.get_feed_counts(broken=True).total
    if broken or counts.total is None or not counts.total:
        raise SystemExit(f"reader: {broken} feeds broken, {counts.total} entries")
    return Updates(*times, *busy)


if __name__ == "__main__":
    print(json.dumps(_reader_here(int(sys.argv[1]), int(sys.argv[2]))))
