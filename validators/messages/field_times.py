"""Dates and times as the forms write them: `MM-DD-CCYY` or `CCYY-MM-DD`, `HHMMAM`, `HHMMAM-HHMMPM`."""

import re
from datetime import date, time
from functools import lru_cache
from typing import Final

_DATE = re.compile(r"(\d{2})-(\d{2})-(\d{4})(?!\d)|(\d{4})-(\d{2})-(\d{2})(?!\d)")
_KEPT: Final = 4096
"""Texts that are remembered with what they mean: orders of one day have few dates and times among them."""
_TIME = re.compile(r"(0[1-9]|1[0-2])([0-5]\d)([AP])M")


@lru_cache(maxsize=_KEPT)
def read_date(text: str | None) -> date | None:
    """Give the calendar date that `text` begins with (a time after it is not looked at).

    None where there is no text, it does not look like a date, or there is no such day.
    """
    if text is None or (shape := _DATE.match(text)) is None:
        return None
    month, day, year, other_year, other_month, other_day = shape.groups()
    try:
        return date(int(year or other_year), int(month or other_month), int(day or other_day))
    except ValueError:
        return None


def write_date(day: date) -> str:
    """Give `day` as the forms write it."""
    return f"{day:%m-%d-%Y}"


@lru_cache(maxsize=_KEPT)
def read_time(text: str | None) -> time | None:
    """Give the time of day of `HHMMAM` or `HHMMPM`; None where it is none."""
    if text is None or (shape := _TIME.fullmatch(text)) is None:
        return None
    hour, minute, half = shape.groups()
    return time(int(hour) % 12 + (12 if half == "P" else 0), int(minute))


@lru_cache(maxsize=_KEPT)
def read_window(text: str) -> tuple[time, time] | None:
    """Give begin and end of an appointment: a window `HHMMAM-HHMMPM`, or one time, which begins and ends it.

    None where a part is no time of day or the end lies before the begin.
    """
    first, dash, second = text.partition("-")
    begin = read_time(first)
    end = read_time(second) if dash else begin
    if begin is None or end is None or end < begin:
        return None
    return begin, end
