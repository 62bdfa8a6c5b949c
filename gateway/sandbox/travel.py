"""Moves one partner's clock, stopping at each of its deadlines and scripted answers, so that all comes at its time."""

import asyncio
from collections import defaultdict
from datetime import datetime

from gateway.record.port import OrderQuery, Record
from gateway.record.sandbox_times import KeptTimes
from gateway.sandbox.back_end import ScriptedBackEnd
from gateway.sandbox.times import PartnerTimes
from gateway.services.clock_keeper import ClockKeeper
from gateway.services.register_keeper import RegisterKeeper


class PartnerTravel:
    """72 hours or 120 Days pass in a moment, for one partner and nobody else."""

    def __init__(
        self,
        times: PartnerTimes,
        kept: KeptTimes,
        record: Record,
        keeper: ClockKeeper,
        back_end: ScriptedBackEnd,
        followers: RegisterKeeper | None = None,
    ) -> None:
        self._times = times
        self._kept = kept
        self._record = record
        self._keeper = keeper
        self._back_end = back_end
        self._followers = followers
        self._under_way: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def stands(self, partner_id: str) -> datetime:
        """Give where a partner's clock stands."""
        return self._times.of(partner_id).now()

    async def to(self, partner_id: str, target: datetime) -> int:
        """Move a partner's clock to `target` and give how much came due on the way: clocks and scripted answers.

        A partner without any order may set its clock back, too.

        Raises:
            ValueError: `target` lies before the partner's present, and it has orders.
            RecordUnavailable: the clock stands where it came to.
        """
        async with self._under_way[partner_id]:
            if target < self.stands(partner_id):
                return await self._begin_at(partner_id, target)
            came_due = 0
            while (stop := await self._next_stop(partner_id, target)) < target:
                came_due += await self._at(partner_id, stop)
            while looked := await self._at(partner_id, target):
                came_due += looked
            return came_due

    async def _begin_at(self, partner_id: str, target: datetime) -> int:
        if await self._record.orders(OrderQuery(partner_id, limit=1)):
            stands = self.stands(partner_id).isoformat()
            raise ValueError(f"your clock stands at {stands} and cannot go back: you have orders from before then")
        await self._kept.keep(partner_id, target)
        self._times.start(partner_id, target)
        return 0

    async def _at(self, partner_id: str, instant: datetime) -> int:
        clock = self._times.of(partner_id)
        if instant > clock.now():
            await self._kept.keep(partner_id, instant)
            clock.move_to(instant)
        if self._followers is not None:
            await self._followers.keep_up()
        # The answer first: one that comes at the last instant is still in time.
        answered = await self._back_end.answer_due(partner_id)
        return answered + await self._keeper.fire_due(partner_id)

    async def _next_stop(self, partner_id: str, target: datetime) -> datetime:
        stops = (await self._record.next_clock_of(partner_id), await self._back_end.next_answer(partner_id))
        soonest = min((stop for stop in stops if stop is not None), default=target)
        return max(soonest, self.stands(partner_id))
