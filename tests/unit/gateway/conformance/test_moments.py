from datetime import datetime

import pytest

from gateway.conformance.moments import as_precise_as, aware_text, instant_of, instant_text, lapse_text, later
from validators.agreement.calendar import BusinessCalendar
from validators.judge import Judge


@pytest.fixture
def calendar(judge: Judge) -> BusinessCalendar:
    """Give the calendar of the template agreement, in Mountain time."""
    return judge.agreements["template"].calendar


@pytest.mark.parametrize(
    ("start", "lapse", "end"),
    [
        pytest.param("2026-03-02 09:30", "26 hours", "2026-03-03 11:30", id="hours"),
        pytest.param("2026-03-02 09:30", "26h", "2026-03-03 11:30", id="hours-in-short"),
        pytest.param("2026-03-02 09:30", "1 day 90 minutes", "2026-03-03 11:00", id="two-parts"),
        pytest.param("2026-03-06 17:00", "1 business day", "2026-03-09 17:00", id="over-a-weekend"),
        pytest.param("2026-11-25 10:00", "1 business day", "2026-11-27 10:00", id="over-thanksgiving"),
        pytest.param("2026-03-07 12:00", "1 day", "2026-03-08 12:00", id="a-day-keeps-the-time-of-day-in-spring"),
        pytest.param("2026-03-07 12:00", "24 hours", "2026-03-08 13:00", id="hours-run-through-the-change"),
        pytest.param("2026-03-02 09:30", "2 weeks", "2026-03-16 09:30", id="weeks"),
        pytest.param("2026-03-02 09:30:00", "1 second", "2026-03-02 09:30:01", id="second"),
    ],
)
def test_a_lapse_of_time(start: str, lapse: str, end: str, calendar: BusinessCalendar) -> None:
    """Days keep the local time of day and business days skip weekends and holidays; hours are elapsed time."""
    reached = later(instant_of(start, calendar), lapse_text(lapse), calendar)

    assert end == as_precise_as(end, reached, calendar)


def test_an_instant_without_offset_is_local_time_of_the_agreement(calendar: BusinessCalendar) -> None:
    """Half past nine in March is 16:30 UTC in Mountain Standard Time."""
    assert datetime.fromisoformat("2026-03-02T16:30:00Z") == instant_of("2026-03-02 09:30", calendar)
    assert datetime.fromisoformat("2026-03-02T08:30:00Z") == instant_of("2026-03-02T09:30+01:00", calendar)


@pytest.mark.parametrize("text", ["tomorrow", "2026-03-02", "2026-02-30 10:00", "10:00"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    """Neither words nor bare dates nor days that do not exist are instants."""
    with pytest.raises(ValueError):  # noqa: PT011 - both our words and those of the calendar
        instant_text(text)


def test_a_start_needs_its_offset() -> None:
    """A scenario begins at one instant, wherever it is read."""
    with pytest.raises(ValueError, match="has no offset"):
        aware_text("2026-03-02T09:30:00")


@pytest.mark.parametrize("text", ["3 fortnights", "days", "3", "-1 day", "1 day and 2 hours"])
def test_what_is_no_lapse_is_refused(text: str) -> None:
    """The refusal shows how it is written."""
    with pytest.raises(ValueError, match="3 business days"):
        lapse_text(text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-03-09 23:59", "2026-03-09 23:59"),
        ("2026-03-09T23:59:59", "2026-03-09 23:59:59"),
        ("2026-03-09 23:59:59.999999", "2026-03-09 23:59:59.999999"),
        ("2026-03-09T23:59-06:00", "2026-03-09 23:59"),
    ],
)
def test_an_instant_is_shown_as_exactly_as_it_is_asked_for(
    written: str, shown: str, calendar: BusinessCalendar
) -> None:
    """The end of a day equals 23:59 for who asks to the minute."""
    assert shown == as_precise_as(written, calendar.end_of(datetime.fromisoformat("2026-03-09").date()), calendar)
