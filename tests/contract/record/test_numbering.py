"""Numbers of notices and events become visible in their order on PostgreSQL, where several processes commit at once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from gateway.record.sql import SqlRecord, open_record

# Holds up the commit of a transaction with a notice of kind `slow` for as long as the test holds lock 1.
_HOLD_UP = """
    CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.kind = 'slow' THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER held_up AFTER INSERT ON notices DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hold_up()
"""
_LET_GO = "DROP TRIGGER held_up ON notices; DROP FUNCTION hold_up()"
_WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
async def test_connection(postgres_url: str) -> AsyncIterator[Any]:
    """Give the test's own connection; it holds the lock that a slow commit waits for."""
    connection = await asyncpg.connect(postgres_url)
    await connection.execute(_HOLD_UP)
    await connection.execute("SELECT pg_advisory_lock(1)")
    yield connection
    await connection.execute(_LET_GO)
    await connection.close()


async def test_a_fast_commit_does_not_overtake_a_slow_one(
    postgres_url: str, test_connection: Any, samples: Any
) -> None:
    """While a commit with cursor 1 is held up no reader sees cursor 2, or it would never see 1."""
    slow, fast = open_record(postgres_url), open_record(postgres_url)
    await slow.commit(samples.place("P1"))
    slow_commit = asyncio.create_task(slow.commit(samples.write(notices=[samples.notice("P1", "slow")])))
    await _waiting(test_connection, 1, slow_commit)
    fast_commit = asyncio.create_task(fast.commit(samples.write(notices=[samples.notice("P1", "fast")])))
    await _waiting(test_connection, 2, fast_commit)

    assert await fast.notices("clec", 0, 10) == []

    await test_connection.execute("SELECT pg_advisory_unlock(1)")
    await asyncio.gather(slow_commit, fast_commit)
    assert [notice.kind for notice in await fast.notices("clec", 0, 10)] == ["slow", "fast"]
    await _close(slow, fast)


async def _waiting(connection: Any, number: int, commit: "asyncio.Task[Any]") -> None:
    """Wait until so many transactions wait for a lock, or the commit that should is done."""
    while not commit.done() and await connection.fetchval(_WAITING) < number:  # noqa: ASYNC110 - the event is in the database
        await asyncio.sleep(0)


async def _close(*records: SqlRecord) -> None:
    for record in records:
        await record.close()
