"""Business days, holidays and business hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from validators.agreement.calendar import BusinessCalendar, holiday_table
from validators.agreement.terms import Agreement

MOUNTAIN = ZoneInfo("America/Denver")


def at(text: str) -> datetime:
    """Read an instant."""
    return datetime.fromisoformat(text)


@pytest.mark.upholds("business-day-undefined-in-body")
@pytest.mark.upholds("business-day-eel")
@pytest.mark.upholds("business-day-lmc")
@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "New Year's Day"),
        ("2026-05-25", "Memorial Day"),
        ("2026-07-04", "Independence Day"),
        ("2026-09-07", "Labor Day"),
        ("2026-11-26", "Thanksgiving Day"),
        ("2026-12-25", "Christmas Day"),
        ("2027-05-31", "Memorial Day"),
        ("2027-09-06", "Labor Day"),
        ("2027-11-25", "Thanksgiving Day"),
    ],
)
def test_the_six_holidays_are_no_business_days(template: Agreement, day: str, name: str) -> None:
    """The six days that 9.23.5.4 lists do not count."""
    assert name == template.calendar.off_day(date.fromisoformat(day))
    assert not template.calendar.is_business_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        "2026-11-27",  # the day after Thanksgiving
        "2026-07-03",  # the Friday before a 4 July on Saturday
        "2027-07-05",  # the Monday after a 4 July on Sunday
        "2026-01-19",  # Martin Luther King Jr. Day
        "2026-06-19",  # Juneteenth
        "2026-11-11",  # Veterans Day
    ],
)
def test_no_other_day_off_counts_as_a_holiday(template: Agreement, day: str) -> None:
    """Days that the agreement does not list are business days, and a holiday is not shifted off a weekend."""
    assert template.calendar.is_business_day(date.fromisoformat(day))


def test_a_published_calendar_adds_and_removes_days() -> None:
    """Days by date come on top of the named holidays, and a named one may be taken out."""
    table = holiday_table(("Labor Day",), {date(2026, 11, 27): "Day after Thanksgiving"}, (date(2026, 9, 7),))
    calendar = BusinessCalendar(MOUNTAIN, table)
    assert calendar.off_day(date(2026, 11, 27)) == "Day after Thanksgiving"
    assert calendar.is_business_day(date(2026, 9, 7))
    assert not calendar.is_business_day(date(2027, 9, 6))


def test_a_copy_with_other_holidays_has_its_own_calendar(template: Agreement) -> None:
    """What was worked out from the old terms does not live on in a copy with new ones."""
    assert not template.calendar.is_business_day(date(2026, 11, 26))
    none = template.holidays.model_copy(update={"named": ()})
    assert template.model_copy(update={"holidays": none}).calendar.is_business_day(date(2026, 11, 26))


def test_a_wire_center_has_the_zone_of_its_longest_match(template: Agreement) -> None:
    """A single wire center may differ from its city, and the city from the state."""
    zones = {"CRDL": "America/Los_Angeles", "CRDLIDXX": "America/Phoenix"}
    agreement = template.model_copy(update={"zones": template.zones.model_copy(update={"wire_centers": zones})})
    names = [agreement.wire_center_zone(clli).key for clli in ("CRDLIDXX", "CRDLIDMA", "BOISIDMA", None)]
    assert names == ["America/Phoenix", "America/Los_Angeles", "America/Denver", "America/Denver"]


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2026-11-20", "2026-11-23"),
        ("2026-11-21", "2026-11-23"),
        ("2026-11-22", "2026-11-23"),
        ("2026-11-25", "2026-11-27"),
        ("2026-12-24", "2026-12-28"),
        ("2026-12-31", "2027-01-04"),
    ],
)
def test_the_next_business_day_skips_weekends_and_holidays(template: Agreement, day: str, following: str) -> None:
    """The next business day is the first one after, over weekends, holidays and the turn of the year."""
    assert date.fromisoformat(following) == template.calendar.next_business_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-23", 3, "2026-11-27"),
        ("2026-11-27", -1, "2026-11-25"),
        ("2026-11-30", -1, "2026-11-27"),
        ("2028-02-28", 1, "2028-02-29"),
    ],
)
def test_business_days_are_added_from_day_zero(template: Agreement, day: str, count: int, expected: str) -> None:
    """The day itself is day 0, whether or not it is a business day."""
    assert date.fromisoformat(expected) == template.calendar.add_business_days(date.fromisoformat(day), count)


@pytest.mark.parametrize(("day", "count"), [("2100-12-31", 1), ("1996-01-01", -1), ("2200-01-01", 1)])
def test_no_business_day_is_made_up_where_holidays_are_unknown(template: Agreement, day: str, count: int) -> None:
    """Outside the years of the holiday table there is no answer rather than a wrong one."""
    with pytest.raises(ValueError, match="outside the years 1996 to 2100"):
        template.calendar.add_business_days(date.fromisoformat(day), count)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-10-05", "2026-10-12", 5),
        ("2026-10-05", "2026-10-05", 0),
        ("2026-10-09", "2026-10-11", 0),
        ("2026-11-25", "2026-11-27", 1),
        ("2026-10-12", "2026-10-05", -5),
    ],
)
def test_business_days_between_leave_the_first_day_out(template: Agreement, first: str, last: str, days: int) -> None:
    """The number of business days d with first < d <= last (OP-4: the application date is day zero)."""
    assert days == template.calendar.business_days_between(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23T00:00-07:00", 72, "2026-11-27T00:00-07:00"),  # Thanksgiving does not run
        ("2026-11-23T00:00-07:00", 71, "2026-11-25T23:00-07:00"),
        ("2026-11-20T12:00-07:00", 12, "2026-11-23T00:00-07:00"),  # to the end of Friday: the weekend is still in time
        ("2026-11-20T12:00-07:00", 13, "2026-11-23T01:00-07:00"),
        ("2026-11-21T12:00-07:00", 1, "2026-11-23T01:00-07:00"),
        ("2026-03-06T12:00-07:00", 24, "2026-03-09T12:00-06:00"),  # clocks go forward on the Sunday between
        ("2026-10-30T12:00-06:00", 24, "2026-11-02T12:00-07:00"),  # clocks go back on the Sunday between
        ("2026-11-23T00:00-07:00", -24, "2026-11-20T00:00-07:00"),
        ("2026-11-23T06:00-07:00", -7, "2026-11-20T23:00-07:00"),
        ("2026-11-23T06:00-07:00", -6, "2026-11-23T00:00-07:00"),
        ("2026-11-27T01:00-07:00", -2, "2026-11-25T23:00-07:00"),
    ],
)
def test_business_hours_run_through_every_hour_of_a_business_day(
    template: Agreement, start: str, hours: int, end: str
) -> None:
    """Saturday, Sunday and holidays do not run; all 24 hours of the other days do (Exhibit B PO-5)."""
    assert at(end) == template.calendar.add_business_time(at(start), timedelta(hours=hours))


def test_business_time_between_two_local_instants_is_real_time() -> None:
    """Across a change of the clocks on a business day a lost hour does not count and a doubled one counts twice."""
    no_weekends = BusinessCalendar(ZoneInfo("Africa/Cairo"), {})
    first = datetime(2023, 4, 27, 12, tzinfo=no_weekends.zone)
    last = datetime(2023, 4, 28, 12, tzinfo=no_weekends.zone)  # Friday: 00:00 became 01:00
    assert timedelta(hours=23) == no_weekends.business_time_between(first, last)
    assert timedelta(hours=-23) == no_weekends.business_time_between(last, first)
    before = datetime(2023, 10, 26, 22, tzinfo=no_weekends.zone)
    after = datetime(2023, 10, 26, 23, 30, tzinfo=no_weekends.zone, fold=1)  # Thursday: 24:00 became 23:00
    assert timedelta(hours=2, minutes=30) == no_weekends.business_time_between(before, after)


def test_the_end_of_a_day_is_its_last_microsecond(template: Agreement) -> None:
    """End of day is one microsecond before local midnight, also on days of 23 and 25 hours."""
    calendar = template.calendar
    assert at("2026-03-09T05:59:59.999999+00:00") == calendar.end_of(date(2026, 3, 8))
    assert at("2026-11-02T06:59:59.999999+00:00") == calendar.end_of(date(2026, 11, 1))
    assert timedelta(hours=25) == calendar.start_of(date(2026, 11, 2)) - calendar.start_of(date(2026, 11, 1))


@pytest.mark.parametrize(
    ("day", "clock_time", "instant"),
    [
        ("2026-11-20", "19:00", "2026-11-21T02:00+00:00"),
        ("2026-11-01", "01:30", "2026-11-01T08:30+00:00"),  # comes twice: the later
        ("2026-03-08", "02:30", "2026-03-08T09:30+00:00"),  # skipped: 03:30 daylight time
    ],
)
def test_a_local_time_that_is_doubled_or_skipped_has_one_instant(
    template: Agreement, day: str, clock_time: str, instant: str
) -> None:
    """A deadline at a doubled hour ends with the second one, at a skipped one just as much later."""
    given = template.calendar.at(date.fromisoformat(day), time.fromisoformat(clock_time))
    assert at(instant) == given
    assert given.tzinfo is UTC


def test_an_instant_without_zone_is_refused(template: Agreement) -> None:
    """A naive time names no instant."""
    naive = datetime(2026, 11, 20, 19, 30)  # noqa: DTZ001 - that is what is refused
    with pytest.raises(ValueError, match="no zone"):
        template.calendar.local_date(naive)
    with pytest.raises(ValueError, match="no zone"):
        template.calendar.add_business_time(naive, timedelta(hours=1))
