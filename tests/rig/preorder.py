"""Pre-order on a record and the shipped territory, without a door."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from gateway.clock import Clock
from gateway.metrics import Metrics
from gateway.preorder.port import BundledTerritory, ReferenceData
from gateway.preorder.territory import Territory
from gateway.preorder.territory_files import read_files
from gateway.record.holds import HoldBook
from gateway.record.preorder import PreOrderReads
from gateway.record.sql import SqlRecord
from gateway.services.customer_records import CustomerRecords
from gateway.services.desk import Desk
from gateway.services.holds import Holds, HoldTerms
from gateway.services.preorder import QUERIES, AnyQuery, PreOrder, answered_of_record
from gateway.services.query_log import QueryLog
from validators.bundled import bundled_path

HOLD_TERMS = HoldTerms(numbers=timedelta(hours=24), appointments=timedelta(minutes=30))
_QUERIES: dict[str, AnyQuery] = {query.name: query for query in QUERIES}


@lru_cache(maxsize=1)
def shipped_territory() -> Territory:
    """Give the territory that is shipped; read once for all tests of a process."""
    return Territory(read_files(bundled_path("config") / "territory"))


@dataclass(frozen=True, slots=True)
class Counter:
    """Where questions are asked."""

    preorder: PreOrder
    book: HoldBook
    reads: PreOrderReads
    log: QueryLog
    clock: Clock

    async def ask(self, name: str, question: dict[str, Any], partner: str = "sawtooth") -> Any:
        """Ask as a partner."""
        query: Any = _QUERIES[name]
        return await self.preorder.ask(query, query.question.model_validate(question), partner, f"key of {partner}")


@asynccontextmanager
async def open_counter(
    record: SqlRecord, desk: Desk, clock: Clock, sources: ReferenceData | None = None
) -> AsyncIterator[Counter]:
    """Open pre-order on a record."""
    sources = sources or BundledTerritory(shipped_territory())
    book, reads, log = HoldBook(record), PreOrderReads(record), QueryLog(record, clock)
    holds = Holds(book, sources, clock, desk.ids, HOLD_TERMS)
    customers = CustomerRecords(record, reads, sources, clock, desk.ids)
    preorder = PreOrder(record, desk, sources, answered_of_record(holds, customers), log, clock, Metrics())
    yield Counter(preorder, book, reads, log, clock)
    await sources.close()
