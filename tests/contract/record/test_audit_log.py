"""The audit log on both databases: append-only, one chain however many write."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from gateway.clock import ManualClock
from gateway.record.audit import Act
from gateway.record.sql import SqlRecord
from gateway.services.audit import AuditLog

NOW = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


def act(number: int) -> Act:
    """Make an act."""
    return Act("ann", "key.issue", f"key_{number}", {"b": "ü", "a": [number, None]})


async def test_several_processes_write_one_chain(open_records: Callable[[], SqlRecord]) -> None:
    """Whoever was slower seals with the entry of who was faster; every act stands in the log once."""
    logs = [AuditLog(open_records(), ManualClock(NOW)) for _ in range(3)]

    await asyncio.gather(*(log.note(act(3 * number + who)) for number in range(5) for who, log in enumerate(logs)))

    entries = await logs[0].page(0, 100)
    assert list(range(1, 16)) == [entry.seq for entry in entries]
    assert {f"key_{number}" for number in range(15)} == {entry.subject for entry in entries}
    assert (15, None) == ((checked := await logs[1].check()).entries, checked.broken_at)


@pytest.mark.parametrize("statement", ["UPDATE audit_log SET actor = 'eve'", "DELETE FROM audit_log"])
async def test_the_database_refuses_to_change_an_entry(record: SqlRecord, statement: str) -> None:
    """Not even a person with the database's own tools rewrites it by accident."""
    log = AuditLog(record, ManualClock(NOW))
    await log.note(act(1))

    with pytest.raises(sa.exc.DBAPIError, match="audit_log is append-only"):
        async with record.engine.begin() as connection:
            await connection.exec_driver_sql(statement)

    assert ["ann"] == [entry.actor for entry in await log.page(0, 10)]
