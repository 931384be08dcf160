"""The same updates by key through pgbench: what PostgreSQL and this machine can do at all."""

import re
import subprocess
from pathlib import Path

BATCH = 64

_SPAN = """
\\set least :first + :client_id * :each + :n
\\set last least(:least + {batch}, :first + (:client_id + 1) * :each) - 1
"""
_CLAIM = """
UPDATE alerts_outgoing SET state = 'claimed', lease_owner = :client_id, lease_until = 61,
    attempts = attempts + 1
WHERE delivery_id BETWEEN :least AND :last AND state = 'queued';
"""
_SENT = """
WITH gone AS (
    DELETE FROM alerts_outgoing WHERE delivery_id BETWEEN :least AND :last AND state = 'claimed'
    AND lease_owner = CAST(:client_id AS text) RETURNING delivery_id
)
UPDATE alerts_delivery SET state = 'sent', settled_at = '2026-11-23 09:00:00', provider_id = '4bX1',
    outcome = '250 2.0.0 OK queued as 4bX1' FROM gone WHERE id = gone.delivery_id;
"""


def script(way: str) -> str:
    """One transaction of a client: a delivery is settled, or a batch is claimed and settled."""
    batch = _SPAN.format(batch=BATCH)
    if way == "many":
        return f"{batch}{_CLAIM}{_SENT}\\set n :n + {BATCH}\n"
    due = f"\\set at :n % {BATCH}\n\\if :at = 0\n{batch}{_CLAIM}\\endif\n"
    return f"{due}{_SPAN.format(batch=1)}{_SENT}\\set n :n + 1\n"


def rate(url: str, way: str, folder: str, first: int, queued: int, clients: int) -> float:
    """Deliveries a second of so many clients, each with an equal share of what is queued from `first` on."""
    path = Path(folder) / f"{way}.pgbench"
    path.write_text(script(way), encoding="utf-8")
    each = queued // clients
    transactions = each if way == "one" else -(-each // BATCH)
    variables = [f"--define={name}={value}" for name, value in {"first": first, "each": each, "n": 0}.items()]
    command = [
        "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", str(clients), "-t", str(transactions),
        "-f", str(path), *variables, url,
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (found,) = re.findall(r"tps = ([0-9.]+) \(without initial", said)
    return float(found) * queued / (transactions * clients)
