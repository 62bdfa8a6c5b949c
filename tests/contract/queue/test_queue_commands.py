"""`dead list`, `dead retry` and `replay-outbox` beside a running gateway: they need the record alone."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gateway.cli import main
from gateway.record.sql import SqlRecord


@pytest.fixture
async def dead_one(record: SqlRecord, orders: Any) -> SqlRecord:
    """Give a record with one dead, one sent and one pending work item, open as a running gateway has it."""
    await orders.take("P1", "P2", "P3")
    await record.mark_dead([("wrk_P1", "delivered 5 times without acknowledgement")])
    await record.mark_sent([("wrk_P2", "1-0")], (await record.pending_work(1))[0].created_at)
    return record


@pytest.fixture
def command(database_url: str, tmp_path: Path) -> Any:
    """Give a function that runs one command of `oss-gateway` on the test's database, with no Redis anywhere."""

    def run(*words: str) -> Result:
        place = ["--database", database_url, "--data", str(tmp_path), "--redis", f"unix://{tmp_path}/none.sock"]
        return CliRunner().invoke(main, [*words, *place])

    return run


async def _in_thread(command: Any, *words: str) -> Result:
    """Run a command, which has an event loop of its own, beside the test's."""
    result: Result = await asyncio.to_thread(command, *words)
    return result


async def test_dead_work_is_listed_with_its_reason(dead_one: SqlRecord, command: Any) -> None:
    """An operator sees which order it is and why it was given up, as text or as JSON."""
    del dead_one
    text, machine = await _in_thread(command, "dead", "list"), await _in_thread(command, "dead", "list", "--json")

    assert "wrk_P1" in text.output
    assert "clec PON P1  delivered 5 times without acknowledgement" in text.output
    assert ("wrk_P1", "ord_P1") == (json.loads(machine.output)["id"], json.loads(machine.output)["order"])


async def test_a_named_dead_item_is_sent_again(dead_one: SqlRecord, command: Any) -> None:
    """The relay of the running gateway finds it pending."""
    result = await _in_thread(command, "dead", "retry", "wrk_P1")

    assert (0, "1 sent again\n") == (result.exit_code, result.output)
    assert ["wrk_P1", "wrk_P3"] == [row.id for row in await dead_one.pending_work(10)]


async def test_retrying_what_is_not_dead_fails(dead_one: SqlRecord, command: Any) -> None:
    """Exit status 1 tells a script that not all it named was dead."""
    result = await _in_thread(command, "dead", "retry", "wrk_P1", "wrk_P2")

    assert (1, True) == (result.exit_code, "1 sent again" in result.output)
    assert [] == await dead_one.dead_work(10)


@pytest.mark.parametrize("words", [["dead", "retry"], ["dead", "retry", "wrk_P1", "--all"]])
async def test_retry_wants_ids_or_all_and_not_both(dead_one: SqlRecord, command: Any, words: list[str]) -> None:
    """Nothing is sent again by mistake."""
    result = await _in_thread(command, *words)

    assert 2 == result.exit_code
    assert 1 == len(await dead_one.dead_work(10))


async def test_replay_has_what_was_sent_sent_again(dead_one: SqlRecord, command: Any) -> None:
    """What is dead stays dead; what waits anyway is not counted."""
    result = await _in_thread(command, "replay-outbox")

    assert (0, "1 sent again\n") == (result.exit_code, result.output)
    assert ["wrk_P2", "wrk_P3"] == [row.id for row in await dead_one.pending_work(10)]
