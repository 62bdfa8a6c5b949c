"""A turn at a task for one gateway process at a time, held in the record and renewed before it runs out."""

from datetime import datetime, timedelta

from gateway.clock import Clock
from gateway.queue.outbox import Outbox


class Lease:
    """The turn `name` for this process, known as `holder`."""

    def __init__(self, outbox: Outbox, clock: Clock, name: str, holder: str, lasts: timedelta) -> None:
        self._outbox = outbox
        self._clock = clock
        self._name = name
        self._holder = holder
        self._lasts = lasts
        self._renew_at: datetime | None = None

    async def held(self) -> bool:
        """Tell whether this process has the turn; asks the record only once a third of the term has gone by.

        Raises:
            RecordUnavailable: the record cannot be reached.
        """
        now = self._clock.now()
        if self._renew_at is not None and now < self._renew_at:
            return True
        self._renew_at = None
        if not await self._outbox.lease(self._name, self._holder, now, now + self._lasts):
            return False
        self._renew_at = now + self._lasts / 3
        return True

    async def release(self) -> None:
        """Give the turn up, so that the next process need not wait for its end.

        Raises:
            RecordUnavailable: the record cannot be reached; the turn ends by itself.
        """
        if self._renew_at is not None:
            self._renew_at = None
            now = self._clock.now()
            await self._outbox.lease(self._name, self._holder, now, now)
