"""A record and a Redis in memory, as far as the relay needs them; each can be told to fail."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from gateway.queue.names import BACKEND_GROUP
from gateway.queue.outbox import Result
from gateway.queue.streams import EntryState, Generation, QueueUnavailable, Standing, Streams
from gateway.record.port import Command, RecordUnavailable
from gateway.record.rows import SentWork, WorkItem, WorkState

FRIDAY = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)


def work(number: int, order: str = "ord_1") -> WorkItem:
    """Make a pending row."""
    envelope = json.dumps({"id": f"wrk_{number}", "subject": order})
    return WorkItem(f"wrk_{number}", "work:lsr", order, "clec", "01", envelope, FRIDAY, seq=number)


class MemoryOutbox:
    """The rows by id; `down` names the methods that fail."""

    def __init__(self, *rows: WorkItem) -> None:
        self.rows = {row.id: row for row in rows}
        self.leases: dict[str, tuple[str, datetime]] = {}
        self.down: set[str] = set()

    def states(self) -> dict[str, str]:
        """Give the state of each row."""
        return {row.id: row.state.value for row in self.rows.values()}

    async def pending_work(self, limit: int) -> Sequence[WorkItem]:
        """As the port says."""
        self._reach("pending_work")
        return [row for row in self.rows.values() if row.state is WorkState.PENDING][:limit]

    async def sent_work(self, after: int, limit: int, sent_before: datetime) -> Sequence[SentWork]:
        """As the port says."""
        self._reach("sent_work")
        sent = [row for row in self.rows.values() if row.state is WorkState.SENT and row.seq > after]
        found = [row for row in sent if row.sent_at is not None and row.sent_at < sent_before][:limit]
        return [SentWork(row.seq, row.id, row.stream, row.order_id, row.entry_id) for row in found]

    async def dead_work(self, limit: int) -> Sequence[WorkItem]:
        """As the port says."""
        return [row for row in self.rows.values() if row.state is WorkState.DEAD][:limit]

    async def mark_sent(self, sent: Iterable[tuple[str, str]], at: datetime) -> None:
        """As the port says."""
        self._reach("mark_sent")
        for work_id, entry_id in sent:
            self._set(work_id, state=WorkState.SENT, entry_id=entry_id, sent_at=at)

    async def settle(self, work_ids: Iterable[str], at: datetime) -> None:
        """As the port says."""
        del at
        self._reach("settle")
        for work_id in work_ids:
            self._set(work_id, state=WorkState.SETTLED)

    async def mark_pending(self, work_ids: Iterable[str]) -> None:
        """As the port says."""
        self._reach("mark_pending")
        for work_id in work_ids:
            self._set(work_id, state=WorkState.PENDING)

    async def mark_dead(self, dead: Iterable[tuple[str, str]]) -> None:
        """As the port says."""
        self._reach("mark_dead")
        for work_id, reason in dead:
            self._set(work_id, state=WorkState.DEAD, reason=reason)

    async def lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """As the port says."""
        self._reach("lease")
        other, ends = self.leases.get(name, (holder, now))
        if other != holder and ends > now:
            return False
        self.leases[name] = (holder, until)
        return True

    async def commit(self, command: Command[Result]) -> Result:
        """Not needed here."""
        raise NotImplementedError

    def _set(self, work_id: str, **changed: Any) -> None:
        if self.rows[work_id].state is not WorkState.SETTLED:
            self.rows[work_id] = replace(self.rows[work_id], **changed)

    def _reach(self, method: str) -> None:
        if method in self.down:
            raise RecordUnavailable(method)


class MemoryStreams(Streams):
    """Entries by stream; acknowledged ones are in `acknowledged`. `down` names the methods that fail."""

    def __init__(self) -> None:
        self.entries: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self.acknowledged: set[str] = set()
        self.standings: dict[str, Standing] = {}
        self.dead: list[Mapping[str, Any]] = []
        self.run_id = "run-1"
        self.intact = False
        self.down: set[str] = set()
        self.last = 0

    def events(self) -> list[str]:
        """Give the ids of the events in all streams, in their order."""
        return [event["id"] for _, event in self.entries.values()]

    async def generation(self) -> Generation:
        """As the adapter says."""
        self._reach("generation")
        return Generation(self.run_id, self.intact)

    async def make_groups(self, streams: Iterable[str]) -> None:
        """As the adapter says."""
        del streams
        self.intact = True

    async def add(self, stream: str, events: Sequence[str]) -> list[str]:
        """As the adapter says."""
        self._reach("add")
        ids = []
        for event in events:
            self.last += 1
            ids.append(f"{self.last}-0")
            self.entries[ids[-1]] = (stream, json.loads(event))
        return ids

    async def standing(self, stream: str, group: str, entry_ids: Sequence[str]) -> list[Standing]:
        """As the adapter says; an entry that is there waits unless the test says otherwise."""
        assert ("work:lsr", BACKEND_GROUP) == (stream, group)
        self._reach("standing")
        return [self._stands(entry_id) for entry_id in entry_ids]

    async def acknowledge(self, stream: str, group: str, entry_ids: Sequence[str]) -> None:
        """As the adapter says."""
        del stream, group
        self._reach("acknowledge")
        for entry_id in entry_ids:
            self.entries.pop(entry_id, None)

    async def bury(self, stream: str, group: str, entry_id: str, letter: Mapping[str, Any]) -> None:
        """As the adapter says."""
        await self.acknowledge(stream, group, [entry_id])
        self.dead.append(letter)

    async def delivered(self, streams: Sequence[str]) -> dict[str, str]:
        """As the adapter says; nothing is delivered here as far as tidying goes."""
        del streams
        return {}

    def deliver(self, entry_id: str, times: int, idle: timedelta) -> None:
        """Have the back end read an entry that many times and leave it."""
        self.standings[entry_id] = Standing(EntryState.DELIVERED, times, idle)

    def lose(self) -> None:
        """Forget everything, groups included, as FLUSHALL does."""
        self.entries.clear()
        self.intact = False

    def _stands(self, entry_id: str) -> Standing:
        if entry_id not in self.entries:
            return Standing(EntryState.GONE)
        if entry_id in self.acknowledged:
            return Standing(EntryState.ACKNOWLEDGED)
        return self.standings.get(entry_id, Standing(EntryState.WAITING))

    def _reach(self, method: str) -> None:
        if method in self.down:
            raise QueueUnavailable(method)
