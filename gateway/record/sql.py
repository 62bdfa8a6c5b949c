"""The system of record on SQL: `SqlRecord` is `port.Record` on PostgreSQL and on SQLite."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.record import queries, rows, tables
from gateway.record.audit import AuditTrail
from gateway.record.batches import BatchRecord
from gateway.record.commit import GroupCommit
from gateway.record.engine import AWAY, open_engine, sqlite_opener
from gateway.record.pending import Mark
from gateway.record.people import PeopleRecord
from gateway.record.places import PlacesRecord
from gateway.record.port import ClockCounts, Command, OrderQuery, RecordUnavailable, Result, WorkCounts
from gateway.record.postgres_writer import PostgresWriter
from gateway.record.registers import RegisterRecord
from gateway.record.retention import RetentionRecord
from gateway.record.rows import WorkState
from gateway.record.shapes import Shapes
from gateway.record.sqlite_writer import SqliteWriter
from gateway.record.webhooks import WebhookRecord
from gateway.record.writer import Writer

Row = TypeVar("Row")


def open_record(url: str) -> "SqlRecord":
    """Give the record at `url` (`sqlite:///FILE` or `postgresql://…`); it connects when it is first used.

    Raises:
        ValueError: the URL is not of PostgreSQL or a SQLite file.
    """
    return SqlRecord(open_engine(url))


def _writer(engine: AsyncEngine) -> Writer:
    shapes = Shapes(engine.dialect)
    if engine.dialect.name == "sqlite":
        return SqliteWriter(sqlite_opener(engine.url), shapes)
    return PostgresWriter(engine, shapes)


class SqlRecord:
    """`port.Record` on one engine of `open_engine`, which it disposes of when it is closed."""

    def __init__(self, engine: AsyncEngine, writer: Writer | None = None) -> None:
        self.engine = engine
        self.audit = AuditTrail(self)
        self.webhooks = WebhookRecord(self)
        self.people = PeopleRecord(self)
        self.places = PlacesRecord(self)
        self.registers = RegisterRecord(self)
        self.batches = BatchRecord(self)
        self.retention = RetentionRecord(self)
        self._commits = GroupCommit(writer or _writer(engine))

    async def commit(self, command: Command[Result]) -> Result:
        """Carry out `command` durably, together with those that wait at the same time."""
        answer: Result = await self._commits.commit(command)
        return answer

    async def order(self, order_id: str) -> rows.Order | None:
        """Give one order."""
        return await self._one(rows.Order, sa.select(tables.orders).where(tables.orders.c.id == order_id))

    async def orders(self, query: OrderQuery) -> Sequence[rows.Order]:
        """Give a page of orders, by id."""
        return await self._all(rows.Order, queries.orders_page(query))

    async def submissions(self, order_id: str) -> Sequence[rows.Submission]:
        """Give the messages of an order, oldest first."""
        return await self._all(rows.Submission, queries.submissions_of(order_id))

    async def events(self, order_id: str) -> Sequence[rows.Event]:
        """Give what happened to an order, in order, but not what concerns another partner than its own."""
        return await self._all(rows.Event, queries.events_of(order_id))

    async def events_after(self, seq: int, limit: int) -> Sequence[rows.Event]:
        """Give the events after a number; no lower number appears later."""
        return await self._all(rows.Event, queries.events_page(seq, limit))

    async def reported_events(self, partner_id: str, since: datetime, until: datetime) -> Sequence[rows.Event]:
        """Give a partner's completions and losses recorded from `since` until before `until`, oldest first."""
        return await self._all(rows.Event, queries.reported_events(partner_id, since, until))

    async def clocks(self, order_id: str) -> Sequence[rows.OpenClock]:
        """Give all clocks of an order, stopped ones too, by due time."""
        of_order = sa.select(tables.clocks).where(tables.clocks.c.order_id == order_id)
        return await self._all(rows.OpenClock, of_order.order_by(tables.clocks.c.due_at, tables.clocks.c.id))

    async def near_clocks(
        self, until: datetime, limit: int, *, hidden_product: str | None = None
    ) -> Sequence[rows.OpenClock]:
        """Give open clocks that are due at or before `until`, by due time, but none of a hidden product's orders."""
        return await self._all(rows.OpenClock, queries.near_clocks(until, limit, hidden_product=hidden_product))

    async def due_clock_ids(
        self, now: datetime, limit: int, partner_id: str | None = None
    ) -> Sequence[tuple[str, str]]:
        """Give (clock id, order id) of clocks that must be looked at."""
        return await self._all(_pair, queries.due_clock_ids(now, limit, partner_id))

    async def next_clock_of(self, partner_id: str) -> datetime | None:
        """Give when a partner's next clock must be looked at."""
        ((first,),) = await self._all(_as_they_are, queries.next_clock_of(partner_id))
        return first if isinstance(first, datetime) else None

    async def notices(
        self, partner_id: str, after: int, limit: int, *, unacknowledged: bool = False
    ) -> Sequence[rows.Notice]:
        """Give a page of a mailbox; no notice appears later under a lower cursor than one already given."""
        page = queries.notices_page(partner_id, after, limit, unacknowledged=unacknowledged)
        return await self._all(rows.Notice, page)

    async def order_notices(self, order_id: str) -> Sequence[rows.Notice]:
        """Give the notices of an order to its own partner, oldest first."""
        return await self._all(rows.Notice, queries.notices_of(order_id))

    async def notice(self, notice_id: str) -> rows.Notice | None:
        """Give one notice."""
        return await self._one(rows.Notice, sa.select(tables.notices).where(tables.notices.c.id == notice_id))

    async def pending_work(self, limit: int) -> Sequence[rows.WorkItem]:
        """Give outbox rows that wait to be sent, oldest first."""
        return await self._all(rows.WorkItem, queries.work_in(WorkState.PENDING).limit(limit))

    async def sent_work(self, after: int, limit: int, sent_before: datetime) -> Sequence[rows.SentWork]:
        """Give rows sent before an instant and not settled, by `seq`, after the given one."""
        return await self._all(rows.SentWork, queries.sent_work(after, limit, sent_before))

    async def dead_work(self, limit: int) -> Sequence[rows.WorkItem]:
        """Give dead outbox rows, oldest first."""
        return await self._all(rows.WorkItem, queries.work_in(WorkState.DEAD).limit(limit))

    async def mark_sent(self, sent: Iterable[tuple[str, str]], at: datetime) -> None:
        """Note (work id, stream entry id) pairs as sent; settled and dead rows stay as they are."""
        await self.mark("sent", [(at, entry_id, work_id) for work_id, entry_id in sent])

    async def settle(self, work_ids: Iterable[str], at: datetime) -> None:
        """Note that the back end has confirmed these; the instant stands in the event that goes with it."""
        del at
        await self.mark("settled", [(work_id,) for work_id in work_ids])

    async def mark_pending(self, work_ids: Iterable[str]) -> None:
        """Have unsettled rows, dead ones too, sent again."""
        await self.mark("pending", [(work_id,) for work_id in work_ids])

    async def mark_dead(self, dead: Iterable[tuple[str, str]]) -> None:
        """Note (work id, reason) pairs as dead, unless they are settled."""
        await self.mark("dead", [(reason, work_id) for work_id, reason in dead])

    async def partner(self, partner_id: str) -> rows.Partner | None:
        """Give one trading partner."""
        return await self._one(rows.Partner, sa.select(tables.partners).where(tables.partners.c.id == partner_id))

    async def partners(self) -> Sequence[rows.Partner]:
        """Give all trading partners, by id."""
        return await self._all(rows.Partner, sa.select(tables.partners).order_by(tables.partners.c.id))

    async def credential(self, key_hash: str) -> rows.Credential | None:
        """Give the credential with that hash, expired and revoked ones too."""
        by_hash = sa.select(tables.credentials).where(tables.credentials.c.key_hash == key_hash)
        return await self._one(rows.Credential, by_hash)

    async def credentials(self) -> Sequence[rows.Credential]:
        """Give all credentials, by id."""
        return await self._all(rows.Credential, sa.select(tables.credentials).order_by(tables.credentials.c.id))

    async def forget_tokens(self, expired_at: datetime) -> int:
        """Delete access tokens that ended at an instant or before, and give how many."""
        return await self.mark("tokens-forgotten", [(expired_at,)])

    async def work_counts(self) -> WorkCounts:
        """Count the unsettled work."""
        (counts,) = await self._all(WorkCounts, queries.work_counts())
        return counts

    async def clock_counts(self, now: datetime) -> ClockCounts:
        """Count the open clocks and those past due."""
        ((will_fire, ran_out, past_due, first),) = await self._all(_as_they_are, queries.clock_counts(now))
        return ClockCounts(open=will_fire + ran_out, overdue=ran_out + past_due, next_at=first)

    async def undelivered_notices(self) -> int:
        """Count notices that no CLEC has acknowledged."""
        waiting = tables.notices.c.acknowledged_at.is_(None)
        (count,) = await self._all(int, sa.select(sa.func.count()).select_from(tables.notices).where(waiting))
        return count

    async def lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take or renew the lease `name`; False while another holder has it and it has not run out."""
        return await self.mark("lease", [(name, holder, now, until)]) == 1

    async def ping(self) -> None:
        """Ask the database for a sign of life."""
        await self._all(int, sa.select(sa.literal(1)))

    async def close(self) -> None:
        """Finish the commits that were handed in, refuse further ones, close connections."""
        await self._commits.close()
        await self.engine.dispose()

    async def read(self, build: Callable[..., Row], statement: sa.Select[Any]) -> list[Row]:
        """Give the rows of a statement on a table that stands beside the orders, each made by `build`."""
        return await self._all(build, statement)

    async def mark(self, name: str, marked: list[tuple[Any, ...]]) -> int:
        """Carry out a guarded statement (`marks.py`) for each of these rows, and give how many rows it changed."""
        if not marked:
            return 0
        mark = Mark(name, marked)
        await self._commits.commit(mark)
        return mark.count

    async def _one(self, build: Callable[..., Row], statement: sa.Select[Any]) -> Row | None:
        found = await self._all(build, statement)
        return found[0] if found else None

    async def _all(self, build: Callable[..., Row], statement: sa.Select[Any]) -> list[Row]:
        """Read. After the database was away, the first connection of the pool still is: one more try gets a new one."""
        try:
            found = await self._fetch(statement)
        except sa.exc.DBAPIError as lost:
            if not lost.connection_invalidated:
                raise RecordUnavailable(f"the database refuses to read: {lost.orig}") from lost
            found = await self._fetch_again(statement)
        except AWAY as away:
            raise RecordUnavailable(f"the database cannot be reached: {away}") from away
        return [build(*values) for values in found]

    async def _fetch_again(self, statement: sa.Select[Any]) -> Sequence[Sequence[Any]]:
        try:
            return await self._fetch(statement)
        except AWAY as away:
            raise RecordUnavailable(f"the database cannot be reached: {away}") from away

    async def _fetch(self, statement: sa.Select[Any]) -> Sequence[Sequence[Any]]:
        async with self.engine.connect() as connection:
            found: Sequence[Sequence[Any]] = (await connection.execute(statement)).fetchall()
            return found


def _pair(first: str, second: str) -> tuple[str, str]:
    return first, second


def _as_they_are(*values: Any) -> tuple[Any, ...]:
    return values
