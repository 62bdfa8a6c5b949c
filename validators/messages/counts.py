"""Quantities as fields write them."""

from typing import Final

_LONGEST: Final = 10


def read_count(text: str | None) -> int | None:
    """Give the number that a quantity field writes in at most nine digits; None where it writes none."""
    return int(text) if text is not None and text.isdecimal() and len(text) < _LONGEST else None
