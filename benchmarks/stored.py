"""A record full of orders: one order that the gateway took, copied in the database by the million."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.record import tables

_BODY_BYTES = 200
"""Copies keep that much of their document, so that a million fits everywhere; no index holds documents."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What the two databases write differently."""

    numbers: str
    """A row `n` for each number from 1 to `:copies`."""
    later: str
    """An instant that is `n` seconds after one of next year."""
    settle: tuple[str, ...]
    """What months of running would have done: pages written to their place, statistics taken."""


_DIALECTS = {
    "sqlite": _Dialect(
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :copies)",
        "strftime('%Y-%m-%dT%H:%M:%S.000000Z', '2031-01-01', '+' || n || ' seconds')",
        ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"),
    ),
    "postgresql": _Dialect(
        "WITH numbers AS (SELECT generate_series(1, :copies) AS n)",
        "timestamptz '2031-01-01' + n * interval '1 second'",
        ("VACUUM ANALYZE", "CHECKPOINT"),
    ),
}


async def multiply(
    connection: AsyncConnection, copies: int, otherwise: Mapping[sa.Table, Mapping[str, str]] = MappingProxyType({})
) -> None:
    """Copy the one order on record `copies` times, with its submission, history, notices, clocks and settled work.

    Args:
        connection: to the database; what is written is committed.
        copies: how many.
        otherwise: by table, SQL for columns in which copy number `n` is to differ from the others.
    """
    dialect = _DIALECTS[connection.dialect.name]
    number = _number(connection.dialect.name)
    copied = {"id": f"id || {number}", "order_id": f"order_id || {number}"}
    plans: dict[sa.Table, Mapping[str, str]] = {
        tables.orders: {"id": copied["id"], "pon": f"'M' || {number}", "submission_id": f"submission_id || {number}"},
        tables.submissions: {
            **copied,
            "pon": f"'M' || {number}",
            "body": f"substr(body, 1, {_BODY_BYTES})",
            "idempotency_key": "NULL",
        },
        tables.events: copied,
        tables.notices: copied,
        tables.clocks: {**copied, "next_at": dialect.later, "due_at": dialect.later},
        tables.outbox: {**copied, "state": "'settled'"},
    }
    for table, changed in plans.items():
        differing = {**changed, **otherwise.get(table, {})}
        await connection.execute(sa.text(_copy(table, differing, dialect)), {"copies": copies})
    await connection.commit()
    await connection.execution_options(isolation_level="AUTOCOMMIT")
    for statement in dialect.settle:
        await connection.execute(sa.text(statement))


def _number(dialect: str) -> str:
    """Give the SQL of a number of fixed width."""
    return "printf('%09d', n)" if dialect == "sqlite" else "lpad(n::text, 9, '0')"


def _copy(table: sa.Table, changed: Mapping[str, str], dialect: _Dialect) -> str:
    """Give the statement that copies the rows of `table`; numbers that the database counts up are left to it."""
    columns = [column.name for column in table.columns if column.identity is None]
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return (
        f"{_with_first(dialect.numbers, table)} INSERT INTO {table.name} ({names}) SELECT {values} FROM first, numbers"  # noqa: S608 - names of our own tables
    )


def _with_first(numbers: str, table: sa.Table) -> str:
    """Read the rows to copy before any copy is written."""
    return f"{numbers}, first AS MATERIALIZED (SELECT * FROM {table.name} WHERE 1 = 1)"  # noqa: S608 - as above
