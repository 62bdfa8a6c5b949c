"""Carries outbox rows to Redis, at least once, in order for each order; by one gateway process at a time."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import groupby

import structlog

from gateway.clock import Clock
from gateway.queue.backoff import Backoff
from gateway.queue.envelope import numbered
from gateway.queue.lease import Lease
from gateway.queue.names import GROUPS
from gateway.queue.outbox import Outbox
from gateway.queue.streams import Generation, QueueUnavailable, Streams
from gateway.queue.sweep import Sweep
from gateway.queue.terms import QueueTerms
from gateway.queue.wakeup import Wakeup
from gateway.record.port import RecordUnavailable
from gateway.record.rows import WorkItem

log = structlog.get_logger("gateway.queue")


class Relay:
    """The task that empties the outbox and sweeps. Intake rings `wakeup` after its commit and never waits for Redis."""

    def __init__(
        self,
        outbox: Outbox,
        streams: Streams,
        sweep: Sweep,
        lease: Lease,
        clock: Clock,
        wakeup: Wakeup,
        terms: QueueTerms,
    ) -> None:
        self._outbox = outbox
        self._streams = streams
        self._sweep = sweep
        self._lease = lease
        self._clock = clock
        self._wakeup = wakeup
        self._terms = terms
        self._backoff = Backoff(terms.first_backoff, terms.longest_backoff)
        self._run_id: str | None = None
        self._sweep_at: datetime | None = None

    async def run(self) -> None:
        """Relay and sweep until cancelled; failures of Redis or the record are waited out, with growing pauses."""
        try:
            while True:
                await self._go_on()
        finally:
            with suppress(RecordUnavailable):
                await self._lease.release()

    async def _go_on(self) -> None:
        try:
            moved = await self.step()
        except (QueueUnavailable, RecordUnavailable) as error:
            log.warning("relay waits", why=str(error))
            await self._clock.wait_until(self._clock.now() + self._backoff.next_wait())
        except Exception:  # a relay that ended would leave orders lying while intake goes on
            log.exception("relay failed")
            await self._clock.wait_until(self._clock.now() + self._backoff.next_wait())
        else:
            self._backoff.succeeded()
            if not moved:
                await self._wakeup.rest(self._clock.now() + self._terms.tick)

    async def step(self) -> int:
        """Send one batch and sweep when it is time; give how much was moved: 0 means that there is time to rest.

        Raises:
            QueueUnavailable: nothing that was read as pending is marked; it will be sent again.
            RecordUnavailable: what was sent may not be marked; it will be sent again under the same ids.
        """
        if not await self._lease.held():
            self._run_id = None
            return 0
        await self._look_for_loss(await self._streams.generation())
        sent = await self._send(await self._outbox.pending_work(self._terms.batch))
        return sent + await self._sweep_in_time()

    async def _look_for_loss(self, generation: Generation) -> None:
        """When Redis was restarted, replaced or emptied, send the lost rows before any newer one of the same order."""
        if generation.intact and generation.run_id == self._run_id:
            return
        self._run_id = None  # a failure below leaves the loss still to be looked for
        await self._streams.make_groups(GROUPS)
        swept = await self._sweep.whole()
        log.info("queue checked", run_id=generation.run_id, looked_at=swept.looked_at, sent_again=swept.sent_again)
        self._run_id = generation.run_id

    async def _send(self, rows: Sequence[WorkItem]) -> int:
        by_stream = sorted(rows, key=lambda row: (row.stream, row.seq))
        for stream, some in groupby(by_stream, key=lambda row: row.stream):
            batch = list(some)
            entry_ids = await self._streams.add(stream, [numbered(row.envelope, row.seq) for row in batch])
            sent = zip((row.id for row in batch), entry_ids, strict=True)
            await self._outbox.mark_sent(list(sent), self._clock.now())
        return len(rows)

    async def _sweep_in_time(self) -> int:
        now = self._clock.now()
        if self._sweep_at is not None and now < self._sweep_at:
            return 0
        swept = await self._sweep.step()
        if swept.settled or swept.sent_again:
            return swept.settled + swept.sent_again
        self._sweep_at = now + self._terms.tick
        return 0
