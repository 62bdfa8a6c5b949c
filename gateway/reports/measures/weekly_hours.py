"""Published hours of the week, and the real time that runs inside them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gateway.reports.measures.intervals import Interval, length, shared
from validators.agreement.calendar import BusinessCalendar

Span = tuple[timedelta, timedelta]
"""From and until, as wall-clock time since the day's midnight (00:00 to 24:00)."""


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Wall-clock hours by weekday (0 Monday to 6 Sunday) in the calendar's zone. A repeated hour counts both times."""

    calendar: BusinessCalendar
    hours: Mapping[int, tuple[Span, ...]]

    def on(self, day: date) -> tuple[Interval, ...]:
        """Give the hours of the local date `day` as spans of real time."""
        spans = self.hours.get(day.weekday(), ())
        midnight = datetime.combine(day, time(), UTC)
        return tuple(
            Interval(max(part.start, midnight + begin - offset), min(part.stop, midnight + end - offset))
            for part, offset in _parts(day, self.calendar)
            for begin, end in spans
            if max(part.start, midnight + begin - offset) < min(part.stop, midnight + end - offset)
        )

    def between(self, start: datetime, stop: datetime) -> tuple[Interval, ...]:
        """Give the hours inside `start` to `stop`, as spans of real time."""
        spans = [span for day in local_days(start, stop, self.calendar) for span in self.on(day)]
        return shared(spans, (Interval(start, stop),))


def running_time(start: datetime, stop: datetime, hours: WeeklyHours, counts: Callable[[date], bool]) -> timedelta:
    """Give the real time from `start` to `stop` inside the hours of the days that `counts`; 0 if `stop` is earlier."""
    span = (Interval(start, stop),)
    days = (day for day in local_days(start, stop, hours.calendar) if counts(day))
    return sum((length(shared(hours.on(day), span)) for day in days), timedelta())


def local_days(start: datetime, stop: datetime, calendar: BusinessCalendar) -> Iterator[date]:
    """Give each local date that `start` to `stop` touches."""
    day, last = calendar.local_date(start), calendar.local_date(stop)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _parts(day: date, calendar: BusinessCalendar) -> Iterator[tuple[Interval, timedelta]]:
    """Cut the local date into spans of one offset each: one, or two on a day the clocks change."""
    start, stop = calendar.start_of(day), calendar.start_of(day + timedelta(days=1))
    first, last = _offset(start, calendar), _offset(stop - timedelta(seconds=1), calendar)
    if first == last:
        yield Interval(start, stop), first
        return
    change = _change(start, stop, calendar)
    yield Interval(start, change), first
    yield Interval(change, stop), last


def _change(before: datetime, after: datetime, calendar: BusinessCalendar) -> datetime:
    """Find the first minute with the offset that holds just before `after`."""
    offset = _offset(after - timedelta(seconds=1), calendar)
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        if _offset(middle, calendar) == offset:
            after = middle
        else:
            before = middle
    return after


def _offset(instant: datetime, calendar: BusinessCalendar) -> timedelta:
    return calendar.local(instant).utcoffset() or timedelta()
