"""One run in a process of its own: `python -m tests.chaos.run TITLE RECIPIENTS` prints its line as JSON."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from config.clock import machine_now
from tests.chaos import arrivals, faults
from tests.chaos.faults import FAULTS, ONE_BY_ONE, Fault
from tests.chaos.stage import Stage

HEALED = 120.0
# What is still to come after all arrived would be a repetition: a lease, a rest and a beat.
AFTERMATH = 3.0


def run(fault: Fault, recipients: int) -> dict[str, Any]:
    """Sets the stage, acts the fault, waits until all is said, and judges by the sinks' files."""
    stage = Stage(Path(tempfile.mkdtemp(prefix="kuaixun-chaos-")), fault.database, recipients)
    try:
        if fault.name == "disk full":
            faults.small_disk(stage)
        stage.set_up()
        return _judged(fault, stage, *_acted(fault, stage))
    finally:
        if faults.full(stage):
            stage.crew.dismiss()
            subprocess.run(["umount", "-l", str(stage.folder / "database")], check=False)
        stage.tear_down()


def _acted(fault: Fault, stage: Stage) -> tuple[float, float]:
    """From the notices to the last message; from when to when it was healing."""
    from alerts import ledger
    from notices.models import Notice
    from tasks.composing import compose
    from tasks.reading import match_notices

    stage.crew.worker(*fault.deaths)
    stage.crew.beat()
    match_notices.delay()
    if not stage.wait_for(lambda: _asked(lambda: not Notice.objects.filter(matched_at=None).exists())):
        raise RuntimeError(f"the notices were never matched\n{stage.crew.said()}")
    if not fault.before_morning:
        stage.morning()
        compose.delay()
    over = fault.act(stage)
    stage.wait_for(lambda: stage.arrived() >= stage.messages and _asked(lambda: not ledger.open_deliveries()))
    settled = machine_now()
    time.sleep(AFTERMATH)
    return over, settled


def _asked(question: Any) -> bool:
    """Asked of a database that may be down: then the answer is no."""
    from django.db import DatabaseError, InterfaceError, connection

    try:
        return bool(question())
    except (DatabaseError, InterfaceError):
        return False
    finally:
        connection.close()


def _judged(fault: Fault, stage: Stage, over: float, settled: float) -> dict[str, Any]:
    """Healed is who has both said all and knows it: the last arrival, or the last settling if later."""
    found = arrivals.verdict(stage.expected, stage.titles, stage.sink.folder, stage.folder / "wechat.jsonl")
    healed = max(0.0, max([settled, *found.times]) - over)
    wrong = list(found.wrong)
    if found.repeated > fault.may_repeat:
        wrong.append(f"重发了 {found.repeated} 封，至多 {fault.may_repeat}")
    if healed >= HEALED:
        wrong.append(f"{healed:.1f} 秒才恢复")
    if found.lost:
        wrong.append(f"丢了 {found.lost} 封\n{stage.crew.said()}")
    return {
        "fault": fault.title, "expected": found.expected, "sent": found.sent,
        "lost": found.lost, "repeated": found.repeated, "may_repeat": fault.may_repeat,
        "healed_s": round(healed, 1), "beyond_pace_s": round(found.beyond_pace(over, settled), 1),
        "wrong": wrong,
    }  # fmt: skip


if __name__ == "__main__":
    asked = next(fault for fault in (*FAULTS, *ONE_BY_ONE) if fault.title == sys.argv[1])
    print(json.dumps(run(asked, int(sys.argv[2])), ensure_ascii=False))
