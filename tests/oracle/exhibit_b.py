"""Exhibit B computed another way: business days by numpy, clocks by counting minutes, due dates by runs of movers."""

import calendar
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

DENVER = ZoneInfo("America/Denver")
SATURDAY = 5
Change = tuple[str, date]
"""Who moved a due date (`customer`, `ilec`), and where to."""


def holidays_of(first_year: int, last_year: int) -> list[date]:
    """The six holidays, each on the day itself."""
    days = []
    for year in range(first_year, last_year + 1):
        mays = [week[0] for week in calendar.monthcalendar(year, 5) if week[0]]
        septembers = [week[0] for week in calendar.monthcalendar(year, 9) if week[0]]
        novembers = [week[3] for week in calendar.monthcalendar(year, 11) if week[3]]
        days += [
            date(year, 1, 1),
            date(year, 5, mays[-1]),
            date(year, 7, 4),
            date(year, 9, septembers[0]),
            date(year, 11, novembers[3]),
            date(year, 12, 25),
        ]
    return days


HOLIDAYS = holidays_of(2024, 2029)
_CALENDAR = np.busdaycalendar(holidays=HOLIDAYS)


def days_between(first: date, last: date, saturdays: frozenset[date] = frozenset()) -> int:
    """Business days d with first < d <= last; some Saturdays may count, too."""
    one = timedelta(days=1)
    weekdays = int(np.busday_count(first + one, last + one, busdaycal=_CALENDAR))
    return weekdays + sum(first < day <= last for day in saturdays)


def application(received: datetime, cutoff: int | None, *, flows: bool, flow_spares_cutoff: bool) -> datetime:
    """The application instant; `cutoff` is an hour. Weekends are told by the seconds since Monday."""
    local = received.astimezone(DENVER)
    since_midnight = (local.hour * 60 + local.minute) * 60 + local.second + local.microsecond / 1e6
    since_monday = local.weekday() * 86400 + since_midnight
    moved = cutoff is not None and since_midnight > cutoff * 3600 and not (flows and flow_spares_cutoff)
    off = since_monday >= 4 * 86400 + 19 * 3600 or local.date() in HOLIDAYS
    if not moved and (flows or not off):
        return received.astimezone(UTC)
    day: Any = np.busday_offset(local.date() + timedelta(days=1), 0, roll="forward", busdaycal=_CALENDAR)
    return datetime.combine(day.astype(date), datetime.min.time(), DENVER).astimezone(UTC)


def foc_hours(start: datetime, stop: datetime) -> timedelta:
    """Time on the FOC clock: business time since a fixed day, at the end less at the start."""

    def reading(instant: datetime) -> timedelta:
        local = instant.astimezone(DENVER)
        whole = int(np.busday_count(date(2024, 1, 1), local.date(), busdaycal=_CALENDAR))
        part = local.replace(tzinfo=None) - datetime.combine(local.date(), datetime.min.time())
        return timedelta(days=whole) + (part if np.is_busday(local.date(), busdaycal=_CALENDAR) else timedelta())

    return max(timedelta(), reading(stop) - reading(start))


def applicable_due_date(original: date, changes: Sequence[Change]) -> date:
    """The last customer date before the first ILEC change, else the original."""
    movers = [who for who, _ in changes]
    before = changes[: movers.index("ilec")] if "ilec" in movers else changes
    return before[-1][1] if before else original


def delay_pairs(changes: Sequence[Change]) -> list[tuple[date, date]]:
    """Each last ILEC date of a run with the last customer date of the run that follows."""
    runs = [(who, [day for _, day in run]) for who, run in groupby(changes, key=lambda change: change[0])]
    return [
        (mine[-1], theirs[-1])
        for (first, mine), (second, theirs) in pairwise(runs)
        if (first, second) == ("ilec", "customer")
    ]


def installation_days(applied: date, original: date, changes: Sequence[Change], completed: date) -> int:
    """OP-4 of one order."""
    saturdays = frozenset(
        day for day in (original, completed, *(day for _, day in changes)) if day.weekday() == SATURDAY
    )
    spans = [(original, applicable_due_date(original, changes)), *delay_pairs(changes)]
    added = sum(days_between(first, last, saturdays) for first, last in spans if last > first)
    return max(0, days_between(applied, completed, saturdays) - added)


def pending_days(original: date, changes: Sequence[Change], last_day: date) -> int | None:
    """OP-15A of one pending order; None if it is not past due."""
    due = applicable_due_date(original, changes)
    if due >= last_day:
        return None
    spans = [(first, min(last, last_day)) for first, last in delay_pairs(changes)]
    added = sum(days_between(first, last) for first, last in spans if last > first)
    return max(0, days_between(due, last_day) - added)


def minutes_of(start: datetime, stop: datetime) -> list[datetime]:
    """Every minute of a period, as local time."""
    first, last = start.astimezone(UTC), stop.astimezone(UTC)
    return [(first + timedelta(minutes=n)).astimezone(DENVER) for n in range((last - first) // timedelta(minutes=1))]


Hours = dict[int, list[tuple[int, int]]]
"""By weekday: from and until, in minutes since midnight."""


def open_minutes(minutes: Sequence[datetime], hours: Hours) -> npt.NDArray[np.bool_]:
    """Which minutes lie in the weekly hours."""
    return np.array(
        [
            any(begin <= minute.hour * 60 + minute.minute < end for begin, end in hours.get(minute.weekday(), []))
            for minute in minutes
        ],
        dtype=np.bool_,
    )


def covered(minutes: Sequence[datetime], spans: Sequence[tuple[datetime, datetime]]) -> npt.NDArray[np.bool_]:
    """Which minutes lie in one of the spans."""
    stamps = np.array([minute.timestamp() for minute in minutes])
    inside = np.zeros(len(minutes), dtype=np.bool_)
    for begin, end in spans:
        inside |= (stamps >= begin.timestamp()) & (stamps < end.timestamp())
    return inside


def business_minutes(start: datetime, stop: datetime, hours: Hours) -> int:
    """Minutes of the weekly hours on business days between two instants on whole minutes."""
    minutes = minutes_of(start, stop)
    if not minutes:
        return 0
    busy = np.is_busday([minute.date() for minute in minutes], busdaycal=_CALENDAR)
    return int((open_minutes(minutes, hours) & busy).sum())


def collocation(job: dict[str, Any]) -> tuple[date, str] | None:
    """RFS date and submeasure of a collocation; None if it has expired."""
    rolled: Any = np.busday_offset(job["received"], 0, roll="forward", busdaycal=_CALENDAR)
    applied: date = rolled.astype(date)
    taken = None if job["accepted"] is None else (job["accepted"] - job["quote"]).days
    if taken is None or taken > 30:
        return None
    ahead = None if job["forecast"] is None else (applied - job["forecast"]).days
    forecasted = ahead is not None and ahead >= 60
    base = applied if taken <= 7 else job["accepted"]
    rfs = base + timedelta(days=90 if forecasted else 120)
    equipment = job["equipment"] if job["type"] == "virtual" else None
    if equipment is not None and equipment > base + timedelta(days=53):
        rfs = equipment + timedelta(days=45 if forecasted else 75)
    if job["major_days"] is not None and not forecasted:
        rfs = applied + timedelta(days=min(150, job["major_days"]))
        if equipment is not None:
            rfs = max(rfs, equipment + timedelta(days=45))
    rfs = job["rescheduled_rfs"] or rfs
    if job["major_days"] is not None or rfs > applied + timedelta(days=120):
        return rfs, "CP-2C"
    return rfs, "CP-2A" if forecasted else "CP-2B"
