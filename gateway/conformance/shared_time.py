"""One clock for many scenarios: it moves to the earliest time that any of them waits for, once all of them wait."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime


class SharedTime:
    """Lets scenarios that are played together pass time together.

    Args:
        move: moves the one clock; what it raises is raised to each scenario that wanted that instant.
        players: how many scenarios take part; time stands still until each waits or has ended.
    """

    def __init__(self, move: Callable[[datetime], Awaitable[None]], players: int) -> None:
        self._move = move
        self._players = players
        self._waiting: list[tuple[datetime, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def player(self) -> AsyncIterator[None]:
        """Take part until the block ends, however it ends."""
        try:
            yield
        finally:
            self._players -= 1
            await self._go_on()

    async def reach(self, instant: datetime) -> None:
        """Return once the clock stands at `instant`."""
        reached = asyncio.get_running_loop().create_future()
        self._waiting.append((instant, reached))
        await self._go_on()
        await reached

    async def _go_on(self) -> None:
        if not self._waiting or len(self._waiting) < self._players:
            return
        earliest = min(instant for instant, _ in self._waiting)
        there = [reached for instant, reached in self._waiting if instant == earliest]
        self._waiting = [(instant, reached) for instant, reached in self._waiting if instant != earliest]
        try:
            await self._move(earliest)
        except Exception as fault:  # noqa: BLE001 - whoever wanted that instant is told
            for reached in there:
                reached.set_exception(fault)
            return
        for reached in there:
            reached.set_result(None)
