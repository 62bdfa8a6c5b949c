"""Engines for the two databases, opened with the durability that the record promises."""

import sqlite3
from collections.abc import Callable
from typing import Any

import asyncpg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from gateway.record.types import dumps

# Raised when a database cannot be reached or does not let us in; connecting lets asyncpg's own errors through.
AWAY = (sa.exc.SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)

_BUSY_MS = 5_000
_DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
}
_TRANSACTIONS = {"postgresql": "READ COMMITTED", "sqlite": "SERIALIZABLE"}
_OPENING_TRIES = 10
_PRAGMAS = (
    # WAL: readers and the one writer do not wait for each other. FULL: a commit is on the disk before it is answered.
    f"PRAGMA busy_timeout = {_BUSY_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",
)


def database_url(text: str) -> sa.URL:
    """Read a database URL; `postgresql://…` and `sqlite:///…` get the driver that the record uses.

    Raises:
        ValueError: it is no URL of PostgreSQL or SQLite.
    """
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError as wrong:
        raise ValueError(f"not a database URL: {text!r}") from wrong
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise ValueError(f"the record stands on PostgreSQL or SQLite, not on {url.get_backend_name()!r}")
    return url.set(drivername=driver)


def open_engine(url: str, *, pool_size: int = 8) -> AsyncEngine:
    """Give the engine of a database, for single reads (`in_transactions` for others); nothing is connected yet.

    Raises:
        ValueError: the URL is not of PostgreSQL or a SQLite file.
    """
    parsed = database_url(url)
    options: dict[str, Any] = {
        "json_serializer": dumps,
        # A read is one statement and needs no transaction around it; without one it takes half the journeys.
        "isolation_level": "AUTOCOMMIT",
        "skip_autocommit_rollback": True,
        "pool_size": pool_size,
        "max_overflow": 4,
        "pool_timeout": 10,
    }
    if parsed.get_backend_name() == "postgresql":
        return create_async_engine(parsed, connect_args=_postgres_arguments(), **options)
    if parsed.database in (None, "", ":memory:"):
        raise ValueError("the record wants a SQLite file: its writer and its readers are separate connections")
    engine = create_async_engine(parsed, connect_args={"timeout": _BUSY_MS / 1000}, **options)
    sa.event.listen(engine.sync_engine, "connect", _prepare)
    return engine


def in_transactions(engine: AsyncEngine) -> AsyncEngine:
    """Give the same engine with transactions, for migrations."""
    return engine.execution_options(isolation_level=_TRANSACTIONS[engine.dialect.name])


def sqlite_opener(url: sa.URL) -> Callable[[], sqlite3.Connection]:
    """Give the function that opens the writer's connection of a SQLite file."""

    def open_connection() -> sqlite3.Connection:
        connection = sqlite3.connect(
            url.database or "",
            timeout=_BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        _prepare(connection, None)
        return connection

    return open_connection


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        _execute_patiently(cursor, pragma)
    cursor.close()


def _execute_patiently(cursor: Any, pragma: str) -> None:
    """Run a pragma; where another process is just making the same file WAL, wait for it and run it again.

    SQLite answers a change of the journal mode at once with "locked", whatever the busy time-out; a transaction waits.
    """
    for _ in range(_OPENING_TRIES):
        try:
            cursor.execute(pragma)
        except sqlite3.OperationalError as busy:
            if busy.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
        else:
            return
    cursor.execute(pragma)


def _postgres_arguments() -> dict[str, Any]:
    return {
        "timeout": 5,
        "command_timeout": 30,
        "server_settings": {
            "application_name": "oss-gateway",
            "synchronous_commit": "on",
            # Compiling a statement to machine code takes longer than any statement of ours runs.
            "jit": "off",
        },
    }
