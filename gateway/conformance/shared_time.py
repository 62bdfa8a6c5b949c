"""One clock for many scenarios: it moves to the earliest time that any of them waits for, once all of them wait."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from datetime import datetime


class SharedTime:
    """Lets scenarios that are played together pass time together.

    Args:
        move: moves the one clock, or where each CLEC has its own those of the keys that it is given; what it raises is
            raised to each scenario that wanted that instant.
        players: how many scenarios take part; time stands still until each waits or has ended.
    """

    def __init__(self, move: Callable[[datetime, Collection[str]], Awaitable[None]], players: int) -> None:
        self._move = move
        self._players = players
        self._waiting: list[tuple[datetime, frozenset[str], asyncio.Future[None]]] = []

    @asynccontextmanager
    async def player(self) -> AsyncIterator[None]:
        """Take part until the block ends, however it ends."""
        try:
            yield
        finally:
            self._players -= 1
            await self._go_on()

    async def reach(self, instant: datetime, whose: Iterable[str] = ()) -> None:
        """Return once the clock stands at `instant`, or where each CLEC has its own, the clocks of `whose` keys do."""
        reached = asyncio.get_running_loop().create_future()
        self._waiting.append((instant, frozenset(whose), reached))
        await self._go_on()
        await reached

    async def _go_on(self) -> None:
        if not self._waiting or len(self._waiting) < self._players:
            return
        earliest = min(instant for instant, _, _ in self._waiting)
        there = [waiting for waiting in self._waiting if waiting[0] == earliest]
        self._waiting = [waiting for waiting in self._waiting if waiting[0] != earliest]
        try:
            await self._move(earliest, frozenset[str]().union(*(whose for _, whose, _ in there)))
        except Exception as fault:  # noqa: BLE001 - whoever wanted that instant is told
            for _, _, reached in there:
                reached.set_exception(fault)
            return
        for _, _, reached in there:
            reached.set_result(None)
