"""Fires the clocks: a warning before each deadline, the consequence at it, exactly once, after any downtime too."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

import structlog

from gateway.clock import Clock
from gateway.lifecycle.machine import Move, Occurrence
from gateway.lifecycle.vocabulary import Cause, Event
from gateway.metrics import Metrics
from gateway.notices.content import cancelled, clec_not_ready, due_date_missed, no_facilities
from gateway.notices.notice import NoticeContent
from gateway.record.port import Changes, Needs, OnRecord, Record, RecordUnavailable
from gateway.record.rows import ClockState, Family, OpenClock, Order
from gateway.services.clock_looks import JUST_AFTER, told_of
from gateway.services.desk import Desk
from gateway.services.matter_entry import MatterEntry
from gateway.services.order_entry import OrderEntry
from gateway.services.process_entry import Happening, ProcessEntry
from validators.agreement.clock_terms import ClockTerm, Meaning

Fired = Literal["warning", "breach", "lapse"]

_LOOK_EVERY = timedelta(milliseconds=500)
_AT_ONCE = 100
_PUT_OFF = timedelta(minutes=10)
"""When a clock that could not fire is tried again, so that it holds up none of the others."""

log = structlog.get_logger("gateway.clock_keeper")


@dataclass(frozen=True, slots=True)
class FireClock:
    """Fires one clock if it still has something to fire; the record sees to it that this happens once."""

    desk: Desk
    clock_id: str
    order_id: str
    now: datetime

    @property
    def needs(self) -> Needs:
        """The clock and its order."""
        return Needs(order_ids=frozenset({self.order_id}), clock_ids=frozenset({self.clock_id}))

    def decide(self, on_record: OnRecord) -> tuple[Fired | None, Changes]:
        """Give what fired (None: another was faster, or the clock was stopped) and what is to be written."""
        clock = on_record.clock(self.clock_id)
        order = on_record.order(self.order_id)
        if clock is None or order is None or clock.state is ClockState.STOPPED:
            return None, Changes()
        if clock.next_at is None or clock.next_at > self.now:
            return None, Changes()
        entry = entry_for(self.desk, order, on_record, self.now)
        term = self.desk.agreement_of(order).clocks[clock.clock]
        if self.now > clock.due_at and term.meaning is not Meaning.DUTY:
            entry.lapse(clock)
            if term.on_breach.event is not None:
                _let_happen(entry, term.on_breach.event, term)
            return "lapse", entry.changes()
        if self.now > clock.due_at:
            self._breach(entry, clock, term)
            return "breach", entry.changes()
        self._warn(entry, clock, term)
        return "warning", entry.changes()

    def _warn(self, entry: OrderEntry, clock: OpenClock, term: ClockTerm) -> None:
        warnings = (clock.due_at - timedelta(minutes=w.minutes, hours=w.hours, days=w.days) for w in term.warn_before)
        later = min((warn for warn in warnings if warn > self.now), default=clock.due_at + JUST_AFTER)
        entry.fire(clock, breached=False, next_at=later)
        entry.note("clock.warning", clock.section, told_of(clock))
        if term.at_last_warning is not None and later > clock.due_at:
            _let_happen(entry, term.at_last_warning, term)

    def _breach(self, entry: OrderEntry, clock: OpenClock, term: ClockTerm) -> None:
        entry.fire(clock, breached=True, next_at=None)
        entry.note("clock.breached", clock.section, told_of(clock))
        if term.on_breach.event is not None:
            _let_happen(entry, term.on_breach.event, term)
        elif term.on_breach.notice == "status":
            entry.tell_of_breach(clock, term)


def entry_for(desk: Desk, order: Order, on_record: OnRecord, now: datetime) -> OrderEntry:
    """Give what gathers the changes of an order, by where its life cycle stands."""
    clocks = on_record.open_clocks(order.id)
    if order.family is Family.COLLOCATION:
        return ProcessEntry(desk, order, clocks, now, places=on_record.places())
    if order.family is Family.MATTER:
        return MatterEntry(desk, order, clocks, now)
    return OrderEntry(desk, order, clocks, now)


def _let_happen(entry: OrderEntry, name: str, term: ClockTerm) -> None:
    """Let what the end of a clock brings happen, if the life cycle allows it then."""
    if isinstance(entry, ProcessEntry):
        entry.happen(Happening(name), data={"clock": term.id})
        return
    event = Event(name)
    cause = Cause.CLEC if event is Event.CLEC_NOT_READY else Cause.ILEC
    move = entry.take(Occurrence(event, cause=cause), {"clock": term.id}, section=term.section)
    if isinstance(move, Move) and move.step.notice is not None:
        entry.send(_CONTENT[event](entry.order, term))


def _missed(order: Order, term: ClockTerm) -> NoticeContent:
    if order.due_date is None:
        raise ValueError(f"order {order.id} missed a due date that it never had")
    return due_date_missed(order.due_date, term.section)


_CONTENT: Mapping[Event, Callable[[Order, ClockTerm], NoticeContent]] = {
    Event.DUE_DATE_MISSED: _missed,
    Event.PENDING_FACILITIES_EXPIRED: lambda _, term: no_facilities(term.on_breach.text, term.section),
    Event.CLEC_NOT_READY: lambda _, term: clec_not_ready(term.on_breach.text, term.section),
    Event.CANCEL_AFTER_30_DAYS: lambda _, term: cancelled(Cause.ILEC, term.on_breach.text, term.section),
}


@dataclass(frozen=True, slots=True)
class PutOff:
    """Has a clock that cannot fire, such as one whose term left the agreement file, looked at again later."""

    clock_id: str
    now: datetime

    @property
    def needs(self) -> Needs:
        """The clock."""
        return Needs(clock_ids=frozenset({self.clock_id}))

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Change when it is looked at, nothing else of it."""
        clock = on_record.clock(self.clock_id)
        if clock is None or clock.next_at is None or clock.next_at > self.now:
            return None, Changes()
        return None, Changes(clocks=[replace(clock, next_at=self.now + _PUT_OFF)])


