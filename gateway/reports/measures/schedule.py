"""Published hours as they are written in files: `{0: [["08:00", "17:00"]], …}`, by weekday from Monday."""

from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field


def _wall_clock(value: object) -> object:
    """Read `HH:MM` up to 24:00 as time since midnight; the YAML of hand-written cases may have made a number of it."""
    if isinstance(value, int):
        return timedelta(minutes=value)
    hours, _, minutes = str(value).partition(":")
    if not (hours.isdigit() and minutes.isdigit() and int(minutes) < 60):
        raise ValueError('a time of day is written as in "17:00"')
    return timedelta(hours=int(hours), minutes=int(minutes))


WallClock = Annotated[timedelta, BeforeValidator(_wall_clock), Field(ge=timedelta(), le=timedelta(hours=24))]
Schedule = dict[Annotated[int, Field(ge=0, le=6)], tuple[tuple[WallClock, WallClock], ...]]
