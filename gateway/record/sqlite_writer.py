"""The writer on SQLite: the standard library's connection in one thread of its own.

A batch crosses into the thread twice, once to load and once to write. In there a statement carries up to 64 rows: every
step of a statement gives up the interpreter lock and must win it back from the event loop, which is what a row by row
`executemany` would pay for each row.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar

from gateway.record.loaded import Loaded
from gateway.record.marks import MARKS
from gateway.record.pending import Mark, Pending
from gateway.record.port import Needs, RecordUnavailable
from gateway.record.rows import Family, Order
from gateway.record.shapes import Row, Shape, Shapes, Values
from gateway.record.types import instant_text
from gateway.record.writer import CommitConflict
from gateway.record.writes import Inserts, Plan, Updates, plan

_CHUNK = 64
_CACHED_STATEMENTS = 256

Given = ParamSpec("Given")
Result = TypeVar("Result")


class SqliteWriter:
    """Writes to one SQLite file; `open_connection` is called in the writer's thread at the first use."""

    def __init__(self, open_connection: Callable[[], sqlite3.Connection], shapes: Shapes) -> None:
        self._open = open_connection
        self._shapes = shapes
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="record-writer")
        self._connection: sqlite3.Connection | None = None

    async def begin(self, needs: Needs) -> Loaded:
        """Open a transaction that holds the write lock, and load what `needs` names."""
        return await self._in_thread(self._begin, needs)

    async def finish(self, pending: Pending) -> None:
        """Write all and commit."""
        await self._in_thread(self._finish, plan(self._shapes, pending), pending.marks)

    async def abandon(self) -> None:
        """Roll back the open transaction, if there is one."""
        if self._connection is not None and self._connection.in_transaction:
            await self._in_thread(self._connection.rollback)

    async def close(self) -> None:
        """Close the connection and end the thread."""
        if self._connection is not None:
            await self._in_thread(self._connection.close)
            self._connection = None
        self._thread.shutdown(wait=False)

    async def _in_thread(self, function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
        del kwargs
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, function, *args)
        except (sqlite3.OperationalError, OSError) as away:
            raise RecordUnavailable(f"the database file cannot be used: {away}") from away
        except sqlite3.Error as refused:
            raise CommitConflict(str(refused)) from refused

    def _begin(self, needs: Needs) -> Loaded:
        if self._connection is None:
            self._connection = self._open()
        connection = self._connection
        if connection.in_transaction:
            connection.rollback()
        connection.execute("BEGIN IMMEDIATE")
        return _Load(connection, self._shapes).of(needs)

    def _finish(self, planned: Plan, marks: Sequence[Mark]) -> None:
        connection = self._connection
        if connection is None:
            raise RecordUnavailable("no transaction is open")
        for inserts in planned.first:
            _insert(connection, inserts)
        for updates in planned.updates:
            _update(connection, updates)
        for mark in marks:
            cursor = connection.executemany(MARKS[mark.name], map(_as_text, mark.rows))
            mark.count = cursor.rowcount
            if mark.must and mark.count != len(mark.rows):
                raise sqlite3.IntegrityError(f"{mark.name}: its row has changed since it was looked up")
        for inserts in planned.last:
            _insert(connection, inserts)
        connection.commit()


