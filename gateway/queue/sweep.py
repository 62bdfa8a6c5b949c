"""Compares what was sent with what stands in the streams: settles, sends again, gives up. SQL is the truth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

import structlog

from gateway.clock import Clock
from gateway.queue.dead_letters import DeadLetter, DeadLetterLimit
from gateway.queue.names import BACKEND_GROUP, WORK_STREAMS
from gateway.queue.outbox import Outbox
from gateway.queue.streams import EntryState, Standing, Streams
from gateway.queue.terms import QueueTerms
from gateway.queue.tidy import Round
from gateway.queue.wakeup import Wakeup
from gateway.record.rows import SentWork

log = structlog.get_logger("gateway.queue")

_ALL_SENT = timedelta(seconds=1)
"""Rows sent "before now and this": also those that were sent at this very instant of a clock that stands."""
_DEAD_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Swept:
    """What one look at sent rows did; `held_back` would be dead letters but for the limit."""

    looked_at: int = 0
    settled: int = 0
    sent_again: int = 0
    dead: int = 0
    held_back: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        """Give both together."""
        return Swept(
            self.looked_at + other.looked_at,
            self.settled + other.settled,
            self.sent_again + other.sent_again,
            self.dead + other.dead,
            self.held_back + other.held_back,
        )


class Sweep:
    """Walks over the sent and unsettled rows, a page a step. May raise `QueueUnavailable` and `RecordUnavailable`."""

    def __init__(self, outbox: Outbox, streams: Streams, clock: Clock, wakeup: Wakeup, terms: QueueTerms) -> None:
        self._outbox = outbox
        self._streams = streams
        self._clock = clock
        self._wakeup = wakeup
        self._terms = terms
        self._limit = DeadLetterLimit(terms.dead_count, terms.dead_window)
        self._after = 0
        self._round = Round({})

    async def step(self) -> Swept:
        """Look at the next page of sent rows; after the last one tidy up, and begin anew with the next step."""
        if self._after == 0:
            self._round = Round(await self._streams.delivered(WORK_STREAMS))
        after, self._after = self._after, 0  # after a failure below the round begins anew: it must have seen every row
        rows = await self._outbox.sent_work(after, self._terms.page, self._clock.now() + _ALL_SENT)
        swept = await self._look_at(rows)
        if len(rows) == self._terms.page:
            self._after = rows[-1].seq
        else:
            await self._tidy()
        return swept

    async def whole(self) -> Swept:
        """Look at every sent row: what must be done when Redis may have lost entries, before anything newer is sent."""
        self._after = 0
        swept = await self.step()
        while self._after:
            swept += await self.step()
        return swept

    async def replay(self) -> int:
        """Have every sent and unsettled row sent again, whether its entry is there or not; give their number."""
        again = 0
        after = 0
        until = self._clock.now() + _ALL_SENT
        while rows := await self._outbox.sent_work(after, self._terms.page, until):
            await self._outbox.mark_pending([row.id for row in rows])
            again, after = again + len(rows), rows[-1].seq
        self._wakeup.ring()
        return again

    async def retry_dead(self, work_ids: Iterable[str] | None = None) -> int:
        """Have dead rows sent again, all of them if none is named; give the number of those that were dead."""
        dead = {row.id for row in await self._outbox.dead_work(_DEAD_PAGE)}
        chosen = dead if work_ids is None else dead.intersection(work_ids)
        await self._outbox.mark_pending(sorted(chosen))
        self._wakeup.ring()
        return len(chosen)

    async def _tidy(self) -> None:
        for stream, bound in self._round.bounds().items():
            await self._streams.trim(stream, bound)

    async def _look_at(self, rows: Sequence[SentWork]) -> Swept:
        swept = Swept(looked_at=len(rows))
        by_stream = sorted(rows, key=lambda row: row.stream)
        for stream, some in groupby(by_stream, key=lambda row: row.stream):
            swept += await self._look_at_stream(stream, list(some))
        if swept.sent_again or swept.dead or swept.held_back:
            log.warning("queue swept", sent_again=swept.sent_again, dead=swept.dead, held_back=swept.held_back)
        return swept

    async def _look_at_stream(self, stream: str, rows: Sequence[SentWork]) -> Swept:
        with_entry = [row for row in rows if row.entry_id is not None]
        standings = await self._streams.standing(stream, BACKEND_GROUP, [row.entry_id or "" for row in with_entry])
        found = dict(zip((row.id for row in with_entry), standings, strict=True))
        gone = Standing(EntryState.GONE)
        stands = [(row, found.get(row.id, gone)) for row in rows]
        self._round.saw(stream, stands)
        settled = await self._settle(stream, [row for row, at in stands if at.state is EntryState.ACKNOWLEDGED])
        again = await self._send_again([row for row, at in stands if at.state is EntryState.GONE], rows)
        dead, held_back = await self._give_up([(row, at) for row, at in stands if self._worn_out(at)])
        return Swept(settled=settled, sent_again=again, dead=dead, held_back=held_back)

    async def _settle(self, stream: str, rows: Sequence[SentWork]) -> int:
        """Settle first, then clear the stream: a crash in between leaves an acknowledged entry, which hurts nobody."""
        if rows:
            await self._outbox.settle([row.id for row in rows], self._clock.now())
            await self._streams.acknowledge(stream, BACKEND_GROUP, [row.entry_id for row in rows if row.entry_id])
        return len(rows)

    async def _send_again(self, lost: Sequence[SentWork], rows: Sequence[SentWork]) -> int:
        """Send lost rows again, each with the later ones of its order on the page: the last word stays last."""
        if not lost:
            return 0
        first_lost: dict[str, int] = {}
        for row in lost:
            first_lost[row.order_id] = min(row.seq, first_lost.get(row.order_id, row.seq))
        again = [row.id for row in rows if row.seq >= first_lost.get(row.order_id, row.seq + 1)]
        await self._outbox.mark_pending(again)
        return len(again)

    def _worn_out(self, at: Standing) -> bool:
        delivered = at.state is EntryState.DELIVERED
        return delivered and at.deliveries >= self._terms.attempts and at.idle >= self._terms.stale_after

    async def _give_up(self, worn_out: Sequence[tuple[SentWork, Standing]]) -> tuple[int, int]:
        """Mark in the record first: a crash in between leaves a row that `dead list` shows, none that is forgotten."""
        now, dead = self._clock.now(), 0
        for row, at in worn_out:
            if not self._limit.allows(now):
                break
            reason = f"delivered {at.deliveries} times without acknowledgement"
            await self._outbox.mark_dead([(row.id, reason)])
            letter = DeadLetter(row.stream, row.entry_id or "", await self._text(row), reason, at.deliveries, now)
            await self._streams.bury(row.stream, BACKEND_GROUP, letter.entry_id, letter.fields())
            self._limit.count(now)
            dead += 1
        return dead, len(worn_out) - dead

    async def _text(self, row: SentWork) -> str:
        """Give the envelope of a row that was just marked dead."""
        return next((dead.envelope for dead in await self._outbox.dead_work(_DEAD_PAGE) if dead.id == row.id), "")
