"""The writer on PostgreSQL: asyncpg's own connection, and few statements for each table."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from gateway.record.engine import AWAY
from gateway.record.loaded import Loaded
from gateway.record.marks import MARKS
from gateway.record.pending import Mark, Pending
from gateway.record.places import Place
from gateway.record.port import Needs, RecordUnavailable
from gateway.record.rows import Family, Order
from gateway.record.shapes import Projection, Row, Shape, Shapes, Values
from gateway.record.writer import CommitConflict
from gateway.record.writes import Inserts, Plan, plan

# Held from before a commit's first numbered row until the commit is done, so that numbers become visible in their
# order, whatever number of processes writes: a reader who has seen number 7 has seen all below it.
# The value says "OSSG".
_NUMBERING_LOCK = 0x4F535347

# Beside the hash of a Premises' or partner's name: the places there are one process's to decide by.
_PLACES_LOCK = 0x504C

# From so many rows on COPY pays: half the processor time for a row, here and in the server, for one more journey.
_WORTH_A_COPY = 8

# Classes of SQLSTATE that say "these rows not, or not now": data, integrity, rollback by the database.
_CONFLICTS = ("22", "23", "40")

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class PostgresWriter:
    """Writes through one connection of the engine's pool, which it keeps until it is closed or lost."""

    def __init__(self, engine: AsyncEngine, shapes: Shapes) -> None:
        self._engine = engine
        self._shapes = shapes
        self._pooled: AsyncConnection | None = None
        self._connection: Any = None
        self._in_transaction = False

    async def begin(self, needs: Needs) -> Loaded:
        """Open a transaction; load what `needs` names and lock it against other processes."""
        try:
            return await self._guarded(self._begin, needs)
        except RecordUnavailable:
            # Nothing is written yet: a connection that died while it was idle costs nobody an answer.
            return await self._guarded(self._begin, needs)

    async def finish(self, pending: Pending) -> None:
        """Write all and commit."""
        await self._guarded(self._finish, plan(self._shapes, pending), pending.marks)

    async def abandon(self) -> None:
        """Roll back the open transaction, if there is one."""
        if self._in_transaction:
            await self._guarded(self._rollback)

    async def close(self) -> None:
        """Give the connection back to the pool."""
        if self._pooled is not None:
            await self._pooled.close()
            self._pooled = self._connection = None

    async def _guarded(
        self, action: Callable[Given, Awaitable[Answer]], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        try:
            return await action(*args, **kwargs)
        except asyncpg.PostgresError as refused:
            if str(refused.sqlstate or "").startswith(_CONFLICTS):
                raise CommitConflict(str(refused)) from refused
            await self._drop()
            raise RecordUnavailable(f"the database refuses: {refused}") from refused
        except AWAY as lost:
            await self._drop()
            raise RecordUnavailable(f"the database cannot be reached: {lost}") from lost

    async def _drop(self) -> None:
        """Throw the connection away, and the idle ones of the pool, which may be lost for the same reason."""
        pooled, self._pooled, self._connection = self._pooled, None, None
        self._in_transaction = False
        if pooled is not None:
            await pooled.invalidate()
            await pooled.close()
            await self._engine.dispose()

    async def _begin(self, needs: Needs) -> Loaded:
        if self._pooled is None:
            self._pooled = await self._engine.connect()
            self._connection = (await self._pooled.get_raw_connection()).driver_connection
        if self._in_transaction:
            await self._rollback()
        await self._connection.execute("BEGIN")
        self._in_transaction = True
        return await _Load(self._connection, self._shapes).of(needs)

    async def _rollback(self) -> None:
        self._in_transaction = False
        await self._connection.execute("ROLLBACK")

    async def _finish(self, planned: Plan, marks: Sequence[Mark]) -> None:
        connection = self._connection
        for inserts in planned.first:
            await _insert(connection, inserts)
        for updates in planned.updates:
            status = await connection.execute(_update_sql(updates.of, updates.guard), *updates.columns)
            if _count(status) != len(updates.columns[0]):
                raise CommitConflict(f"a row of {updates.of.table} has changed or gone since it was read")
        for mark in marks:
            await _write_mark(connection, mark)
            if mark.must and mark.count != len(mark.rows):
                raise CommitConflict(f"{mark.name}: its row has changed since it was looked up")
        if planned.last:
            await connection.execute("SELECT pg_advisory_xact_lock($1)", _NUMBERING_LOCK)
        for inserts in planned.last:
            await _insert(connection, inserts)
        await connection.execute("COMMIT")
        self._in_transaction = False


class _Load:
    """Loads what a batch needs; orders first and locked, so that what hangs on them is read as the lock keeps it."""

    def __init__(self, connection: Any, shapes: Shapes) -> None:
        self._connection = connection
        self._shapes = shapes

    async def of(self, needs: Needs) -> Loaded:
        shapes = self._shapes
        keys = [(key.pon, key.partner_id, str(key.family)) for key in needs.natural_keys]
        by_key = await self._where(shapes.orders, ("pon", "partner_id", "family"), keys, lock=True)
        by_id = await self._where(shapes.orders, ("id",), _ones(needs.order_ids), lock=True)
        orders = {order.id: order for order in (*by_key, *by_id)}
        known = [(order.pon, order.partner_id, str(order.family)) for order in by_key]
        return Loaded(
            orders=list(orders.values()),
            submissions=sorted(
                (
                    *await self._where(shapes.submitted, ("pon", "partner_id", "family"), known),
                    *await self._where(
                        shapes.submitted, ("partner_id", "idempotency_key"), list(needs.idempotency_keys)
                    ),
                ),
                key=attrgetter("ver"),
            ),
            clocks=await self._either(shapes.clocks, needs.clock_ids, orders, "state = 'open'"),
            work=sorted(
                await self._either(shapes.outbox, needs.work_ids, orders, "state <> 'settled'"), key=attrgetter("seq")
            ),
            notices=await self._where(shapes.notices, ("id",), _ones(needs.notice_ids), lock=True),
            decisions=await self._where(shapes.decisions, ("id",), _ones(needs.decision_ids)),
            places=await self._places(needs, orders.values()),
        )

    async def _places(self, needs: Needs, orders: Iterable[Order]) -> list[Place]:
        """Give the places, no other process deciding by them until this commit is done; locked in one order."""
        for name in sorted((*needs.premises, *needs.applicants)):
            await self._connection.execute("SELECT pg_advisory_xact_lock($1, hashtext($2))", _PLACES_LOCK, name)
        places = self._shapes.places
        own = [order.id for order in orders if order.family is Family.COLLOCATION]
        return [
            *await self._where(places, ("id",), _ones(own)),
            *await self._where(places, ("premises",), _ones(needs.premises)),
            *await self._where(places, ("partner_id",), _ones(needs.applicants)),
        ]

    async def _either(self, shape: Shape[Row], ids: Iterable[str], orders: Iterable[str], open_only: str) -> list[Row]:
        by_id = await self._where(shape, ("id",), _ones(ids), lock=True)
        return [*by_id, *await self._where(shape, ("order_id",), _ones(orders), f"WHERE {open_only}", lock=True)]

    async def _where(
        self, shape: Shape[Row], columns: tuple[str, ...], keys: list[Values], where: str = "", *, lock: bool = False
    ) -> list[Row]:
        """Give the rows whose `columns` equal one of `keys`; locks in one order, lest processes block each other."""
        if not keys:
            return []
        sql = _select_sql(shape.table, shape.selected, columns, where, lock)
        return [shape.row(found) for found in await self._connection.fetch(sql, *zip(*keys, strict=True))]


async def _insert(connection: Any, inserts: Inserts) -> None:
    into, rows = inserts.into, list(zip(*inserts.columns, strict=True))
    if inserts.replaces or len(rows) < _WORTH_A_COPY:
        await connection.executemany(_insert_sql(into, inserts.replaces), rows)
    else:
        await connection.copy_records_to_table(into.table, records=rows, columns=into.columns)


@lru_cache(maxsize=64)
def _select_sql(table: str, selected: str, columns: tuple[str, ...], where: str, lock: bool) -> str:  # noqa: FBT001 - part of the cache's key
    arrays = ", ".join(f"${position}::text[]" for position in range(1, len(columns) + 1))
    matches = " AND ".join(f"{table}.{name} = wanted.{name}" for name in columns)
    sql = f"SELECT {selected} FROM unnest({arrays}) AS wanted ({', '.join(columns)}) JOIN {table} ON {matches} {where}"  # noqa: S608 - names of our own tables
    return f"{sql} ORDER BY {table}.id FOR NO KEY UPDATE OF {table}" if lock else sql


@lru_cache(maxsize=64)
def _insert_sql(into: Projection, replaces: bool) -> str:  # noqa: FBT001 - part of the cache's key
    given = ", ".join(f"${position}" for position in range(1, len(into.columns) + 1))
    sql = f"INSERT INTO {into.table} ({', '.join(into.columns)}) VALUES ({given})"  # noqa: S608 - names of our own tables
    if replaces:
        sql += f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in into.columns)}"
    return sql


