"""A bell beside a clock: whoever rests is woken by a call or by time, whichever comes first."""

import asyncio
from datetime import datetime

from gateway.clock import Clock


class Wakeup:
    """Rung after each commit that leaves work; a ring while nobody rests is kept for the next rest."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the one who rests; never waits, so that intake may call it."""
        self._rung.set()

    async def rest(self, until: datetime) -> None:
        """Return at `until`, or as soon as `ring` was called since the last rest."""
        waits = [asyncio.ensure_future(self._rung.wait()), asyncio.ensure_future(self._clock.wait_until(until))]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        self._rung.clear()
