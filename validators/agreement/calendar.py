"""Business time: which days are business days, and how days and hours of them are counted."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

_YEARS = range(1996, 2101)
_DAY = timedelta(days=1)
_SATURDAY = 5


def federal_names() -> frozenset[str]:
    """Give the names of holidays that an agreement may list."""
    return frozenset(holidays.country_holidays("US", years=2024, observed=False).values())


def holiday_table(named: tuple[str, ...], extra: Mapping[date, str], removed: tuple[date, ...]) -> Mapping[date, str]:
    """Give each holiday from 1996 to 2100 with its name: the `named` ones, on the day itself, and `extra`."""
    federal = holidays.country_holidays("US", years=_YEARS, observed=False)
    table = {day: name for day, name in federal.items() if name in named and day not in removed}
    return MappingProxyType(table | dict(extra))


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Monday to Friday less the holidays, read in one zone. Instants taken are aware, instants given are in UTC."""

    zone: ZoneInfo
    holidays: Mapping[date, str]
    _business_days: Sequence[date] = field(init=False, repr=False, compare=False)
    """All of them, in order: counting them is looking up places in this list."""

    def __post_init__(self) -> None:
        """List the business days, once."""
        first, last = date(_YEARS.start, 1, 1), date(_YEARS.stop, 1, 1)
        days = (first + _DAY * n for n in range((last - first).days))
        object.__setattr__(self, "_business_days", [day for day in days if self.is_business_day(day)])

    def local_date(self, instant: datetime) -> date:
        """Give the date that `instant` has in the zone.

        Raises:
            ValueError: the instant is naive.
        """
        return self.local(instant).date()

    def local(self, instant: datetime) -> datetime:
        """Give `instant` in the zone.

        Raises:
            ValueError: the instant is naive.
        """
        if instant.tzinfo is None:
            raise ValueError(f"{instant.isoformat()} has no zone, so it names no instant")
        return instant.astimezone(self.zone)

    def off_day(self, day: date) -> str | None:
        """Say why `day` is no business day: the holiday's name, `Saturday` or `Sunday`; None if it is one."""
        if name := self.holidays.get(day):
            return name
        return ("Saturday", "Sunday")[day.weekday() - _SATURDAY] if day.weekday() >= _SATURDAY else None

    def is_business_day(self, day: date) -> bool:
        """Say whether `day` is a business day."""
        return day.weekday() < _SATURDAY and day not in self.holidays

    def next_business_day(self, day: date) -> date:
        """Give the first business day after `day`."""
        return self.add_business_days(day, 1)

    def business_day_on_or_after(self, day: date) -> date:
        """Give `day` if it is a business day, else the first one after it."""
        return day if self.is_business_day(day) else self.next_business_day(day)

    def add_business_days(self, day: date, count: int) -> date:
        """Give the `count`-th business day after `day`, which is day 0; before it, for a negative count.

        Raises:
            ValueError: that day lies outside the years for which holidays are known.
        """
        if count == 0:
            return day
        place = bisect_right(self._business_days, day) - 1 if count > 0 else bisect_left(self._business_days, day)
        if not 0 <= place + count < len(self._business_days):
            raise ValueError(
                f"{count} business days from {day} lie outside the years {_YEARS.start} to {_YEARS.stop - 1}"
            )
        return self._business_days[place + count]

    def business_days_between(self, first: date, last: date) -> int:
        """Give the number of business days d with first < d <= last; negative if `last` is before `first`."""
        if last < first:
            return -self.business_days_between(last, first)
        return bisect_right(self._business_days, last) - bisect_right(self._business_days, first)

    def off_days(self, first: date, last: date) -> Iterator[tuple[date, str]]:
        """Give the days d with first <= d <= last that are no business days, each with the reason."""
        for n in range((last - first).days + 1):
            if reason := self.off_day(first + _DAY * n):
                yield first + _DAY * n, reason

    def at(self, day: date, clock_time: time, zone: ZoneInfo | None = None) -> datetime:
        """Give the instant of a local time of day; the later one where it comes twice, moved on where it is skipped."""
        return _at(day, clock_time, zone or self.zone)

    def start_of(self, day: date, zone: ZoneInfo | None = None) -> datetime:
        """Give the first instant of `day`."""
        return _start_of(day, zone or self.zone)

    def end_of(self, day: date, zone: ZoneInfo | None = None) -> datetime:
        """Give the last instant of `day`: one microsecond before the next."""
        return self.start_of(day + _DAY, zone) - timedelta(microseconds=1)

    def business_time_between(self, first: datetime, last: datetime) -> timedelta:
        """Give the business time from `first` to `last`: every hour of a business day; negative if they are swapped."""
        if last < first:
            return -self.business_time_between(last, first)
        # Two times of one zone would be subtracted as wall time, which is wrong across a change of the clocks.
        if not (first.tzinfo is UTC and last.tzinfo is UTC):
            first, last = first.astimezone(UTC), last.astimezone(UTC)
        total, day = timedelta(0), self.local_date(first)
        final = self.local_date(last)
        while day <= final:
            if self.is_business_day(day):
                total += min(last, self.start_of(day + _DAY)) - max(first, self.start_of(day))
            day += _DAY
        return total

    def add_business_time(self, start: datetime, length: timedelta) -> datetime:
        """Give the last instant until which no more than `length` of business time has run since `start`.

        Where the length ends with the end of a business day, what follows does not run, so the instant is the start of
        the next business day. A negative length counts back, to the last instant that leaves that much until `start`.
        """
        day, start, left = self.local_date(start), start.astimezone(UTC), length
        if length < timedelta(0):
            return self._subtract_business_time(start, -length)
        while True:
            if self.is_business_day(day):
                begin, end = max(start, self.start_of(day)), self.start_of(day + _DAY)
                if left < end - begin:
                    return begin + left
                left -= end - begin
            day += _DAY

    def _subtract_business_time(self, start: datetime, length: timedelta) -> datetime:
        day, left = self.local_date(start), length
        while True:
            if self.is_business_day(day):
                begin, end = self.start_of(day), min(start, self.start_of(day + _DAY))
                if left <= end - begin:
                    return end - left
                left -= end - begin
            day -= _DAY


@lru_cache(maxsize=4096)
def _at(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, clock_time, zone)
    return max(local.astimezone(UTC), local.replace(fold=1).astimezone(UTC))


@lru_cache(maxsize=4096)
def _start_of(day: date, zone: ZoneInfo) -> datetime:
    # Zones are looked up slowly, and most clocks of a day ask for the same few days.
    return datetime.combine(day, time.min, zone).astimezone(UTC)
