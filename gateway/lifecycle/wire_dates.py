"""Dates and instants in JSON: text as RFC 3339 has it, never a number of seconds since 1970."""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import AwareDatetime, BeforeValidator


def _written(value: object) -> object:
    """Pass on what is written as a date; pydantic would take `0` and `"1700000000"`, too."""
    if isinstance(value, date) or (isinstance(value, str) and "-" in value):
        return value
    raise ValueError("is written as text, e.g. 2026-03-09 or 2026-03-09T16:00:00-07:00")


WrittenDay: TypeAlias = Annotated[date, BeforeValidator(_written)]
WrittenInstant: TypeAlias = Annotated[AwareDatetime, BeforeValidator(_written)]
