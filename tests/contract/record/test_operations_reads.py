"""What operators look at over all partners, on both databases."""

from datetime import timedelta
from typing import Any

from gateway.record.operations import OperationsReads
from gateway.record.port import Changes
from gateway.record.registers import RegisterRow
from gateway.record.sql import SqlRecord
from gateway.record.webhooks import DeliveryState, WebhookDelivery
from gateway.services.keys import Write


async def test_near_clocks_go_on_behind_the_last_one_seen(record: SqlRecord, samples: Any) -> None:
    """With the order's PON; two that are due at once are told apart by id."""
    clocks = [samples.clock("P1", name, hours) for name, hours in (("a", 24), ("b", 24), ("c", 30), ("later", 90))]
    await record.commit(samples.place("P1", new_clocks=clocks))
    reads, until = OperationsReads(record), samples.received + timedelta(hours=48)

    first = await reads.near_clocks(until, 1)
    last = first[-1].clock
    behind = await reads.near_clocks(until, 10, (last.due_at, last.id))

    assert [("P1", "a"), ("P1", "b"), ("P1", "c")] == [(one.pon, one.clock.clock) for one in (*first, *behind)]


async def test_clocks_of_a_hidden_product_are_left_out(record: SqlRecord, samples: Any) -> None:
    """What runs of its orders stands in no list for who may not know of them; those of other orders stay."""
    forecast = Changes(
        new_orders=[samples.order("F1", product="forecast")],
        submissions=[samples.submission("F1")],
        new_clocks=[samples.clock("F1", "quarter", 24)],
    )
    await record.commit(Write(forecast))
    await record.commit(samples.place("P1", new_clocks=[samples.clock("P1", "foc", 24)]))
    reads, until = OperationsReads(record), samples.received + timedelta(hours=48)

    async def of(hidden: str | None) -> set[str]:
        by_pages = {one.pon for one in await reads.near_clocks(until, 10, hidden_product=hidden)}
        by_list = {clock.order_id for clock in await record.near_clocks(until, 10, hidden_product=hidden)}
        assert len(by_pages) == len(by_list)
        return by_pages

    assert ({"P1"}, {"F1", "P1"}) == (await of("forecast"), await of(None))


async def test_dead_work_is_given_by_number_with_its_order(record: SqlRecord, samples: Any) -> None:
    """What is sent or settled does not stand among it."""
    await record.commit(samples.place("P1", new_work=[samples.work("P1", name) for name in "abc"]))
    await record.mark_dead([("wrk_P1_a", "refused"), ("wrk_P1_c", "late")])
    reads = OperationsReads(record)

    (first,) = await reads.dead_work(0, 1)
    (second,) = await reads.dead_work(first.work.seq, 10)

    assert [("P1", "wrk_P1_a", "refused"), ("P1", "wrk_P1_c", "late")] == [
        (one.pon, one.work.id, one.work.reason) for one in (first, second)
    ]


async def test_what_was_not_taken_is_counted_by_partner(record: SqlRecord, samples: Any) -> None:
    """Notices that nobody acknowledged with the oldest, and deliveries that were parked."""
    await record.commit(samples.place("P1", notices=[samples.notice("P1", name) for name in "ab"]))
    now = samples.received
    states = (DeliveryState.PARKED, DeliveryState.PARKED, DeliveryState.WAITING)
    rows = [WebhookDelivery(f"ntc_{n}", "clec", "o", n, state, 1, now, now) for n, state in enumerate(states)]
    await record.commit(Write(Changes(beside=list(rows))))

    (waiting,) = await OperationsReads(record).unacknowledged()

    assert 2 == waiting.count
    assert now <= waiting.oldest_at
    assert {"clec": 2} == await record.webhooks.counts(DeliveryState.PARKED)


async def test_entries_are_counted_by_register(record: SqlRecord, samples: Any) -> None:
    """All that were entered, and those of them that were withdrawn."""
    now = samples.received

    def row(number: int, register: str, **gone: Any) -> RegisterRow:
        return RegisterRow(f"reg_{number}", register, None, "k", {}, "1", now.date(), None, "x", now, **gone)

    withdrawn = {"withdrawn_at": now, "withdrawn_by": "x", "withdrawn_because": "wrong"}
    rows = [row(1, "releases"), row(2, "releases", **withdrawn), row(3, "premises")]
    await record.commit(Write(Changes(beside=list(rows))))

    assert {"releases": (2, 1), "premises": (1, 0)} == await record.registers.counts()
