"""No statement that an order waits for reads a whole table: what it takes must not grow with what is on record."""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.record.engine import open_engine, sqlite_opener
from gateway.record.marks import MARKS
from gateway.record.port import NaturalKey, Needs
from gateway.record.rows import Family
from gateway.record.schema import upgrade_schema
from gateway.record.shapes import Shapes
from gateway.record.sqlite_writer import SqliteWriter

_NEEDS = Needs(
    order_ids=frozenset({"ord_1"}),
    natural_keys=frozenset({NaturalKey("sawtooth", Family.LSR, "PON1")}),
    notice_ids=frozenset({"ntc_1"}),
    work_ids=frozenset({"wrk_1"}),
    clock_ids=frozenset({"clk_1"}),
    decision_ids=frozenset({"dec_1"}),
    idempotency_keys=frozenset({("sawtooth", "key")}),
    premises=frozenset({"BOISID01"}),
    applicants=frozenset({"sawtooth"}),
)
_WHOLE = re.compile(r"SCAN (?!CONSTANT|\(|\d+ CONSTANT|SUBQUERY)(?P<table>\w+)$")
"""A table, or an alias of one, that is read from end to end without an index."""
_SMALL = {"saved_searches", "credentials"}
"""A few rows a person or key; read whole by a purge, and by the loop that forgets old tokens."""


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on an empty record in a file."""
    engine = open_engine(f"sqlite:///{tmp_path / 'record.sqlite'}")
    await upgrade_schema(engine)
    yield engine
    await engine.dispose()


def _read_whole(connection: sqlite3.Connection, statement: str) -> Iterator[str]:
    """Give the tables that a statement reads from end to end."""
    given = dict.fromkeys(re.findall(r"\?(\d+)", statement))
    values = [None] * (max(map(int, given)) if given else statement.count("?"))
    for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values):
        if found := _WHOLE.match(step):
            yield found["table"]


async def test_what_a_command_sees_is_found_by_an_index(engine: AsyncEngine) -> None:
    """Orders, keys, clocks, work, notices, decisions and places are each looked up by an index."""
    seen: list[str] = []
    open_connection = sqlite_opener(engine.url)

    def traced() -> sqlite3.Connection:
        connection = open_connection()
        connection.set_trace_callback(seen.append)
        return connection

    writer = SqliteWriter(traced, Shapes(engine.dialect))
    await writer.begin(_NEEDS)
    await writer.abandon()
    await writer.close()

    selects = [statement for statement in seen if statement.startswith("SELECT")]
    connection = open_connection()
    whole = {statement: found for statement in selects if (found := list(_read_whole(connection, statement)))}
    connection.close()
    assert len(selects) >= len(_NEEDS.__slots__)
    assert {} == whole


async def test_what_is_marked_is_found_by_an_index(engine: AsyncEngine) -> None:
    """Work, leases, deliveries and acknowledgements are marked without reading a whole table."""
    connection = sqlite_opener(engine.url)()
    whole = {name: {*_read_whole(connection, mark)} - _SMALL for name, mark in MARKS.items()}
    connection.close()
    assert {} == {name: tables for name, tables in whole.items() if tables}