@lru_cache(maxsize=64)
def _update_sql(of: Projection, guard: str | None) -> str:
    *changed, key = [f"{name} = given.{name}{cast}" for name, (_, cast) in zip(of.columns, _types(of), strict=True)]
    where = f"{of.table}.{key}" + (f" AND {of.table}.{guard} = given.guard" if guard else "")
    return f"UPDATE {of.table} SET {', '.join(changed)} FROM {_given(of, guard)} WHERE {where}"  # noqa: S608 - names of our own tables


def _given(projection: Projection, guard: str | None = None) -> str:
    """Give the parameters as a table `given`: one array a column."""
    types = [array for array, _ in _types(projection)] + (["bigint"] if guard else [])
    names = [*projection.columns, *(["guard"] if guard else [])]
    arrays = ", ".join(f"${position}::{array}[]" for position, array in enumerate(types, 1))
    return f"unnest({arrays}) AS given ({', '.join(names)})"


def _types(projection: Projection) -> Iterable[tuple[str, str]]:
    """Give for each column the type of its array, and the cast to its own; JSON travels as text."""
    for name in projection.type_names:
        yield ("text", "::jsonb") if name == "JSONB" else (name, "")


async def _write_mark(connection: Any, mark: Mark) -> None:
    sql = MARKS[mark.name].replace("?", "$")
    if len(mark.rows) == 1:
        mark.count = _count(await connection.execute(sql, *mark.rows[0]))
    else:
        await connection.executemany(sql, mark.rows)
        mark.count = len(mark.rows)


def _count(status: str) -> int:
    """Read the number of rows out of a command tag such as `UPDATE 3`."""
    return int(status.rsplit(" ", 1)[1])


def _ones(ids: Iterable[str]) -> list[Values]:
    return [(one,) for one in ids]
