"""Instants and days as the arithmetic of a clock tells them."""

from collections.abc import Iterable
from datetime import date, datetime

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def when(local: datetime) -> str:
    """Give a local instant, as in `Fri 2026-11-20 19:30 MST`; seconds only where there are any."""
    exactness = "seconds" if local.second or local.microsecond else "minutes"
    written = local.replace(tzinfo=None).isoformat(" ", exactness)
    return f"{_WEEKDAYS[local.weekday()]} {written} {local.tzname()}"


def on(day: date) -> str:
    """Give a day, as in `Fri 2026-11-20`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.isoformat()}"


def skipped(off_days: Iterable[tuple[date, str]]) -> str:
    """Give the days that do not count, as in `; skips Sat 2026-11-21, Thanksgiving Day 2026-11-26`."""
    named = [on(day) if reason in ("Saturday", "Sunday") else f"{reason} {day.isoformat()}" for day, reason in off_days]
    return f"; skips {', '.join(named)}" if named else ""


def counted(count: int, unit: str) -> str:
    """Give a number with its unit, as in `1 business day` or `72 hours`."""
    plain = unit.replace("_", " ")
    return f"{count} {plain.removesuffix('s') if count == 1 else plain}"
