"""Puts the parts of the queue together, for the composition root and for commands that look at a queue from outside."""

from dataclasses import dataclass

from gateway.clock import Clock
from gateway.queue.claims import WorkClaims
from gateway.queue.decisions import DecisionReader, Handling
from gateway.queue.lease import Lease
from gateway.queue.outbox import Outbox
from gateway.queue.relay import Relay
from gateway.queue.streams import Streams, connect
from gateway.queue.sweep import Sweep
from gateway.queue.terms import QueueTerms
from gateway.queue.wakeup import Wakeup


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of one environment over one record."""

    outbox: Outbox
    streams: Streams
    sweep: Sweep
    claims: WorkClaims
    wakeup: Wakeup
    clock: Clock
    terms: QueueTerms

    def relay(self, holder: str) -> Relay:
        """Give the relay of a gateway process; `holder` names the process among those on the same record."""
        return Relay(
            self.outbox,
            self.streams,
            self.sweep,
            self._lease("relay", holder),
            self.clock,
            self.wakeup,
            self.terms,
        )

    def decision_reader(self, holder: str, handling: Handling) -> DecisionReader:
        """Give the reader of the decision stream of a gateway process."""
        return DecisionReader(self.streams, handling, self._lease("decisions", holder), self.clock, self.terms)

    async def close(self) -> None:
        """Close the connections to Redis; the record stays open."""
        await self.streams.close()

    def _lease(self, name: str, holder: str) -> Lease:
        return Lease(self.outbox, self.clock, name, holder, self.terms.lease)


def open_queue(outbox: Outbox, redis_url: str, environment: str, clock: Clock, terms: QueueTerms) -> Queue:
    """Give the queue at `redis_url`; it connects when it is first used.

    Args:
        outbox: the record.
        redis_url: `redis://…` or `unix://…`.
        environment: prefix of the stream names.
        clock: paces retries and sweeps and dates what the queue notes.
        terms: sizes and times.
    """
    streams = Streams(connect(redis_url), environment)
    wakeup = Wakeup(clock)
    return Queue(
        outbox=outbox,
        streams=streams,
        sweep=Sweep(outbox, streams, clock, wakeup, terms),
        claims=WorkClaims(outbox, streams, terms),
        wakeup=wakeup,
        clock=clock,
        terms=terms,
    )
