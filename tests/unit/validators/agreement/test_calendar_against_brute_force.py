"""The calendar against one that counts hour by hour and minute by minute, written without looking at it."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.agreement.application import application_of
from validators.agreement.calendar import BusinessCalendar
from validators.agreement.clock_terms import ClockTerm
from validators.agreement.clocks import deadline
from validators.agreement.terms import Agreement

MOUNTAIN = ZoneInfo("America/Denver")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
BEGIN = datetime(2021, 6, 1, tzinfo=UTC)
HOURS = 10 * 365 * 24
MARGIN = 40 * 24
TOO_FAR = 400


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """Give the `number`-th (from 1; -1 for the last) of a weekday in a month."""
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    found = [day for day in days if day.month == month and day.weekday() == weekday]
    return found[number - 1] if number > 0 else found[number]


def holidays_of(year: int) -> set[date]:
    """Give the six holidays of a year."""
    return {
        date(year, 1, 1),
        nth_weekday(year, 5, 0, -1),
        date(year, 7, 4),
        nth_weekday(year, 9, 0, 1),
        nth_weekday(year, 11, 3, 4),
        date(year, 12, 25),
    }


HOLIDAYS = {day for year in range(2020, 2035) for day in holidays_of(year)}


def runs(instant: datetime) -> bool:
    """Say whether business time runs at `instant`."""
    day = instant.astimezone(MOUNTAIN).date()
    return day.isoweekday() <= 5 and day not in HOLIDAYS


@pytest.fixture(scope="module")
def agreement(shipped: Mapping[str, Agreement]) -> Agreement:
    """The agreement whose calendar is tried."""
    return shipped["idaho-2021"]


@pytest.fixture(scope="module")
def calendar(agreement: Agreement) -> BusinessCalendar:
    """The calendar that is tried."""
    return agreement.calendar


@pytest.fixture(scope="module")
def run_before() -> list[int]:
    """Business hours that have run before each hour of ten years."""
    return [0, *accumulate(int(runs(BEGIN + HOUR * n)) for n in range(HOURS))]


def hours() -> st.SearchStrategy[int]:
    """Any hour that leaves room on both sides."""
    return st.integers(MARGIN, HOURS - MARGIN)


def test_ten_years_of_foc_hours_agree_hour_by_hour(calendar: BusinessCalendar, run_before: list[int]) -> None:
    """72 FOC hours from every hour of ten years end where counting hour by hour ends."""
    wrong = [
        begin
        for begin in range(HOURS - MARGIN)
        if calendar.add_business_time(BEGIN + HOUR * begin, HOUR * 72)
        != BEGIN + HOUR * (bisect_right(run_before, run_before[begin] + 72) - 1)
    ]
    assert wrong == []


@given(begin=hours(), length=st.integers(1, TOO_FAR))
@settings(max_examples=300)
def test_business_hours_before_an_instant_agree(
    calendar: BusinessCalendar, run_before: list[int], begin: int, length: int
) -> None:
    """Counting back gives the last hour that leaves at least the length."""
    expected = BEGIN + HOUR * (bisect_right(run_before, run_before[begin] - length) - 1)
    assert expected == calendar.add_business_time(BEGIN + HOUR * begin, -HOUR * length)


@given(first=hours(), last=hours())
@settings(max_examples=100)
def test_business_time_between_agrees(calendar: BusinessCalendar, run_before: list[int], first: int, last: int) -> None:
    """The business time between any two hours of ten years is what was counted."""
    counted = HOUR * (run_before[last] - run_before[first])
    assert counted == calendar.business_time_between(BEGIN + HOUR * first, BEGIN + HOUR * last)


def walk(start: datetime, minutes: int) -> datetime:
    """Give the last minute until which no more than `minutes` have run, minute by minute."""
    instant, left = start, minutes
    while left or not runs(instant):
        left -= runs(instant)
        instant += MINUTE
    return instant


@given(begin=st.integers(0, HOURS * 60), length=st.integers(1, 60 * 72))
@settings(max_examples=60)
def test_business_minutes_agree_minute_by_minute(calendar: BusinessCalendar, begin: int, length: int) -> None:
    """Any number of minutes from any minute ends where counting minute by minute ends."""
    start = BEGIN + MINUTE * begin
    assert walk(start, length) == calendar.add_business_time(start, MINUTE * length)


def business_days_after(day: date) -> Iterator[date]:
    """Give the business days after `day`, one by one."""
    while True:
        day += timedelta(days=1)
        if day.isoweekday() <= 5 and day not in HOLIDAYS:
            yield day


@given(offset=st.integers(0, 3650), count=st.integers(1, 60))
@settings(max_examples=300)
def test_business_days_agree_day_by_day(calendar: BusinessCalendar, offset: int, count: int) -> None:
    """The n-th business day after any day, and the count back from it, agree with walking."""
    day = date(2021, 6, 1) + timedelta(days=offset)
    walked = [found for found, _ in zip(business_days_after(day), range(count), strict=False)]
    assert walked[-1] == calendar.add_business_days(day, count)
    assert count == calendar.business_days_between(day, walked[-1])
    assert walked[0] == calendar.add_business_days(walked[-1], 1 - count)


ACCURATE = st.integers(0, HOURS * 3600)
"""Any second of ten years."""


@given(begin=ACCURATE, count=st.integers(0, 400))
@settings(max_examples=200)
def test_calendar_days_end_with_the_last_microsecond_of_the_local_day(
    agreement: Agreement, make_term: Callable[..., ClockTerm], begin: int, count: int
) -> None:
    """The end of day N is still day N in Idaho, and a microsecond later it is not."""
    start = BEGIN + timedelta(seconds=begin)
    due_at = deadline(make_term(length={"days": count}, calendar="days"), start, agreement).due_at
    last = start.astimezone(MOUNTAIN).date() + timedelta(days=count)
    assert last == due_at.astimezone(MOUNTAIN).date()
    assert last + timedelta(days=1) == (due_at + timedelta(microseconds=1)).astimezone(MOUNTAIN).date()


@given(begin=ACCURATE, count=st.integers(1, 40))
@settings(max_examples=200)
def test_business_days_with_a_cut_off_agree(
    agreement: Agreement, make_term: Callable[..., ClockTerm], begin: int, count: int
) -> None:
    """Day 0 is the day of the start, or the next business day after the cut-off; then business days are walked."""
    start = BEGIN + timedelta(seconds=begin)
    local = start.astimezone(MOUNTAIN)
    days = business_days_after(local.date())
    in_time = runs(start) and (local.hour, local.minute, local.second) <= (19, 0, 0)
    walked = [next(days) for _ in range(count if in_time else count + 1)]
    term = make_term(length={"business_days": count}, calendar="business-days", cutoff="19:00")
    assert walked[-1] == deadline(term, start, agreement).due_at.astimezone(MOUNTAIN).date()


@given(begin=ACCURATE, flow_through=st.booleans(), product=st.sampled_from(["loop-ds1", "eel", "lnp", None]))
@settings(max_examples=400)
def test_the_application_time_follows_the_definition(
    agreement: Agreement, begin: int, product: str | None, *, flow_through: bool
) -> None:
    """The definition of Exhibit B, written out once more, gives the same instant for any second of ten years."""
    received = BEGIN + timedelta(seconds=begin)
    local = received.astimezone(MOUNTAIN)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    cut = {"loop-ds1": 19, "eel": 15, "lnp": None if flow_through else 15, None: None}[product]
    late = cut is not None and seconds > cut * 3600
    weekend = local.isoweekday() in (6, 7) or (local.isoweekday() == 5 and seconds >= 19 * 3600)
    expected = received
    if late or (not flow_through and (weekend or local.date() in HOLIDAYS)):
        following = next(business_days_after(local.date()))
        expected = datetime(following.year, following.month, following.day, tzinfo=MOUNTAIN)
    found = application_of(received, agreement.product(product), agreement, flow_through=flow_through)
    assert expected == found.at
