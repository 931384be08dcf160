"""What is on the wire: sockets, their time limits, and who may go next. One thread, no waiting for one site.

An event loop of our own, since asyncio's tasks, transports and futures cost four times what the work itself
does, and a poll of unchanged lists is nothing else (docs/decisions/0008-own-event-loop.md).
"""

import logging
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from select import POLLIN

from yarl import URL

from notices.intake.addresses import may_dial
from notices.intake.answers import Answer, Failed, Throttled
from notices.intake.dialing import Place, Resolver, known_place
from notices.intake.exchanges import Exchange, Line, is_silent
from notices.intake.inflating import Bomb, CutShort, TooBig
from notices.intake.manners import Manners
from notices.intake.pacing import Gate, Pace
from notices.intake.readiness import Readiness
from notices.intake.response import BadHttp, Response
from notices.intake.troubles import Why
from notices.intake.visits import Visit, failure

TICK = 0.05  # seconds after which time limits are looked at
KEPT = 100  # connections that wait for a further request
SOONEST = 1.0  # seconds that each of several addresses gets at least

logger = logging.getLogger(__name__)
Outcome = Answer | URL
Arrived = Callable[[Visit, Outcome], None]


@dataclass(slots=True, eq=False)
class Ride:
    """A visit inside its gate, and when it must have ended, be connected, be connected to this address."""

    visit: Visit
    arrived: Arrived
    gate: "Gate[Passenger]"
    exchange: Exchange
    begun: float
    connect_until: float
    attempt_until: float
    watched: int = -1
    dial: int = 0
    wants: int = 0


Passenger = tuple[Visit, Arrived]


