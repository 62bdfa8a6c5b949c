"""Deadline arithmetic: when a clock of the agreement starts, when it is due, and why, in words."""

import calendar as months
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from validators.agreement.calendar import BusinessCalendar
from validators.agreement.clock_terms import Calendar, ClockTerm, Length, Trigger
from validators.agreement.product_terms import ProductTerms
from validators.agreement.terms import Agreement
from validators.agreement.words import counted, on, skipped, when

_DAY = timedelta(days=1)
Words = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock of one order.

    Attributes:
        term: the clock of the agreement.
        starts_at: the instant that the length is counted from, in UTC.
        due_at: the last instant that is in time, in UTC.
        warn_at: when the one who owes is warned, in order; only instants between start and end.
    """

    term: ClockTerm
    starts_at: datetime
    due_at: datetime
    warn_at: tuple[datetime, ...]
    words: Words = field(repr=False, compare=False)
    """Gives `arithmetic`; the sentence is made only when somebody reads it, since most deadlines are just kept."""

    @property
    def arithmetic(self) -> str:
        """How the end follows from the start, in words."""
        return self.words()


@dataclass(frozen=True, slots=True)
class _Count:
    """What one counting needs."""

    term: ClockTerm
    length: Length
    calendar: BusinessCalendar
    start: datetime
    zone: ZoneInfo
    """Zone of the deadline's time of day."""
    others: Mapping[str, datetime]
    """Instants that another end may be counted from."""

    @property
    def sign(self) -> int:
        return -1 if self.term.direction == "before" else 1


_NO_INSTANTS: Mapping[str, datetime] = MappingProxyType({})


def deadline(
    term: ClockTerm,
    trigger_instant: datetime,
    agreement: Agreement,
    product: ProductTerms | None = None,
    *,
    wire_center: str | None = None,
    others: Mapping[str, datetime] = _NO_INSTANTS,
) -> Deadline:
    """Count `term` from `trigger_instant` (aware).

    `others` are the instants that another end of the same clock is counted from. `product` is needed where the length
    is the product's own FOC time, `wire_center` (CLLI) where the deadline is a local time of day there. "End of day" is
    the last microsecond of the local day.

    Raises:
        ValueError: the instant is naive, or the length is the product's and the product has none.
    """
    if trigger_instant.tzinfo is None:
        raise ValueError(f"{trigger_instant.isoformat()} has no zone, so it names no instant")
    zone = _zone_of(term, agreement, wire_center)
    count = _Count(term, _length(term, product), agreement.calendar, trigger_instant, zone, others)
    due_at, words = _COUNTING[term.calendar](count)
    starts_at = trigger_instant.astimezone(UTC)
    return Deadline(term, starts_at, due_at, _warnings(term, starts_at, due_at), words)


def time_left(
    term: ClockTerm, agreement: Agreement, now: datetime, due_at: datetime, *, wire_center: str | None = None
) -> timedelta:
    """Give how much of a clock is left at `now`, in its own time: of one counted in days the whole days after today."""
    if term.calendar is Calendar.BUSINESS_HOURS:
        return agreement.calendar.business_time_between(now, due_at)
    if term.calendar is Calendar.ELAPSED:
        return due_at - now
    zone = _zone_of(term, agreement, wire_center)
    today, last = now.astimezone(zone).date(), due_at.astimezone(zone).date()
    if term.calendar is Calendar.DAYS:
        return last - today
    return _DAY * agreement.calendar.business_days_between(today, last)


def later_by(
    term: ClockTerm, agreement: Agreement, now: datetime, left: timedelta, *, wire_center: str | None = None
) -> datetime:
    """Give the end of a clock of which `left` remains at `now`; of one counted in days, today is day 0 of it."""
    if term.calendar is Calendar.BUSINESS_HOURS:
        return agreement.calendar.add_business_time(now, left)
    if term.calendar is Calendar.ELAPSED:
        return now.astimezone(UTC) + left
    zone = _zone_of(term, agreement, wire_center)
    today = now.astimezone(zone).date()
    by_days = term.calendar is Calendar.DAYS
    last = today + left if by_days else agreement.calendar.add_business_days(today, left.days)
    if term.deadline_time is None:
        return agreement.calendar.end_of(last, zone)
    return agreement.calendar.at(last, term.deadline_time, zone)


def _zone_of(term: ClockTerm, agreement: Agreement, wire_center: str | None) -> ZoneInfo:
    return agreement.zone if term.deadline_zone == "agreement" else agreement.wire_center_zone(wire_center)


def stops(term: ClockTerm, trigger: Trigger | str) -> bool:
    """Say whether `trigger` ends the clock `term`."""
    return term.stops(trigger)


def clocks_started(  # noqa: PLR0913 - the instants of an order that clocks count from, each by name
    agreement: Agreement,
    product_id: str | None,
    trigger: Trigger | str,
    *,
    received_at: datetime,
    application_at: datetime | None,
    event_at: datetime,
    due_date: date | None = None,
    original_due_date: date | None = None,
    appointment: time | None = None,
    conditions: Collection[str] = (),
    wire_center: str | None = None,
    instants: Mapping[str, datetime] = _NO_INSTANTS,
) -> tuple[Deadline, ...]:
    """Give the clocks that `trigger`, happening at `event_at`, starts on an order for `product_id`.

    A clock whose starting point is not known (no due date yet, no appointment) or whose conditions do not hold does not
    start, nor does one counted backward whose end has passed. A caller stops the clocks that a trigger ends before it
    starts new ones, so that a second FOC replaces the first due date.

    Raises:
        ValueError: an instant is naive.
    """
    known = frozenset(conditions)
    terms = [term for term in agreement.clocks_for(product_id, trigger) if term.applies(known)]
    if not terms:
        return ()
    product = agreement.product(product_id)
    starts: dict[str, datetime | None] = {
        **instants,
        "receipt": received_at,
        "received": event_at if trigger == Trigger.RECEIVED else instants.get("received"),
        "application": application_at,
        "event": event_at,
        "due-date": _start_of(agreement, due_date),
        "original-due-date": _start_of(agreement, original_due_date or due_date),
        "appointment": _appointment(agreement, due_date, appointment, wire_center),
    }
    known_starts = {name: instant for name, instant in starts.items() if instant is not None}
    clocks = (
        deadline(term, start, agreement, product, wire_center=wire_center, others=known_starts)
        for term in terms
        if (start := starts.get(term.start)) is not None
    )
    return tuple(clock for clock in clocks if clock.term.direction == "after" or event_at <= clock.due_at)


