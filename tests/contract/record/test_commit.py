"""What a commit promises, on both databases."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest

from gateway.record.port import Changes, OnRecord, RecordUnavailable
from gateway.record.rows import DecisionTaken
from gateway.record.sql import SqlRecord


async def test_what_is_committed_is_read_back_as_it_was_written(record: SqlRecord, samples: Any) -> None:
    """An order with its message, event, notice, clock and work item comes back equal but for its number."""
    written = samples.place(
        "P1",
        events=[samples.event("P1")],
        notices=[samples.notice("P1")],
        new_clocks=[samples.clock("P1")],
        new_work=[samples.work("P1")],
    )

    assert await record.commit(written) == "ord_P1"

    assert await record.order("ord_P1") == samples.order("P1")
    assert await record.submissions("ord_P1") == [samples.submission("P1")]
    assert await record.clocks("ord_P1") == [samples.clock("P1")]
    assert [replace(event, seq=0) for event in await record.events("ord_P1")] == [samples.event("P1")]
    assert [replace(notice, cursor=0) for notice in await record.order_notices("ord_P1")] == [samples.notice("P1")]
    assert [replace(work, seq=0) for work in await record.pending_work(10)] == [samples.work("P1")]


async def test_an_instant_of_any_zone_comes_back_in_utc_to_the_microsecond(record: SqlRecord, samples: Any) -> None:
    """A message received at 19:30:00.123456 in Boise is on record at that instant in UTC."""
    boise = samples.received.astimezone(timezone(timedelta(hours=-7)))
    order = samples.order("P1", received_at=boise, application_at=boise)

    await record.commit(samples.write(new_orders=[order]))

    found = await record.order("ord_P1")
    assert found is not None
    assert (found.received_at, found.application_at) == (samples.received, samples.received)
    assert found.received_at.isoformat() == "2026-11-21T02:30:00.123456+00:00"


async def test_a_body_of_any_bytes_and_size_is_kept_byte_for_byte(record: SqlRecord, samples: Any) -> None:
    """A 256 KB message with every byte value, NUL included, comes back the same."""
    body = bytes(range(256)) * 1024

    await record.commit(
        samples.write(new_orders=[samples.order("P1")], submissions=[samples.submission("P1", body=body)])
    )

    (submission,) = await record.submissions("ord_P1")
    assert submission.body == body


async def test_text_of_any_script_is_kept(record: SqlRecord, samples: Any) -> None:
    """Names beyond ASCII, quotes and characters beyond the first plane survive, in columns and in JSON."""
    name = "Peña 'Süd' \"北\" 😀 \\"
    order = samples.order("P1", number=name, facts={"name": name, "nested": {"list": [1, None, 2.5, True]}})
    finding = {"rule": "LSR-001", "value": name}
    submission = samples.submission("P1", findings=(finding, finding))

    await record.commit(samples.write(new_orders=[order], submissions=[submission]))

    assert await record.order("ord_P1") == order
    assert await record.submissions("ord_P1") == [submission]


async def test_commands_of_one_commit_see_each_other(record: SqlRecord, samples: Any) -> None:
    """Of two messages with one PON and VER that arrive together, the first is taken and the second is a duplicate."""
    answers = await asyncio.gather(
        record.commit(samples.place("P1")), record.commit(samples.place("P1")), return_exceptions=True
    )

    assert [str(answer) for answer in answers] == ["ord_P1", "duplicate P1"]
    assert len(await record.submissions("ord_P1")) == 1


async def test_a_refused_command_does_not_disturb_the_others(record: SqlRecord, samples: Any) -> None:
    """A refusal in the middle of a batch reaches its own caller only."""
    refused = samples.do(lambda _on_record: 1 / 0)

    answers = await asyncio.gather(
        record.commit(samples.place("P1")),
        record.commit(refused),
        record.commit(samples.place("P2")),
        return_exceptions=True,
    )

    assert answers[0] == "ord_P1"
    assert isinstance(answers[1], ZeroDivisionError)
    assert answers[2] == "ord_P2"


async def test_what_the_database_refuses_is_refused_alone_and_as_a_whole(record: SqlRecord, samples: Any) -> None:
    """A command that writes an event of an order that does not exist leaves nothing; its neighbours are carried out."""
    broken = samples.place("P2", events=[samples.event("nowhere")])

    answers = await asyncio.gather(
        record.commit(samples.place("P1", events=[samples.event("P1")])),
        record.commit(broken),
        record.commit(samples.place("P3", events=[samples.event("P3")])),
        return_exceptions=True,
    )

    assert answers[0] == "ord_P1"
    assert isinstance(answers[1], RecordUnavailable)
    assert answers[2] == "ord_P3"
    assert await record.order("ord_P2") is None
    assert [event.order_id for event in await record.events_after(0, 10)] == ["ord_P1", "ord_P3"]


async def test_what_cannot_be_written_down_is_refused_alone(record: SqlRecord, samples: Any) -> None:
    """A command with facts that are no JSON gets the TypeError; its neighbour is carried out."""
    broken = samples.write(new_orders=[samples.order("P1", facts={"no json": object()})])

    answers = await asyncio.gather(record.commit(broken), record.commit(samples.place("P2")), return_exceptions=True)

    assert isinstance(answers[0], TypeError)
    assert answers[1] == "ord_P2"
    assert await record.order("ord_P1") is None


async def test_events_are_numbered_in_the_order_of_arrival(record: SqlRecord, samples: Any) -> None:
    """Three hundred commands handed in at once, more than one commit takes, are numbered in their order."""
    pons = [f"P{number:03}" for number in range(300)]

    await asyncio.gather(*(record.commit(samples.place(pon, events=[samples.event(pon)])) for pon in pons))

    events = await record.events_after(0, 1000)
    assert [event.order_id for event in events] == [f"ord_{pon}" for pon in pons]
    assert [event.seq for event in events] == sorted({event.seq for event in events})


async def test_an_order_made_and_changed_in_one_commit_stands_as_it_ends(record: SqlRecord, samples: Any) -> None:
    """Commands that follow each other on one order within a commit each see the one before."""
    commands = [samples.place("P1"), samples.advance("P1", "ACCEPTED"), samples.advance("P1", "CONFIRMED")]

    answers = await asyncio.gather(*(record.commit(command) for command in commands))

    assert answers == ["ord_P1", 2, 3]
    assert await record.order("ord_P1") == samples.order("P1", state="CONFIRMED", revision=3)


async def test_an_order_keeps_what_a_change_may_not_touch(record: SqlRecord, samples: Any) -> None:
    """A changed order has its new facts, dates and state, and its old receipt."""
    changed = samples.order(
        "P1",
        state="CONFIRMED",
        revision=2,
        due_date=samples.order("P1").desired_due_date,
        ver="01",
        facts={"quantity": 4},
        application_at=samples.received,
    )
    await record.commit(samples.place("P1"))

    await record.commit(samples.do(lambda _on_record: (None, Changes(orders=[changed])), order_ids=["ord_P1"]))

    assert await record.order("ord_P1") == changed


@pytest.mark.parametrize("revision", [1, 3])
async def test_a_change_must_carry_the_next_revision(record: SqlRecord, samples: Any, revision: int) -> None:
    """A change made from an older state of the order, or that skips one, is refused."""
    await record.commit(samples.place("P1"))
    stale = samples.order("P1", state="CONFIRMED", revision=revision)

    with pytest.raises(ValueError, match="revision 1 cannot become"):
        await record.commit(samples.do(lambda _on_record: (None, Changes(orders=[stale])), order_ids=["ord_P1"]))

    assert await record.order("ord_P1") == samples.order("P1")


async def test_two_processes_never_lose_an_update(open_records: Callable[[], SqlRecord], samples: Any) -> None:
    """Forty changes of one order by two processes at once raise its revision by forty."""
    one, other = open_records(), open_records()
    await one.commit(samples.place("P1"))
    await other.commit(samples.write())  # both have their connections, so that they meet

    revisions = await asyncio.gather(
        *(record.commit(samples.advance("P1", "NEGOTIATING")) for _ in range(20) for record in (one, other))
    )

    assert sorted(revisions) == list(range(2, 42))


async def test_two_processes_take_a_pon_once(open_records: Callable[[], SqlRecord], samples: Any) -> None:
    """Of the same fifty PONs sent to two processes at once each is taken by one and a duplicate to the other."""
    one, other = open_records(), open_records()
    pons = [f"P{number}" for number in range(50)]

    answers = await asyncio.gather(
        *(record.commit(samples.place(pon)) for pon in pons for record in (one, other)), return_exceptions=True
    )

    assert sorted(str(answer) for answer in answers) == sorted(
        text for pon in pons for text in (f"ord_{pon}", f"duplicate {pon}")
    )


async def test_an_idempotency_key_is_found_and_taken_once(open_records: Callable[[], SqlRecord], samples: Any) -> None:
    """Two processes given one Idempotency-Key at once make one order; the key is the partner's own."""
    one, other = open_records(), open_records()

    def place(pon: str) -> Any:
        def decide(on_record: OnRecord) -> tuple[str, Changes]:
            earlier = on_record.submission_by_idempotency_key("clec", "key-1")
            if earlier is not None:
                return earlier.order_id, Changes()
            submission = samples.submission(pon, idempotency_key="key-1")
            return f"ord_{pon}", Changes(new_orders=[samples.order(pon)], submissions=[submission])

        return samples.do(decide, natural_keys=[samples.key(pon)], idempotency_keys=[("clec", "key-1")])

    first, second = await asyncio.gather(one.commit(place("P1")), other.commit(place("P2")))

    assert first == second
    assert [order is None for order in (await one.order("ord_P1"), await one.order("ord_P2"))].count(True) == 1