class Traffic:
    """All visits that are under way or wait for their turn. Nothing moves but within `move_on`."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self.pace: Pace[Passenger] = Pace(manners.host_gap, manners.connections)
        self.sockets: Readiness[Ride | None] = Readiness()  # None: the resolver's bell
        self.resolver: Resolver[Ride] | None = None
        self.rides: set[Ride] = set()
        self.kept: dict[Line, socket.socket] = {}
        self.stood = 0.0
        self.looked = 0.0
        self.settled = 0  # visits that left, with or without an answer
        self.may_dial = lru_cache(maxsize=4096)(lambda address: may_dial(address, manners.allow_nets))

    def join(self, visit: Visit, arrived: Arrived) -> None:
        """Let the visit wait for its turn; `arrived` is called when it has an answer or is sent elsewhere."""
        self.pace.join(visit.house, (visit, arrived))

    def move_on(self, patience: float) -> None:
        """Do what can be done, and wait at most `patience` seconds until something can."""
        settled = self.settled
        self._set_off()
        for ride in self.sockets.ready(self._wait(patience) if self.settled == settled else 0):
            if ride is None:
                self._take_names()
            else:
                self._attempt(ride, ride.exchange.proceed)
        self._stop_overdue()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """The time that passes within counts against no visit's limit."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.stood += time.monotonic() - begun

    def end(self) -> None:
        """Close all connections."""
        for ride in self.rides:
            ride.exchange.hang_up()
        for kept in self.kept.values():
            kept.close()
        self.rides.clear()
        self.kept.clear()
        if self.resolver is not None:
            self.resolver.close()

    def _now(self) -> float:
        return time.monotonic() - self.stood

    def _wait(self, patience: float) -> float:
        """Until the next limit, turn or event."""
        turn = self.pace.next_turn()
        waits = [patience]
        if turn is not None:
            waits.append(turn - time.monotonic())
        if self.rides:
            waits.append(TICK)
        return max(0.0, min(waits))

    def _set_off(self) -> None:
        """Those whose turn it is."""
        while (turn := self.pace.next(time.monotonic())) is not None:
            gate, (visit, arrived) = turn
            closed_for = gate.closed_for(time.monotonic())
            if closed_for:
                self.pace.leave(gate, time.monotonic(), been_inside=False)
                self._settle(visit, arrived, Throttled(closed_for, 429))
            else:
                self._begin(gate, visit, arrived)

    def _begin(self, gate: Gate[Passenger], visit: Visit, arrived: Arrived) -> None:
        manners, now = self.manners, self._now()
        try:
            response = Response(manners.max_bytes, manners.max_ratio)
            exchange = Exchange(visit.line, visit.message(), response)
        except Exception as error:  # noqa: BLE001 - as in _attempt
            self.pace.leave(gate, time.monotonic(), been_inside=False)
            self._settle(visit, arrived, _meaning(error, visit, is_connected=False))
            return
        until = now + manners.connect
        ride = Ride(visit, arrived, gate, exchange, now, until, until)
        self.rides.add(ride)
        kept = self.kept.pop(exchange.line, None)
        if kept is not None and is_silent(kept):
            exchange.reuse(kept)
            self._watch(ride)
            return
        if kept is not None:
            kept.close()
        self._find(ride)

    def _find(self, ride: Ride) -> None:
        """Learn where the host is, and dial it."""
        line = ride.exchange.line
        place = known_place(line.host, line.port, self.manners.connect_to)
        if place is not None:
            self._dial(ride, [place])
            return
        if self.resolver is None:
            self.resolver = Resolver()
            self.sockets.watch(self.resolver.bell.fileno(), POLLIN, None)
        self.resolver.ask(ride, line.host, line.port)

    def _take_names(self) -> None:
        for ride, found in self.resolver.take() if self.resolver else ():
            if ride not in self.rides:
                continue  # it was too late
            if isinstance(found, Exception):
                self._broke(ride, found)
            else:
                self._dial(ride, found)

    def _dial(self, ride: Ride, places: Sequence[Place]) -> None:
        self._share_out(ride, len(places))
        self._attempt(ride, partial(ride.exchange.begin, places, self.may_dial))

    def _share_out(self, ride: Ride, places: int) -> None:
        """Of several addresses none may use up all the time there is for connecting; a single one may."""
        if places <= 1:
            ride.attempt_until = ride.connect_until
            return
        now = self._now()
        share = (ride.connect_until - now) / places
        ride.attempt_until = min(ride.connect_until, now + max(share, SOONEST))

    def _attempt(self, ride: Ride, action: Callable[[], None]) -> None:
        """Go on with the exchange, and see where it stands then."""
        try:
            action()
        except Exception as error:  # noqa: BLE001 - one site that breaks our code must not silence the others
            self._broke(ride, error)
        else:
            if ride.exchange.response.told:
                self._answered(ride)
            else:
                self._watch(ride)

    def _watch(self, ride: Ride) -> None:
        """Wait for what the exchange wants; its socket is another one after each dialling."""
        exchange = ride.exchange
        if ride.dial != exchange.dials or ride.watched < 0:
            self._unwatch(ride)
            ride.watched, ride.dial = exchange.fileno(), exchange.dials
        elif ride.wants == exchange.wants:
            return
        ride.wants = exchange.wants
        self.sockets.watch(ride.watched, ride.wants, ride)

    def _unwatch(self, ride: Ride) -> None:
        if ride.watched >= 0:
            self.sockets.forget(ride.watched)
            ride.watched = -1

    def _broke(self, ride: Ride, error: Exception) -> None:
        """A kept connection that the site has closed in the meantime is no failure: dial anew."""
        exchange, visit = ride.exchange, ride.visit
        if exchange.reuses and not exchange.response.begun and isinstance(error, OSError | BadHttp):
            self._unwatch(ride)
            exchange.hang_up()
            response = Response(self.manners.max_bytes, self.manners.max_ratio)
            ride.exchange = Exchange(exchange.line, visit.message(), response)
            ride.connect_until = self._now() + self.manners.connect
            self._find(ride)
            return
        self._leave(ride, _meaning(error, visit, is_connected=exchange.is_connected))

    def _answered(self, ride: Ride) -> None:
        visit = ride.visit
        try:
            outcome = visit.meaning(ride.exchange.response)
        except Exception as error:  # noqa: BLE001 - as in _attempt
            outcome = _meaning(error, visit, is_connected=True)
        self._leave(ride, outcome)

    def _leave(self, ride: Ride, outcome: Outcome) -> None:
        """The visit is over, one way or the other: the gate is free for the next."""
        self.rides.discard(ride)
        self._unwatch(ride)
        self._keep(ride.exchange)
        ride.visit.left -= self._now() - ride.begun
        now = time.monotonic()
        if isinstance(outcome, Throttled):
            ride.gate.close(outcome.after, now)
        self.pace.leave(ride.gate, now)
        self._settle(ride.visit, ride.arrived, outcome)

    def _settle(self, visit: Visit, arrived: Arrived, outcome: Outcome) -> None:
        self.settled += 1
        arrived(visit, outcome)

    def _keep(self, exchange: Exchange) -> None:
        """Keep the connection for the next request to the same host, if the site lets us."""
        if exchange.socket is None or not exchange.response.kept_alive:
            exchange.hang_up()
            return
        replaced = self.kept.pop(exchange.line, None)
        if replaced is not None:
            replaced.close()
        self.kept[exchange.line] = exchange.socket
        if len(self.kept) > KEPT:
            self._close_oldest(KEPT // 2)

    def _close_oldest(self, most: int) -> None:
        """Several at once: each hanging up on an idle server costs its waking, in a row only the first."""
        for line in [*islice(self.kept, most)]:
            self.kept.pop(line).close()

    def _stop_overdue(self) -> None:
        now = self._now()
        if now - self.looked < TICK:
            return
        self.looked = now
        for ride in [*self.rides]:
            if now - ride.begun >= ride.visit.left:
                self._leave(ride, Failed(Why.TIMEOUT))
            elif not ride.exchange.is_connected and now >= ride.attempt_until:
                self._try_next(ride)

    def _try_next(self, ride: Ride) -> None:
        """The address does not answer; the host may have another one."""
        exchange = ride.exchange
        if self._now() >= ride.connect_until or not exchange.places:
            self._leave(ride, Failed(Why.TIMEOUT))
            return
        self._share_out(ride, len(exchange.places))
        self._attempt(ride, exchange.dial_next)


def _meaning(error: Exception, visit: Visit, *, is_connected: bool) -> Failed:
    """What an error says of the site; one that breaks our code must not silence the others."""
    if isinstance(error, OSError | BadHttp | TooBig | Bomb | CutShort):
        return failure(error, is_connected=is_connected)
    if isinstance(error, ValueError):
        return Failed(Why.BAD_URL, str(error))
    logger.error("%s", visit.url, exc_info=error)
    return Failed(Why.OUR_FAULT, type(error).__name__)