def _start_of(agreement: Agreement, day: date | None) -> datetime | None:
    return None if day is None else agreement.calendar.start_of(day)


def _appointment(
    agreement: Agreement, due_date: date | None, appointment: time | None, wire_center: str | None
) -> datetime | None:
    if due_date is None or appointment is None:
        return None
    return agreement.calendar.at(due_date, appointment, agreement.wire_center_zone(wire_center))


def _length(term: ClockTerm, product: ProductTerms | None) -> Length:
    if isinstance(term.length, Length):
        return term.length
    if product is None or product.foc is None or product.foc.length is None:
        raise ValueError(f"the clock {term.id} takes its hours from a product that has none")
    return product.foc.length


def _warnings(term: ClockTerm, starts_at: datetime, due_at: datetime) -> tuple[datetime, ...]:
    return tuple(due_at - lead for lead in term.leads if starts_at < due_at - lead)


def _elapsed(count: _Count) -> tuple[datetime, Words]:
    due_at = count.start.astimezone(UTC) + count.length.span * count.sign
    return due_at, lambda: f"{_opening(count)}, nights, weekends and holidays included; due {_local(count, due_at)}"


def _business_hours(count: _Count) -> tuple[datetime, Words]:
    calendar = count.calendar
    due_at = calendar.add_business_time(count.start, count.length.span * count.sign)

    def words() -> str:
        first, last = sorted((count.start, due_at))
        off = calendar.off_days(calendar.local_date(first), calendar.local_date(last))
        return f"{_opening(count)}, every hour of a business day{skipped(off)}; due {_local(count, due_at)}"

    return due_at, words


def _days(count: _Count) -> tuple[datetime, Words]:
    zero = count.start.astimezone(count.zone).date()
    steps = count.length.count * count.sign
    if count.length.unit == "months":
        last = months_later(zero, steps)
    else:
        last = zero + _DAY * steps * (7 if count.length.unit == "weeks" else 1)
    last, further = _other_end(count, last)

    def words() -> str:
        return f"{_opening(count)}, {on(zero)} being day 0, every day counted{further}"

    return _on_day(count, last, words)


def _other_end(count: _Count, last: date) -> tuple[date, str]:
    """Give the end that counts among those that the term names, and which it is, in words."""
    words = ""
    for others, later in ((count.term.or_later, True), (count.term.or_earlier, False)):
        for other in others:
            start = count.others.get(other.start)
            if start is None:
                continue
            end = start.astimezone(count.zone).date() + _DAY * other.days
            if (end > last) is later and end != last:
                side = "later" if later else "earlier"
                name = _START_WORDS.get(other.start, other.start.replace("-", " "))
                last, words = end, f"; {counted(other.days, 'days')} after {name}, {on(end)}, is {side} and counts"
    return last, words


def _business_days(count: _Count) -> tuple[datetime, Words]:
    calendar, received = count.calendar, count.calendar.local(count.start)
    zero, moved = received.date(), ""
    cutoff = count.term.cutoff
    if cutoff and (received.time() > cutoff or not calendar.is_business_day(zero)):
        zero = calendar.next_business_day(zero)
        moved = f" (after {cutoff:%H:%M} or on no business day, so the next business day)"
    last = calendar.add_business_days(zero, count.length.count * count.sign)

    def words() -> str:
        between = (zero + _DAY, last) if count.sign > 0 else (last, zero - _DAY)
        return f"{_opening(count)}, {on(zero)}{moved} being day 0{skipped(calendar.off_days(*between))}"

    return _on_day(count, last, words)


_COUNTING: dict[Calendar, Callable[[_Count], tuple[datetime, Words]]] = {
    Calendar.ELAPSED: _elapsed,
    Calendar.BUSINESS_HOURS: _business_hours,
    Calendar.DAYS: _days,
    Calendar.BUSINESS_DAYS: _business_days,
}

_START_WORDS = {
    "receipt": "receipt",
    "application": "the application time",
    "event": "the event",
    "due-date": "the due date",
    "original-due-date": "the original due date",
    "appointment": "the appointment",
}


def _on_day(count: _Count, last: date, words: Words) -> tuple[datetime, Words]:
    if count.term.deadline_time is None:
        return count.calendar.end_of(last, count.zone), lambda: f"{words()}; due by the end of {on(last)}"
    due_at = count.calendar.at(last, count.term.deadline_time, count.zone)
    return due_at, lambda: f"{words()}; due {when(due_at.astimezone(count.zone))}"


def _opening(count: _Count) -> str:
    side = "before" if count.term.direction == "before" else "after"
    start = _START_WORDS.get(count.term.start, count.term.start.replace("-", " "))
    return f"{counted(count.length.count, count.length.unit)} {side} {start}, {_local(count, count.start)}"


def _local(count: _Count, instant: datetime) -> str:
    return when(count.calendar.local(instant))


def months_later(day: date, count: int) -> date:
    """Give the day `count` months later (earlier, if negative), the last of the month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