class _Load:
    """Loads what a batch needs."""

    def __init__(self, connection: sqlite3.Connection, shapes: Shapes) -> None:
        self._connection = connection
        self._shapes = shapes

    def of(self, needs: Needs) -> Loaded:
        shapes = self._shapes
        keys = [(key.pon, key.partner_id, str(key.family)) for key in needs.natural_keys]
        by_key = list(self._where(shapes.orders, "(pon, partner_id, family)", keys))
        orders = {order.id: order for order in (*by_key, *self._where(shapes.orders, "id", _ones(needs.order_ids)))}
        of_orders = _ones(orders)
        known = [(order.pon, order.partner_id, str(order.family)) for order in by_key]
        return Loaded(
            orders=list(orders.values()),
            submissions=sorted(
                (
                    *self._where(shapes.submitted, "(pon, partner_id, family)", known),
                    *self._where(
                        shapes.submitted,
                        "(partner_id, idempotency_key)",
                        list(needs.idempotency_keys),
                        " AND idempotency_key IS NOT NULL",  # as the index has it, which is not used otherwise
                    ),
                ),
                key=attrgetter("ver"),
            ),
            clocks=[
                *self._where(shapes.clocks, "id", _ones(needs.clock_ids)),
                *self._where(shapes.clocks, "order_id", of_orders, " AND state = 'open'"),
            ],
            work=sorted(
                (
                    *self._where(shapes.outbox, "id", _ones(needs.work_ids)),
                    *self._where(shapes.outbox, "order_id", of_orders, " AND state <> 'settled'"),
                ),
                key=attrgetter("seq"),
            ),
            notices=list(self._where(shapes.notices, "id", _ones(needs.notice_ids))),
            decisions=list(self._where(shapes.decisions, "id", _ones(needs.decision_ids))),
            places=[
                *self._where(shapes.places, "id", _ones(_held_by(orders.values()))),
                *self._where(shapes.places, "premises", _ones(needs.premises)),
                *self._where(shapes.places, "partner_id", _ones(needs.applicants)),
            ],
        )

    def _where(self, shape: Shape[Row], columns: str, keys: Sequence[Values], and_also: str = "") -> Iterator[Row]:
        """Give the rows whose `columns` equal one of `keys`; the last is repeated to reach one of few lengths."""
        for start in range(0, len(keys), _CHUNK):
            chunk = list(keys[start : start + _CHUNK])
            chunk += [chunk[-1]] * ((1 << (len(chunk) - 1).bit_length()) - len(chunk))
            values = _marks_for(len(chunk[0]), len(chunk))
            # A row value IN (VALUES …) makes SQLite read the whole table; IN (SELECT …) lets it use the index.
            sql = (
                f"SELECT {shape.selected} FROM {shape.table} "  # noqa: S608 - names of our own tables
                f"WHERE {columns} IN (SELECT * FROM (VALUES {values})){and_also}"
            )
            for found in self._connection.execute(sql, _flat(chunk)).fetchall():
                yield shape.row(found)


def _insert(connection: sqlite3.Connection, inserts: Inserts) -> None:
    """Insert with statements of 64, 32, … 1 rows, so that few statements serve every length."""
    into, left = inserts.into, len(inserts.columns[0])
    rows = zip(*inserts.columns, strict=True)
    while left:
        count = min(_CHUNK, 1 << (left.bit_length() - 1))
        connection.execute(_insert_sql(into.table, into.columns, count, inserts.replaces), _flat(islice(rows, count)))
        left -= count


def _update(connection: sqlite3.Connection, updates: Updates) -> None:
    of = updates.of
    *changed, key = of.columns
    guard = f" AND {updates.guard} = ?" if updates.guard else ""
    sql = f"UPDATE {of.table} SET {', '.join(f'{name} = ?' for name in changed)} WHERE {key} = ?{guard}"  # noqa: S608 - names of our own tables
    if connection.executemany(sql, zip(*updates.columns, strict=True)).rowcount != len(updates.columns[0]):
        raise sqlite3.IntegrityError(f"a row of {of.table} has changed or gone since it was read")


@lru_cache(maxsize=_CACHED_STATEMENTS)
def _insert_sql(table: str, columns: tuple[str, ...], count: int, replaces: bool) -> str:  # noqa: FBT001 - part of the cache's key
    values = _marks_for(len(columns), count)
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}"  # noqa: S608 - names of our own tables
    if replaces:
        sql += f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in columns)}"
    return sql


@lru_cache(maxsize=_CACHED_STATEMENTS)
def _marks_for(width: int, count: int) -> str:
    return ", ".join([f"({', '.join('?' * width)})"] * count)


def _flat(rows: Iterable[Values]) -> list[Any]:
    return list(chain.from_iterable(rows))


def _held_by(orders: Iterable[Order]) -> list[str]:
    """Give the ids of the requests that may have a place at a Premises."""
    return [order.id for order in orders if order.family is Family.COLLOCATION]


def _ones(ids: Iterable[str]) -> list[Values]:
    return [(one,) for one in ids]


def _as_text(row: Values) -> Values:
    return tuple(instant_text(value) if isinstance(value, datetime) else value for value in row)
