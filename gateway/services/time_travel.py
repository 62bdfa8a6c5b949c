"""Moves a clock that is set by hand, stopping at each deadline on the way, so that everything fires at its own time."""

from datetime import datetime

from gateway.clock import ManualClock
from gateway.record.port import Record
from gateway.services.clock_keeper import ClockKeeper


class TimeTravel:
    """For demonstrations and test environments: days pass in a moment and leave the same record as real ones."""

    def __init__(self, clock: ManualClock, record: Record, keeper: ClockKeeper) -> None:
        self._clock = clock
        self._record = record
        self._keeper = keeper

    async def to(self, target: datetime) -> int:
        """Move to `target` and give how many clocks fired on the way.

        Raises:
            ValueError: `target` lies before the present.
        """
        fired = 0
        while (stop := await self._next_stop(target)) < target:
            self._clock.move_to(stop)
            fired += await self._keeper.fire_due()
        self._clock.move_to(target)
        while looked := await self._keeper.fire_due():
            fired += looked
        return fired

    async def _next_stop(self, target: datetime) -> datetime:
        counts = await self._record.clock_counts(self._clock.now())
        return target if counts.next_at is None else max(counts.next_at, self._clock.now())