async def test_a_caller_that_goes_away_leaves_no_half_done_command(record: SqlRecord, samples: Any) -> None:
    """A command whose caller is cancelled while it waits is carried out as a whole, and later ones as usual."""
    waiting = asyncio.create_task(record.commit(samples.place("P1", events=[samples.event("P1")])))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert await record.commit(samples.place("P2")) == "ord_P2"

    assert await record.order("ord_P1") == samples.order("P1")
    assert len(await record.events("ord_P1")) == 1


async def test_closing_finishes_what_was_handed_in_and_refuses_more(
    open_records: Callable[[], SqlRecord], samples: Any
) -> None:
    """A command that waits when the record is closed is carried out; one that comes later is refused."""
    closing, reader = open_records(), open_records()
    waiting = asyncio.create_task(closing.commit(samples.place("P1")))
    await asyncio.sleep(0)

    await closing.close()

    assert await waiting == "ord_P1"
    assert await reader.order("ord_P1") is not None
    with pytest.raises(RecordUnavailable, match="closed"):
        await closing.commit(samples.place("P2"))


async def test_a_command_sees_all_of_an_order_that_it_names(record: SqlRecord, samples: Any) -> None:
    """Naming the order or its PON brings its open clocks by due time and unsettled work by age, nothing ended."""
    stopped = samples.clock("P1", "stopped")
    await record.commit(
        samples.place(
            "P1",
            new_clocks=[samples.clock("P1", "late", 96), samples.clock("P1", "early", 24), stopped],
            new_work=[samples.work("P1", "b"), samples.work("P1", "a"), samples.work("P1", "done")],
        )
    )
    await record.settle(["wrk_P1_done"], samples.received)
    stop = replace(stopped, state=type(stopped.state).STOPPED, next_at=None, stopped_at=samples.received)
    await record.commit(samples.do(lambda _on_record: (None, Changes(clocks=[stop])), clock_ids=[stopped.id]))

    def look(on_record: OnRecord) -> tuple[Any, Changes]:
        clocks = [clock.clock for clock in on_record.open_clocks("ord_P1")]
        work = [item.id for item in on_record.unsettled_work("ord_P1")]
        return (clocks, work), Changes()

    expected = (["early", "late"], ["wrk_P1_b", "wrk_P1_a"])
    assert await record.commit(samples.do(look, order_ids=["ord_P1"])) == expected
    assert await record.commit(samples.do(look, natural_keys=[samples.key("P1")], order_ids=["ord_P1"])) == expected
    assert stop in await record.clocks("ord_P1")


