"""Work for back ends that speak HTTP: the same stream and group as for those that read Redis, settled in the record."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gateway.queue.names import BACKEND_GROUP, work_stream
from gateway.queue.outbox import Outbox
from gateway.queue.streams import Entry, QueueUnavailable, Streams
from gateway.queue.terms import QueueTerms
from gateway.record.port import Changes, Needs, OnRecord
from gateway.record.rows import Family, Json, WorkItem, WorkState


@dataclass(frozen=True, slots=True)
class Settle:
    """Settles one work item; the result is the row as it stood before, None if there is none."""

    work_id: str

    @property
    def needs(self) -> Needs:
        """The row."""
        return Needs(work_ids=frozenset({self.work_id}))

    def decide(self, on_record: OnRecord) -> tuple[WorkItem | None, Changes]:
        """Settle it unless it is settled."""
        row = on_record.work(self.work_id)
        if row is None or row.state is WorkState.SETTLED:
            return row, Changes()
        return row, Changes(work=[replace(row, state=WorkState.SETTLED, reason=None)])


@dataclass(frozen=True, slots=True)
class Settled:
    """Tells which of some work items are settled or unknown to the record; changes nothing."""

    work_ids: frozenset[str]

    @property
    def needs(self) -> Needs:
        """The rows."""
        return Needs(work_ids=self.work_ids)

    def decide(self, on_record: OnRecord) -> tuple[frozenset[str], Changes]:
        """Give the ids of those that nobody needs to work any more."""
        rows = {work_id: on_record.work(work_id) for work_id in self.work_ids}
        done = frozenset(work_id for work_id, row in rows.items() if row is None or row.state is WorkState.SETTLED)
        return done, Changes()


class WorkClaims:
    """Claims and acknowledgements of a back end over HTTP."""

    def __init__(self, outbox: Outbox, streams: Streams, terms: QueueTerms) -> None:
        self._outbox = outbox
        self._streams = streams
        self._terms = terms

    async def claim(self, family: Family, consumer: str, limit: int) -> Sequence[Json]:
        """Give up to `limit` work items as CloudEvents: first those that another claimed and left too long, then new.

        An item is the claimer's until it is acknowledged, decided, or held longer than the term for claims. What Redis
        has lost appears again once the relay has sent it again.

        Raises:
            QueueUnavailable: Redis cannot be reached.
            RecordUnavailable: the record cannot be reached.
        """
        stream = work_stream(family)
        entries = await self._streams.claim(stream, BACKEND_GROUP, f"http-{consumer}", limit, self._terms.stale_after)
        events = {entry: _event(entry) for entry in entries}
        done = await self._outbox.commit(Settled(frozenset(str(event["id"]) for event in events.values())))
        over = [entry.id for entry, event in events.items() if event["id"] in done]
        await self._streams.acknowledge(stream, BACKEND_GROUP, over)
        return [event for event in events.values() if event["id"] not in done]

    async def acknowledge(self, work_id: str) -> bool:
        """Settle a work item for good; False if there is none of that id. A second time changes nothing.

        Raises:
            RecordUnavailable: the record cannot be reached; nothing is settled.
        """
        row = await self._outbox.commit(Settle(work_id))
        if row is None:
            return False
        if row.entry_id is not None:
            await self._clear(row.stream, row.entry_id)
        return True

    async def _clear(self, stream: str, entry_id: str) -> None:
        """Take the entry out of the stream if that can be done: the record has the item settled, and claims skip it."""
        try:
            await self._streams.acknowledge(stream, BACKEND_GROUP, [entry_id])
        except QueueUnavailable:
            return


def _event(entry: Entry) -> Json:
    event: Json = json.loads(entry.text)
    return event
