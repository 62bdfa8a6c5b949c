"""The outbox: work stands in the record until the back end has confirmed it, on both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gateway.record.port import Changes, OnRecord
from gateway.record.rows import WorkItem, WorkState
from gateway.record.sql import SqlRecord


@pytest.fixture
async def three(record: SqlRecord, samples: Any) -> SqlRecord:
    """Give a record with the work items a, b and c of one order."""
    await record.commit(samples.place("P1", new_work=[samples.work("P1", name) for name in "abc"]))
    return record


def _names(found: Any) -> list[str]:
    return [work.id.removeprefix("wrk_P1_") for work in found]


async def test_sent_work_leaves_the_pending_and_can_be_swept(three: SqlRecord, samples: Any) -> None:
    """A row that was sent waits, with its entry, for the back end; the sweep finds it once it is old enough."""
    later = samples.received + timedelta(seconds=1)
    await three.mark_sent([("wrk_P1_a", "1-0"), ("wrk_P1_b", "2-0")], samples.received)
    await three.mark_sent([("wrk_P1_b", "3-0")], later)

    assert _names(await three.pending_work(10)) == ["c"]
    (swept,) = await three.sent_work(0, 10, later)
    assert (swept.id, swept.entry_id) == ("wrk_P1_a", "1-0")
    both = await three.sent_work(0, 10, later + timedelta(seconds=1))
    assert [work.entry_id for work in both] == ["1-0", "3-0"]
    assert _names(await three.sent_work(both[0].seq, 10, later + timedelta(seconds=1))) == ["b"]


async def test_settled_work_stays_settled(three: SqlRecord, samples: Any) -> None:
    """Neither a late report, nor a sweep, nor a dead letter brings back what the back end has confirmed."""
    await three.settle(["wrk_P1_a", "wrk_P1_b"], samples.received)

    await three.mark_sent([("wrk_P1_a", "1-0"), ("wrk_P1_b", "2-0")], samples.received)
    await three.mark_pending(["wrk_P1_a", "wrk_P1_b"])
    await three.mark_dead([("wrk_P1_a", "late")])

    assert _names(await three.pending_work(10)) == ["c"]
    assert await three.sent_work(0, 10, samples.received + timedelta(days=1)) == []
    assert await three.dead_work(10) == []


async def test_dead_work_is_kept_with_its_reason_until_it_is_sent_again(three: SqlRecord, samples: Any) -> None:
    """A dead row is not sent by a late report; a person has it sent again."""
    await three.mark_dead([("wrk_P1_b", "refused five times")])
    await three.mark_sent([("wrk_P1_b", "1-0")], samples.received)

    (dead,) = await three.dead_work(10)
    assert (dead.id, dead.reason) == ("wrk_P1_b", "refused five times")
    assert _names(await three.pending_work(10)) == ["a", "c"]

    await three.mark_pending(["wrk_P1_b"])

    assert _names(await three.pending_work(10)) == ["a", "b", "c"]
    assert await three.dead_work(10) == []


async def test_work_is_counted_by_state_with_the_age_of_the_oldest(three: SqlRecord, samples: Any) -> None:
    """Health sees how much waits, how much is out, how much is dead, and since when."""
    await three.mark_sent([("wrk_P1_b", "1-0")], samples.received)
    await three.mark_dead([("wrk_P1_c", "refused")])

    counts = await three.work_counts()

    assert (counts.pending, counts.sent, counts.dead) == (1, 1, 1)
    assert counts.oldest_unsettled_at == samples.received


async def test_marking_nothing_does_nothing(three: SqlRecord, samples: Any) -> None:
    """Empty lists are no work."""
    await three.mark_sent([], samples.received)
    await three.settle([], samples.received)
    await three.mark_pending(iter(()))
    await three.mark_dead([])

    assert _names(await three.pending_work(2)) == ["a", "b"]


async def test_a_command_changes_a_work_item(three: SqlRecord, samples: Any) -> None:
    """A decision settles the work that it answers in its own commit."""

    def settle(on_record: OnRecord) -> tuple[WorkItem, Changes]:
        work = on_record.work("wrk_P1_a")
        assert work is not None
        return work, Changes(work=[replace(work, state=WorkState.SETTLED)])

    found = await three.commit(samples.do(settle, work_ids=["wrk_P1_a"]))

    assert found.envelope == '{"id": "wrk_P1_a"}'
    assert _names(await three.pending_work(10)) == ["b", "c"]
