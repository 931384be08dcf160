"""A mail server on loopback that keeps what it is given: one .eml file per accepted message.

    python -m demo.sink --smtp-port 1025 --http-port 8025 --folder var/outbox

runs it alone, with a page to read the mails. `faults` make it misbehave as real servers do.
"""

from demo.sink.faults import Faults
from demo.sink.server import Sink

__all__ = ["Faults", "Sink"]
