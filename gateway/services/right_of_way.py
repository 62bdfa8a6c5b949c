"""Who goes first: single orders, which somebody waits for, before the requests of batch files, which nobody watches.

Both are judged on one loop and share commits. So a batch goes on at full speed while no single order is about; as long
as there are any, it takes one request at a time and then rests a multiple of the time that this took.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from gateway.clock import Clock

_ABOUT: Final = timedelta(seconds=1)
"""How long after a single order the next is expected."""
_RESTS: Final = 3
"""A batch beside single orders has a quarter of the time at most."""
_LONGEST_REST: Final = timedelta(milliseconds=250)
"""However busy the loop is, a batch takes a request that often, so that it ends."""


class RightOfWay:
    """Keeps account of the single orders that are being taken, and lets batches rest meanwhile."""

    def __init__(self, machine: Clock) -> None:
        self._machine = machine
        self._under_way = 0
        self._last: datetime | None = None

    @contextmanager
    def single(self) -> Iterator[None]:
        """Count a single order in while it is taken."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._last = self._machine.now()

    @property
    def busy(self) -> bool:
        """Whether single orders are about."""
        return self._under_way > 0 or (self._last is not None and self._machine.now() - self._last < _ABOUT)

    def now(self) -> datetime:
        """Give the instant from which a stretch of work is measured."""
        return self._machine.now()

    async def rest(self, began: datetime) -> None:
        """Rest from work that began then, if single orders are about."""
        now = self._machine.now()
        if self.busy:
            await self._machine.wait_until(now + min((now - began) * _RESTS, _LONGEST_REST))