async def test_all_versions_of_a_pon_are_seen_oldest_first(record: SqlRecord, samples: Any) -> None:
    """A command that names a PON sees the keys of all its messages and their answers."""
    later = samples.received + timedelta(hours=1)
    await record.commit(samples.place("P1"))
    await record.commit(
        samples.do(
            lambda _on_record: (None, Changes(submissions=[samples.submission("P1", "01", received_at=later)])),
            natural_keys=[samples.key("P1")],
        )
    )

    def look(on_record: OnRecord) -> tuple[Any, Changes]:
        return [(key.ver, key.acknowledgement) for key in on_record.submissions_of(samples.key("P1"))], Changes()

    found = await record.commit(samples.do(look, natural_keys=[samples.key("P1")]))

    assert found == [("00", {"order": "ord_P1"}), ("01", {"order": "ord_P1"})]


async def test_a_decision_taken_is_seen_again(record: SqlRecord, samples: Any) -> None:
    """The answer to a decision stands under the sender's id."""
    taken = DecisionTaken("back end:1", "ord_P1", "d" * 64, {"state": "CONFIRMED"}, samples.received)
    await record.commit(samples.place("P1", decisions=[taken]))

    def look(on_record: OnRecord) -> tuple[Any, Changes]:
        return (on_record.decision("back end:1"), on_record.decision("back end:2")), Changes()

    found = await record.commit(samples.do(look, decision_ids=["back end:1", "back end:2"]))

    assert found == (taken, None)


async def test_asking_for_what_was_not_named_is_an_error(record: SqlRecord, samples: Any) -> None:
    """A command that forgets to name what it needs is told so, instead of seeing nothing there."""
    await record.commit(samples.place("P1"))

    with pytest.raises(LookupError, match="ord_P1"):
        await record.commit(samples.do(lambda on_record: (on_record.order("ord_P1"), Changes())))
