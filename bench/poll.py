"""Polling 500 sites: our poll beside reader, rss2email and curl in one run (facts/feeds.md D, E).

reader and rss2email get the easier job: all feeds from one address over kept connections, no pace per host.
They ask for no robots.txt, so our polls beside theirs know them already. curl only fetches.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench import poll_ours, poll_peers
from bench.feed_world import ITEMS, SITES, World, serving
from bench.figures import Figure, at_least, at_most, median_seconds, told

RUNS = 3
CONNECTIONS = 64  # Manners.connections, and curl's --parallel-max
MEMORY_MB, BOMB_MB = 60.0, 16.0
Medians = dict[str, float]


def run() -> list[Figure]:
    """All figures; RuntimeError when a poll did not do its work."""
    with tempfile.TemporaryDirectory(prefix="kuaixun-bench-") as folder, serving(Path(folder)) as world:
        sweep = _reader(world)
        feeds, bare, lists, reread, slow = _ours_in_turn(
            world,
            ("feeds", world.port),
            ("feeds", world.bare_port),
            ("lists", world.port),
            ("lists_reread", world.port),
            ("feeds", world.slow_port),
        )
        bomb = max(_our_process("bomb", world, world.port, items=0)["added_mb"] for _ in range(RUNS))
        curl = median_seconds(RUNS, lambda: poll_peers.curl(world.slow_port, CONNECTIONS, world.folder))
        reader = f"reader {version('reader')}"
        return [
            at_least(10, "cold poll, 15,000 items stored", feeds["cold"], "s", reader, sweep.cold),
            at_least(8, "nothing new, all 304", feeds["again"], "s", reader, sweep.again),
            at_most(3, "nothing new, 200 without validators", bare["again"], "s", "all 304", feeds["again"]),
            *_lists(lists, reread, feeds, reader, sweep),
            at_most(
                1.4, "cold poll at 200 ms", slow["cold"], "s", f"curl {poll_peers.curl_version()} -Z", curl
            ),
            at_most(1, "memory of the cold poll", feeds["added_mb"], "MB", "limit", MEMORY_MB),
            at_most(1, "memory of a gzip bomb", bomb, "MB", "limit", BOMB_MB),
            _beside("cold poll, processor time", feeds["cold_busy"], reader, sweep.cold_busy),
            _beside("all 304, processor time", feeds["again_busy"], reader, sweep.again_busy),
            _beside(
                "200 without validators, processor time", bare["again_busy"], "all 304", feeds["again_busy"]
            ),
            told("first poll, with every robots.txt", feeds["first"], "s"),
            told("all 304 at 200 ms", slow["again"], "s"),
            *_bystanders(world),
        ]


def _lists(
    lists: Medians, reread: Medians, feeds: Medians, reader: str, sweep: poll_peers.Updates
) -> list[Figure]:
    """Of 500 HTML lists beside 500 feeds (docs/decisions/0014-known-by-links.md).

    As they are polled day by day: read whole, since their links changed too, compared, and not a line new; or
    known by their links. And as if all were just added, when their 15,000 lines are kept as a feed's are.
    """
    return [
        at_most(
            0.5,
            "HTML lists, parsed, compared, nothing new",
            reread["again"],
            "s",
            "cold feeds",
            feeds["cold"],
        ),
        at_most(0.5, "HTML lists, made anew, same links", lists["again"], "s", "cold feeds", feeds["cold"]),
        at_most(0.5, "HTML lists, cold", lists["cold"], "s", f"cold feeds of {reader}", sweep.cold),
        at_most(1, "HTML lists, cold, beside our own", lists["cold"], "s", "cold feeds", feeds["cold"]),
        _beside(
            "HTML lists, parsed and compared, processor time",
            reread["again_busy"],
            "cold feeds",
            feeds["cold_busy"],
        ),
        _beside("HTML lists, cold, processor time", lists["cold_busy"], "cold feeds", feeds["cold_busy"]),
    ]


def _ours_in_turn(world: World, *scenarios: tuple[str, int]) -> list[Medians]:
    """The medians of several processes of each, each with a database of its own.

    In turn, so that what else the machine does meets all of them alike.
    """
    rounds = [[_our_process(name, world, port) for name, port in scenarios] for _ in range(RUNS)]
    return [_medians(runs) for runs in zip(*rounds, strict=True)]


def _medians(runs: Sequence[poll_ours.Polls]) -> Medians:
    return {
        "first": median(run["first"] for run in runs),
        "cold": median(run["cold"] for run in runs),
        "again": median(seconds for run in runs for seconds in run["again"]),
        "added_mb": max(run["added_mb"] for run in runs),
        "cold_busy": median(run["busy"][1] for run in runs),
        "again_busy": median(seconds for run in runs for seconds in run["busy"][2:]),
    }


def _our_process(scenario: str, world: World, port: int, items: int = SITES * ITEMS) -> poll_ours.Polls:
    with tempfile.TemporaryDirectory(dir=world.folder) as var:
        command = [sys.executable, "-m", "bench.poll_ours", scenario, str(world.www), str(port)]
        environment = {**os.environ, "KUAIXUN_VAR": var}
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    polls: poll_ours.Polls = json.loads(done.stdout)
    if polls["items"] != items:
        raise RuntimeError(f"{scenario}: {polls['items']} items kept, {items} expected")
    return polls


def _reader(world: World) -> poll_peers.Updates:
    """The medians of reader's first and second update, each at the number of workers that suits it best.

    Its processor time is the least of all runs.
    """
    sweep = {workers: poll_peers.reader(world.port, workers) for workers in poll_peers.WORKERS}
    for workers, run in sweep.items():
        print(f"   reader, {workers} workers: cold {run.cold:.2f} s, again {run.again:.2f} s", flush=True)
    best_cold = min(sweep, key=lambda workers: sweep[workers].cold)
    best_again = min(sweep, key=lambda workers: sweep[workers].again)
    more = {w: [poll_peers.reader(world.port, w) for _ in range(RUNS - 1)] for w in {best_cold, best_again}}
    every = [*sweep.values(), *(run for runs in more.values() for run in runs)]
    return poll_peers.Updates(
        cold=median([sweep[best_cold].cold, *(run.cold for run in more[best_cold])]),
        again=median([sweep[best_again].again, *(run.again for run in more[best_again])]),
        cold_busy=min(run.cold_busy for run in every),
        again_busy=min(run.again_busy for run in every),
    )


def _beside(figure: str, value: float, peer: str, peer_value: float) -> Figure:
    """Processor time, for a machine that is not ours alone; the goals are about the clock."""
    ratio = round(peer_value / value, 3)
    return Figure(figure, round(value, 4), "s", peer, round(peer_value, 4), ratio)


def _bystanders(world: World) -> list[Figure]:
    """Peers without a goal, to see the scale."""
    cold, again = poll_peers.rss2email(world.port, world.folder)
    bare_curl = median_seconds(RUNS, lambda: poll_peers.curl(world.port, CONNECTIONS, world.folder))
    name = f"rss2email {version('rss2email')}"
    return [
        told(f"{name}, cold", cold, "s"),
        told(f"{name}, again", again, "s"),
        told(f"curl {poll_peers.curl_version()} -Z, cold, thrown away", bare_curl, "s"),
    ]
