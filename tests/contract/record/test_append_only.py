"""What has happened and what was received cannot be changed, on both databases."""

from typing import Any

import pytest
import sqlalchemy as sa

from gateway.record.sql import SqlRecord


@pytest.mark.parametrize("statement", ["UPDATE events SET type = 'other'", "DELETE FROM events"])
async def test_the_database_itself_refuses_to_change_an_event(record: SqlRecord, samples: Any, statement: str) -> None:
    """Not even a person with the database's own tools rewrites the log by accident."""
    await record.commit(samples.place("P1", events=[samples.event("P1")]))

    with pytest.raises(sa.exc.DBAPIError, match="events is append-only"):
        await _execute(record, statement)

    assert [event.type for event in await record.events("ord_P1")] == ["received"]


@pytest.mark.parametrize("statement", ["UPDATE submissions SET body = ''", "DELETE FROM submissions"])
async def test_the_database_itself_refuses_to_change_a_submission(
    record: SqlRecord, samples: Any, statement: str
) -> None:
    """What a CLEC sent stands as it was sent."""
    await record.commit(samples.place("P1"))

    with pytest.raises(sa.exc.DBAPIError, match="submissions is append-only"):
        await _execute(record, statement)

    assert await record.submissions("ord_P1") == [samples.submission("P1")]


async def _execute(record: SqlRecord, statement: str) -> None:
    async with record.engine.begin() as connection:
        await connection.exec_driver_sql(statement)
