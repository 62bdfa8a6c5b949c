"""Identifiers of orders, submissions, events and notices: sortable by time, unguessable, the same width for ever."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

Kind = Literal[
    "ord",
    "sub",
    "evt",
    "ntc",
    "clk",
    "wrk",
    "dec",
    "prt",
    "key",
    "att",
    "png",
    "reg",
    "hld",
    "aut",
    "viw",
    "qry",
    "prs",
    "drf",
    "sch",
    "prg",
]

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Ids:
    """Makes identifiers such as `ord_0193f2a1b4c5_9f86d081884c7d65`: kind, milliseconds since 1970, 64 random bits."""

    def __init__(self, random_hex: Callable[[int], str] = secrets.token_hex) -> None:
        self._random_hex = random_hex
        self._store = ""
        self._written: tuple[datetime | None, str] = (None, "")

    def new(self, kind: Kind, at: datetime) -> str:
        """Give a new identifier of `kind` for something that happened at the aware instant `at`."""
        written_at, milliseconds = self._written
        if at is not written_at:  # all that one order needs is made for one instant
            milliseconds = f"{int(at.timestamp() * 1000):012x}"
            self._written = (at, milliseconds)
        return f"{kind}_{milliseconds}_{self._random(16)}"

    @staticmethod
    def lowest(kind: Kind, at: datetime) -> str:
        """Give what no identifier of `kind` made at the instant `at` or later is below, and every earlier one is."""
        return f"{kind}_{int(at.timestamp() * 1000):012x}_"

    @staticmethod
    def made_at(identifier: str) -> datetime:
        """Give the instant that an identifier was made for, to the millisecond (aware, UTC).

        Raises:
            ValueError: it is not one of ours.
        """
        _, milliseconds, _ = identifier.split("_")
        return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(milliseconds, 16))

    def number(self, prefix: str, at: datetime) -> str:
        """Give a provider's order number (LSR NO, ASR NO): capitals and digits, 18 as the field allows, by time.

        Three of `prefix`, nine of the milliseconds since 1970 in base 36, six by chance (31 bits).
        """
        milliseconds, chance = int(at.timestamp() * 1000), int(self._random(16), 16)
        return f"{prefix[:3]}{_base36(milliseconds, 9)}{_base36(chance % 36**6, 6)}"

    def _random(self, digits: int) -> str:
        # The system is asked for much at once: an order needs about ten identifiers.
        if len(self._store) < digits:
            self._store = self._random_hex(1024)
        taken, self._store = self._store[:digits], self._store[digits:]
        return taken


def _base36(value: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        value, digit = divmod(value, 36)
        digits = _DIGITS[digit] + digits
    return digits
