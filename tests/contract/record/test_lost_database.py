"""What happens when the database goes away and comes back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa

from gateway.record.port import RecordUnavailable
from gateway.record.schema import ensure_schema
from gateway.record.sql import SqlRecord, open_record

_END_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
async def postgres_record(postgres_url: str) -> AsyncIterator[SqlRecord]:
    """Give a record on PostgreSQL."""
    record = open_record(postgres_url)
    yield record
    await record.close()


async def test_connections_that_died_while_idle_cost_no_answer(
    postgres_record: SqlRecord, postgres_url: str, samples: Any
) -> None:
    """After the server has ended all connections the next commit and the next reads are carried out."""
    await postgres_record.commit(samples.place("P1"))
    await asyncio.gather(*(postgres_record.order("ord_P1") for _ in range(4)))
    await _end_connections(postgres_url)

    assert await postgres_record.commit(samples.place("P2")) == "ord_P2"
    found = await asyncio.gather(*(postgres_record.order("ord_P1") for _ in range(4)))

    assert found == [samples.order("P1")] * 4


async def test_commits_under_way_are_whole_or_unavailable(
    postgres_record: SqlRecord, postgres_url: str, samples: Any
) -> None:
    """While connections are ended again and again an answered order is on record, and no order is there in part."""
    outcomes: dict[str, object] = {}

    async def place(pon: str) -> None:
        command = samples.place(pon, events=[samples.event(pon)], new_work=[samples.work(pon)])
        try:
            outcomes[pon] = await postgres_record.commit(command)
        except RecordUnavailable as unavailable:
            outcomes[pon] = unavailable

    for number in range(10):
        placing = [asyncio.create_task(place(f"P{number}-{part}")) for part in range(8)]
        await _end_connections(postgres_url)
        await asyncio.gather(*placing)

    for pon, outcome in outcomes.items():
        order = await postgres_record.order(f"ord_{pon}")
        events = await postgres_record.events(f"ord_{pon}")
        submissions = await postgres_record.submissions(f"ord_{pon}")
        assert len(events) == len(submissions) == (0 if order is None else 1)
        assert order is not None or isinstance(outcome, RecordUnavailable)
    assert await postgres_record.commit(samples.place("last")) == "ord_last"


async def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path, samples: Any) -> None:
    """Both writing and reading say that the record is unavailable."""
    record = open_record(f"postgresql://nobody@/nothing?host={tmp_path}")

    with pytest.raises(RecordUnavailable):
        await record.commit(samples.place("P1"))
    with pytest.raises(RecordUnavailable):
        await record.ping()
    with pytest.raises(RecordUnavailable):
        await record.lease("relay", "one", samples.received, samples.received)

    await record.close()


async def test_a_server_that_does_not_let_us_in_is_unavailable(postgres_server: str, samples: Any) -> None:
    """So it is with a server that is still starting, or lacks the database."""
    url = sa.make_url(postgres_server).set(database="missing").render_as_string(hide_password=False)
    record = open_record(url)

    with pytest.raises(RecordUnavailable, match="missing"):
        await record.commit(samples.place("P1"))
    with pytest.raises(RecordUnavailable, match="missing"):
        await record.ping()
    with pytest.raises(RecordUnavailable, match="missing"):
        await ensure_schema(record.engine, upgrade=True)

    await record.close()


async def test_a_file_that_cannot_be_opened_is_unavailable(tmp_path: Path, samples: Any) -> None:
    """A SQLite file in a folder that does not exist: the record is unavailable, and works once the folder is there."""
    record = open_record(f"sqlite:///{tmp_path / 'missing' / 'record.db'}")

    with pytest.raises(RecordUnavailable):
        await record.commit(samples.place("P1"))
    with pytest.raises(RecordUnavailable):
        await record.ping()
    (tmp_path / "missing").mkdir()
    await record.ping()

    await record.close()


async def _end_connections(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(_END_OTHERS)
    await connection.close()
