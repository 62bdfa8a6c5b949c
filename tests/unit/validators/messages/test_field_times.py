"""Dates and times of the forms."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.messages.field_times import read_date, read_time, read_window, write_date


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_what_is_written_is_read_back(day: date) -> None:
    """Every day survives being written and read, in both ways of writing it."""
    assert (day, day) == (read_date(write_date(day)), read_date(day.isoformat()))


@pytest.mark.parametrize("text", [None, "", "02-30-2026", "13-01-2026", "3-9-2026", "03092026", "03-09-20266"])
def test_what_is_no_day_is_none(text: str | None) -> None:
    """A day that does not exist and text of another shape are no dates."""
    assert read_date(text) is None


def test_a_time_after_the_date_does_not_matter() -> None:
    """D/TSENT begins with its date."""
    assert date(2026, 3, 2) == read_date("03-02-2026-0930AM")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1200AM", time(0)), ("1259AM", time(0, 59)), ("0100AM", time(1)), ("1200PM", time(12)), ("1159PM", time(23, 59))],
)
def test_times_of_day_read_as_on_a_clock(text: str, expected: time) -> None:
    """Twelve is midnight in the morning and noon in the afternoon."""
    assert expected == read_time(text)


@pytest.mark.parametrize("text", [None, "", "0000AM", "1300PM", "1060AM", "10AM", "1000"])
def test_what_is_no_time_is_none(text: str | None) -> None:
    """Hours run from 1 to 12, minutes to 59."""
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0800AM-1200PM", (time(8), time(12))),
        ("0500PM", (time(17), time(17))),
        ("0500PM-0800AM", None),
        ("0800AM-", None),
        ("-0800AM", None),
    ],
)
def test_an_appointment_is_a_window_or_one_time(text: str, expected: tuple[time, time] | None) -> None:
    """A window runs forward and has both its ends."""
    assert expected == read_window(text)
