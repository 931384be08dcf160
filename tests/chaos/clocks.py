"""Clocks that a harness can set for its workers while they run: two offsets in a file, in seconds.

The business clock stands on a replayed day, since nobody is told anything by night; the machine's clock is
this machine's until a fault moves it.
"""

import os
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.clock import machine_now

_OFFSETS = struct.Struct("dd")


class ShiftedClocks:
    """Read by every worker, set by the harness."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            path.write_bytes(_OFFSETS.pack(0.0, 0.0))
        self._file = os.open(path, os.O_RDWR)

    def business_now(self) -> datetime:
        """What the wall clock says on the replayed day."""
        return datetime.fromtimestamp(machine_now(), UTC) + timedelta(seconds=self._offsets()[0])

    def machine_now(self) -> float:
        """Seconds since the epoch, as the machine would have it."""
        return machine_now() + self._offsets()[1]

    def set_business(self, moment: datetime) -> None:
        """It is `moment` now on the replayed day."""
        self._write(moment.timestamp() - machine_now(), self._offsets()[1])

    def jump(self, seconds: float) -> None:
        """The machine's clock is moved, and with it the business clock, which is read from it."""
        business, machine = self._offsets()
        self._write(business + seconds, machine + seconds)

    def lapse(self, seconds: float) -> None:
        """So much time passes for leases and back-off alone."""
        business, machine = self._offsets()
        self._write(business, machine + seconds)

    def _offsets(self) -> tuple[float, float]:
        return _OFFSETS.unpack(os.pread(self._file, _OFFSETS.size, 0))

    def _write(self, business: float, machine: float) -> None:
        os.pwrite(self._file, _OFFSETS.pack(business, machine), 0)
