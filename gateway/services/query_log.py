"""The log of pre-order queries that PO-1 is reckoned from: gathered, and written once a second, or sooner if many."""

from datetime import timedelta
from typing import Final

import structlog

from gateway.clock import Clock
from gateway.queue.wakeup import Wakeup
from gateway.record.port import Record, RecordUnavailable
from gateway.record.preorder import QueryEntry
from gateway.services.customer_records import WriteBeside

_EVERY: Final = timedelta(seconds=1)
_MANY: Final = 200
"""Entries that do not wait for the second to end: thousands in one commit would hold up the answers meanwhile."""
_MOST: Final = 20_000
"""Entries that wait for a database that is away; beyond it the oldest are dropped, and that is logged."""

log = structlog.get_logger("gateway.query_log")


class QueryLog:
    """Gathers entries. An answer does not wait for its entry: a crash loses those of the last second at most."""

    def __init__(self, record: Record, machine: Clock) -> None:
        self._record = record
        self._machine = machine
        self._bell = Wakeup(machine)
        self._waiting: list[QueryEntry] = []

    def note(self, entry: QueryEntry) -> None:
        """Take an entry."""
        self._waiting.append(entry)
        if len(self._waiting) == _MANY:
            self._bell.ring()

    async def write(self) -> None:
        """Write what waits. What cannot be written waits on, up to a bound.

        Raises:
            RecordUnavailable: the database is away.
        """
        if not self._waiting:
            return
        entries, self._waiting = self._waiting, []
        try:
            await self._record.commit(WriteBeside(tuple(entries)))
        except RecordUnavailable:
            kept = [*entries, *self._waiting]
            self._waiting = kept[-_MOST:]
            if len(kept) > _MOST:
                log.warning("entries of the query log are lost", count=len(kept) - _MOST)
            raise

    async def run(self) -> None:
        """Write once a second, or as soon as many wait, until cancelled, and then the rest."""
        try:
            while True:
                await self._bell.rest(self._machine.now() + _EVERY)
                await self._try()
        finally:
            await self._try()

    async def _try(self) -> None:
        try:
            await self.write()
        except RecordUnavailable as away:
            log.warning("the query log waits for the record", error=str(away))
