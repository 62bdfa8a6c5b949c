"""Moves a clock that is set by hand, stopping at each deadline on the way, so that everything fires at its own time."""

from datetime import datetime

from gateway.clock import ManualClock
from gateway.record.port import Record
from gateway.services.clock_keeper import ClockKeeper
from gateway.services.register_keeper import RegisterKeeper


class TimeTravel:
    """For demonstrations and test environments: days pass in a moment and leave the same record as real ones."""

    def __init__(
        self, clock: ManualClock, record: Record, keeper: ClockKeeper, followers: RegisterKeeper | None = None
    ) -> None:
        self._clock = clock
        self._record = record
        self._keeper = keeper
        self._followers = followers

    async def to(self, target: datetime) -> int:
        """Move to `target` and give how many clocks fired on the way.

        Raises:
            ValueError: `target` lies before the present.
        """
        fired = 0
        while (stop := await self._next_stop(target)) < target:
            await self._stop_at(stop)
            fired += await self._keeper.fire_due()
        await self._stop_at(target)
        while looked := await self._keeper.fire_due():
            fired += looked
        return fired

    async def _next_stop(self, target: datetime) -> datetime:
        counts = await self._record.clock_counts(self._clock.now())
        stops = (counts.next_at, None if self._followers is None else self._followers.next_at)
        soonest = min((stop for stop in stops if stop is not None), default=target)
        return max(soonest, self._clock.now())

    async def _stop_at(self, instant: datetime) -> None:
        self._clock.move_to(instant)
        if self._followers is not None:
            await self._followers.keep_up()
