"""Query parameters and headers that several routes take, described as strictly as they are read."""

from typing import Final

from gateway.doors.routes import Parameter

MOST_CURSOR: Final = 2**62
"""Highest cursor or number that a page may be asked for."""

IDEMPOTENCY_KEY: Final = Parameter(
    "Idempotency-Key",
    "header",
    "The same key with the same bytes gets the first answer.",
    {"type": "string", "pattern": "^[!-~]([ -~]{0,198}[!-~])?$"},
)
IF_MATCH: Final = Parameter(
    "If-Match",
    "header",
    "ETag of the order that a supplement is meant for.",
    {"type": "string", "pattern": r'^(\*|(W/)?"[0-9]{1,9}")$'},
)


def from_cursor(description: str = "Cursor of the page before.") -> Parameter:
    """Give the parameter that says after which number a page begins."""
    return Parameter("after", "query", description, {"type": "integer", "minimum": 0, "maximum": MOST_CURSOR})


def at_most(most: int) -> Parameter:
    """Give the parameter that says how many entries a page may have."""
    return Parameter("limit", "query", "Most entries.", {"type": "integer", "minimum": 1, "maximum": most})
