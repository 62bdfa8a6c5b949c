"""Instants and lapses of time as scenarios write them: `2026-03-05 10:00`, `72 hours`, `3 business days`."""

import re
from datetime import datetime, timedelta
from typing import Final

from validators.agreement.calendar import BusinessCalendar

INSTANT: Final = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?"
"""An instant; without offset it is local time of the agreement."""
LAPSE: Final = r"\d+ ?(business days?|weeks?|days?|hours?|h|minutes?|min|seconds?|s)"
"""One part of a lapse of time; several may follow each other."""

_INSTANT: Final = re.compile(INSTANT)
_LAPSE: Final = re.compile(rf"{LAPSE}( {LAPSE})*")
_PART: Final = re.compile(r"(\d+) ?([a-z]+(?: days?)?)")
_DAYS: Final = {"day": 1, "week": 7}
_ELAPSED: Final = {"h": "hours", "min": "minutes", "s": "seconds", "hour": "hours", "minute": "minutes"}


def instant_text(text: str) -> str:
    """Give `text` if it is an instant.

    Raises:
        ValueError: it is none, or no day of the calendar.
    """
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"{text!r} is no instant: write 2026-03-05 10:00 (local time of the agreement), or add -07:00")
    datetime.fromisoformat(text)
    return text


def aware_text(text: str) -> str:
    """Give `text` if it is an instant with its offset.

    Raises:
        ValueError: it is none.
    """
    if datetime.fromisoformat(instant_text(text)).tzinfo is None:
        raise ValueError(f"{text!r} has no offset: write it as 2026-03-02T09:30:00-07:00")
    return text


def lapse_text(text: str) -> str:
    """Give `text` if it is a lapse of time.

    Raises:
        ValueError: it is none.
    """
    if not _LAPSE.fullmatch(text):
        raise ValueError(
            f"{text!r} is no lapse of time: write a number and minutes, hours, days, business days or weeks, "
            "as in 26 hours or 3 business days"
        )
    return text


def instant_of(text: str, calendar: BusinessCalendar) -> datetime:
    """Give the instant that `text` names; without offset it is local time of the calendar."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else calendar.at(instant.date(), instant.time())


def later(start: datetime, lapse: str, calendar: BusinessCalendar) -> datetime:
    """Give the instant that lies `lapse` after `start`.

    Days, weeks and business days keep the local time of day; hours, minutes and seconds are elapsed time.
    """
    for number, unit in _PART.findall(lapse):
        start = _later(start, int(number), unit, calendar)
    return start


def _later(start: datetime, count: int, unit: str, calendar: BusinessCalendar) -> datetime:
    one = unit.removesuffix("s") if len(unit) > 1 else unit
    local = calendar.local(start)
    if one == "business day":
        return calendar.at(calendar.add_business_days(local.date(), count), local.time())
    if one in _DAYS:
        return calendar.at(local.date() + timedelta(days=count * _DAYS[one]), local.time())
    return start + timedelta(**{_ELAPSED.get(one, f"{one}s"): count})


def as_precise_as(text: str, instant: datetime, calendar: BusinessCalendar) -> str:
    """Give `instant` in local time, written as exactly as `text` is: to the minute, the second or the microsecond."""
    local = calendar.local(instant).replace(tzinfo=None)
    written = text.replace("T", " ").removesuffix("Z")
    bare = re.sub(r"[+-]\d\d:\d\d$", "", written)
    exactness = "microseconds" if "." in bare else "seconds" if bare.count(":") > 1 else "minutes"
    return local.isoformat(" ", exactness)
