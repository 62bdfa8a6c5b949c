"""Identifiers of orders, submissions, events and notices: sortable by time, unguessable, the same width for ever."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Literal

Kind = Literal["ord", "sub", "evt", "ntc", "clk", "wrk", "dec", "prt", "key"]


class Ids:
    """Makes identifiers such as `ord_0193f2a1b4c5_9f86d081884c7d65`: kind, milliseconds since 1970, 64 random bits."""

    def __init__(self, random_hex: Callable[[int], str] = secrets.token_hex) -> None:
        self._random_hex = random_hex
        self._store = ""

    def new(self, kind: Kind, at: datetime) -> str:
        """Give a new identifier of `kind` for something that happened at the aware instant `at`."""
        return f"{kind}_{int(at.timestamp() * 1000):012x}_{self._random(16)}"

    def number(self, prefix: str, at: datetime) -> str:
        """Give a provider's order number (LSR NO, ASR NO; 18 characters): prefix, milliseconds, 20 random bits."""
        return f"{prefix}{int(at.timestamp() * 1000):010X}{self._random(5).upper()}"

    def _random(self, digits: int) -> str:
        # The system is asked for much at once: an order needs about ten identifiers.
        if len(self._store) < digits:
            self._store = self._random_hex(1024)
        taken, self._store = self._store[:digits], self._store[digits:]
        return taken
