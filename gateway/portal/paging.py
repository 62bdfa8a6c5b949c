"""How long a page of a list is, and how the place in a list is read from an address."""

from typing import Final

from gateway.doors.parameters import MOST_CURSOR
from gateway.doors.problems import Kind, Problem
from gateway.portal.pages import Asked

A_PAGE: Final = 50
"""How many rows a page shows."""
A_FILE: Final = 10_000
"""How many rows a list has as a file."""


def number_from(asked: Asked, name: str, default: int = 0, most: int = MOST_CURSOR) -> int:
    """Give what the address says as a whole number.

    Raises:
        Problem: it is none, or more than `most`.
    """
    text = asked.query(name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > len(str(most)) or int(text) > most:
        raise Problem(Kind.MALFORMED_REQUEST, f"{name} takes a whole number from 0 to {most}, not {text[:40]!r}")
    return int(text)
