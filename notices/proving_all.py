"""What `manage.py probe --all` does and says: two rounds over the shipped sources, then what failed."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from tqdm import tqdm

from notices.intake.proving_rounds import begin_again, prove, waiting
from notices.intake.shipped import TABLE, read_table, ship
from notices.models import Found, Proving

MARKS = {Found.ONCE: "·", Found.PROVEN: "✓", Found.FAILED: "✗"}


def prepare(path: Path | None, *, again: bool, failed: bool) -> int:
    """Bring in what is not there yet, and set back what is to be tried anew; how many rows are new."""
    made = ship(read_table(path or TABLE))
    if again or failed:
        begin_again(failed_only=not again)
    return made


def prove_all(now: Callable[[], datetime], bar: TextIO, *, apart: float, switch_on: bool) -> None:
    """Two looks at each, `apart` seconds between the rounds. Run again after a stop, it goes on."""
    if _round("第一遍", waiting(Found.UNTRIED), now(), bar, switch_on=switch_on):
        time.sleep(apart if waiting(Found.ONCE) else 0)
    _round("第二遍", waiting(Found.ONCE), now(), bar, switch_on=switch_on)


def report(out: TextIO) -> bool:
    """Print what failed and why, then the count; whether any passed."""
    rows = list(Proving.objects.select_related("source"))
    for row in rows:
        if row.found == Found.FAILED:
            out.write(f"✗ {row.source.slug}  {row.source.name}  {row.source.url}\n    {row.why}\n")
            if row.note:
                out.write(f"    已知情况：{row.note}\n")
    passed = [row for row in rows if row.found == Found.PROVEN]
    on = sum(row.source.enabled for row in passed)
    failed = sum(row.found == Found.FAILED for row in rows)
    left = len(rows) - len(passed) - failed
    count = f"{len(passed)} 个通过（{on} 个已启用），{failed} 个未通过，{left} 个还没试完"
    out.write(f"自带来源 {len(rows)} 个：{count}\n")
    return bool(passed)


def _round(
    name: str, rows: Sequence[Proving], now: datetime, out: TextIO, *, switch_on: bool
) -> Sequence[Proving]:
    with tqdm(total=len(rows), desc=name, unit="个", file=out, ascii=" ▏▎▍▌▋▊▉█", disable=not rows) as bar:
        for row in prove(rows, now, switch_on=switch_on):
            bar.set_postfix_str(f"{MARKS[Found(row.found)]} {row.source.name}", refresh=False)
            bar.update()
    return rows