class ClockKeeper:
    """Looks for due clocks twice a second, or whenever the clock is moved, and fires them."""

    def __init__(
        self,
        record: Record,
        desk: Desk,
        clock: Clock,
        metrics: Metrics,
        wake: Callable[[], None],
        also: Sequence[Callable[[], Awaitable[object]]] = (),
    ) -> None:
        """Take the parts; `also` is done with each look, such as letting go of holds that have run out."""
        self._also = also
        self._record = record
        self._desk = desk
        self._clock = clock
        self._metrics = metrics
        self._wake = wake

    async def run(self) -> None:
        """Fire clocks until cancelled; a database that is away is waited for."""
        while True:
            fired = 0
            try:
                fired = await self.fire_due()
                for duty in self._also:
                    await duty()
            except RecordUnavailable as error:
                log.warning("clocks wait for the record", error=str(error))
            except Exception:  # a keeper that ended would let every deadline pass unseen
                log.exception("clock keeper failed")
            if not fired:
                await self._clock.wait_until(self._clock.now() + _LOOK_EVERY)

    async def fire_due(self, partner_id: str | None = None) -> int:
        """Fire what is due now, at most a hundred at once, and give how many were looked at.

        With `partner_id` only that partner's, by its own time.
        """
        now = (self._clock if partner_id is None else self._clock.of(partner_id)).now()
        due = await self._record.due_clock_ids(now, _AT_ONCE, partner_id)
        await asyncio.gather(*(self._fire(clock_id, order_id, now) for clock_id, order_id in due))
        if due:
            self._wake()
        return len(due)

    async def _fire(self, clock_id: str, order_id: str, now: datetime) -> None:
        try:
            fired = await self._record.commit(FireClock(self._desk, clock_id, order_id, now))
        except RecordUnavailable:
            raise
        except Exception:  # one clock that cannot fire must not keep the others from firing
            log.exception("clock cannot fire, it is put off", clock=clock_id, order=order_id)
            self._metrics.clocks_fired.labels(fired="failed").inc()
            await self._record.commit(PutOff(clock_id, now))
            return
        if fired is not None:
            self._metrics.clocks_fired.labels(fired=fired).inc()
            log.info("clock fired", clock=clock_id, order=order_id, fired=fired)
