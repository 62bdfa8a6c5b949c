"""Batch files in the record: the file as it came, and what became of each request in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from gateway.record.audit import Reads
from gateway.record.rows import Json
from gateway.record.tables import metadata
from gateway.record.types import Choice, Instant, JsonObject


class BatchState(StrEnum):
    """Where a batch stands."""

    RECEIVED = "received"
    """It is on record; its requests are being processed, or will be."""
    DONE = "done"
    """Each of its requests was processed."""
    REFUSED = "refused"
    """It cannot be taken apart, so nothing in it was processed."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One file. It is known by its bytes: the same file of a partner is one batch for ever."""

    id: str
    partner_id: str
    name: str
    """The file's name, empty where it came without."""
    body: bytes = field(repr=False)
    received_at: datetime
    state: BatchState
    total: int | None
    """Requests in it; None until it was taken apart."""
    told: Json
    """`{"faults": [...]}` of a refused file."""
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BatchResultRow:
    """What became of one request of a batch: written once it was processed."""

    id: str
    """Batch and number: `bat_…:00001`, so that a request has one result for ever."""
    batch_id: str
    number: int
    outcome: str
    """`accepted`, `deferred`, `rejected`, `duplicate`, `out-of-sequence`, `unreadable` or `refused`."""
    order_id: str | None
    told: Json
    """PON, VER, the provider's number, row, findings."""


batches = sa.Table(
    "batches",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("partner_id", sa.Text, sa.ForeignKey("partners.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("state", Choice(BatchState), nullable=False),
    sa.Column("total", sa.Integer),
    sa.Column("told", JsonObject, nullable=False),
    sa.Column("finished_at", Instant),
    sa.Index(None, "state", "received_at"),
    sa.Index(None, "partner_id", "received_at"),
)
batch_results = sa.Table(
    "batch_results",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("batch_id", sa.Text, sa.ForeignKey("batches.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text),
    sa.Column("told", JsonObject, nullable=False),
    sa.Index(None, "batch_id", "number"),
)


class BatchRecord:
    """Reads the batches. All methods may raise `RecordUnavailable`; a command writes rows in `Changes.beside`."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def batch(self, batch_id: str) -> BatchRow | None:
        """Give one batch."""
        found = await self._record.read(BatchRow, sa.select(batches).where(batches.c.id == batch_id))
        return found[0] if found else None

    async def waiting(self) -> Sequence[str]:
        """Give the ids of batches that are not finished, the oldest first."""
        columns = batches.c
        waiting = sa.select(columns.id).where(columns.state == BatchState.RECEIVED)
        return await self._record.read(str, waiting.order_by(columns.received_at, columns.id))

    async def of_partner(self, partner_id: str, after: str | None, limit: int) -> Sequence[BatchRow]:
        """Give a page of a partner's batches, the newest first, without their files; `after` is the last one's id."""
        columns = batches.c
        shown: list[Any] = [sa.literal(b"").label("body") if one is columns.body else one for one in columns]
        mine = sa.select(*shown).where(columns.partner_id == partner_id)
        if after is not None:
            others = batches.alias("others")
            last = sa.select(others.c.received_at).where(others.c.id == after).scalar_subquery()
            as_old = sa.and_(columns.received_at == last, columns.id < after)
            mine = mine.where(sa.or_(columns.received_at < last, as_old))
        newest = mine.order_by(columns.received_at.desc(), columns.id.desc()).limit(limit)
        return await self._record.read(BatchRow, newest)

    async def results(self, batch_id: str, after: int = 0, limit: int | None = None) -> Sequence[BatchResultRow]:
        """Give the results of a batch so far, by number; those with a number above `after`, at most `limit`."""
        columns = batch_results.c
        found = sa.select(batch_results).where(columns.batch_id == batch_id, columns.number > after)
        return await self._record.read(BatchResultRow, found.order_by(columns.number).limit(limit))

    async def processed(self, batch_id: str) -> frozenset[int]:
        """Give the numbers of the requests that have their result."""
        found = sa.select(batch_results.c.number).where(batch_results.c.batch_id == batch_id)
        return frozenset(await self._record.read(int, found))

    async def processed_of(self, batch_ids: Sequence[str]) -> dict[str, int]:
        """Count the results of each of some batches; one without any is left out."""
        columns: tuple[Any, ...] = (batch_results.c.batch_id, sa.func.count())
        counted = sa.select(*columns).where(batch_results.c.batch_id.in_(batch_ids))
        return dict(await self._record.read(_pair, counted.group_by(batch_results.c.batch_id)))

    async def counts(self, batch_id: str) -> dict[str, int]:
        """Count the results of a batch by outcome."""
        columns: tuple[Any, ...] = (batch_results.c.outcome, sa.func.count())
        counted = sa.select(*columns).where(batch_results.c.batch_id == batch_id).group_by(batch_results.c.outcome)
        return dict(await self._record.read(_pair, counted))


def _pair(outcome: str, count: int) -> tuple[str, int]:
    return outcome, count
