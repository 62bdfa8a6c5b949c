"""Orders that wait, and who works on them, on both databases."""

from datetime import timedelta
from typing import Any

from gateway.record.order_claims import OrderClaim, OrderClaimBook
from gateway.record.rows import Family
from gateway.record.sql import SqlRecord
from gateway.record.waiting import Trait, WaitingQuery, WaitingReads

STATES = ("ACCEPTED", "NEGOTIATING")


async def test_a_queue_holds_what_stands_in_its_states_oldest_first(record: SqlRecord, samples: Any) -> None:
    """Narrowed by partner, product and what an order is beside its state; page by page; those that are over never."""
    orders = [
        samples.order("P1", state="ACCEPTED"),
        samples.order("P2", state="NEGOTIATING", facts={"replaced": {"00": {}}}),
        samples.order("P3", state="ACCEPTED", partner_id="other"),
        samples.order("P4", state="ACCEPTED", family=Family.ASR, product="lis"),
        samples.order("P5", state="BILLED"),
        samples.order("P6", state="CANCELLED", family=Family.COLLOCATION),
    ]
    messages = [samples.submission("P1", outcome="deferred"), samples.submission("P2")]
    await record.commit(samples.write(new_orders=orders, submissions=messages))
    waiting = WaitingReads(record)

    async def page(**query: Any) -> tuple[list[str], str | None]:
        found = await waiting.page(WaitingQuery(**{"family": Family.LSR, "states": STATES, **query}))
        return [order.pon for order in found.orders], found.after

    assert (["P1", "P2", "P3"], None) == await page()
    assert (["P1", "P2"], "ord_P2") == await page(limit=2)
    assert (["P3"], None) == await page(after="ord_P2")
    assert (["P3"], None) == await page(partner_id="other")
    assert (["P4"], None) == await page(family=Family.ASR, product="lis")
    assert (["P1"], None) == await page(trait=Trait.DEFERRED)
    assert (["P2"], None) == await page(trait=Trait.SUPPLEMENT)
    assert ([], None) == await page(trait=Trait.BY_HAND)
    assert ([], None) == await page(states=("BILLED",))
    assert (["P6"], None) == await page(family=Family.COLLOCATION, states=("CANCELLED",))
    kinds = [(Family.LSR, "ACCEPTED"), (Family.LSR, "NEGOTIATING"), (Family.ASR, "JEOPARDY")]
    assert {kinds[0]: 2, kinds[1]: 1} == await waiting.counts(kinds, 10)
    assert {kinds[0]: 1} == await waiting.counts(kinds[:1], 1)
    assert {"sub_P1_00"} == await waiting.deferred(["sub_P1_00", "sub_P2_00"])


async def test_what_a_party_owes_comes_by_its_due_time(record: SqlRecord, samples: Any) -> None:
    """Up to an instant, what ran out already included; what another party owes, and what is stopped, is not."""
    late = samples.clock("P1", "late", 1, next_at=None, breached_at=samples.received)
    clocks = [late, samples.clock("P1", "near", 5), samples.clock("P1", "theirs", 2, owed_by="CLEC")]
    clocks += [samples.clock("P1", "far", 500), samples.clock("P1", "warned", 90, next_at=samples.received)]
    await record.commit(samples.write(new_orders=[samples.order("P1")], new_clocks=clocks))
    waiting = WaitingReads(record)

    owed = await waiting.owed_by("ILEC", samples.received + timedelta(hours=48), 10)

    assert ["late", "near"] == [clock.clock for clock in owed]
    assert 5 == len(await waiting.open_clocks(["ord_P1"]))


async def test_one_person_has_an_order_until_it_is_free(record: SqlRecord, samples: Any) -> None:
    """Another gets it once it is released or the time is over; who has it may keep it longer."""
    book, now = OrderClaimBook(record), samples.received
    hour = timedelta(hours=1)

    async def take(person: str, at: Any) -> bool:
        return await book.take(OrderClaim("ord_1", person, person, at + hour), at)

    assert [True, False, True] == [await take("ann", now), await take("bob", now), await take("ann", now + hour / 2)]
    assert ["ann"] == [claim.login for claim in await book.of(["ord_1", "ord_2"], now + hour)]
    assert await take("bob", now + 2 * hour)
    assert [False, True] == [await book.release("ord_1", "ann"), await book.release("ord_1", "bob")]
    assert await take("ann", now)
    assert [["ord_1"], []] == [[claim.order_id for claim in await book.all(at)] for at in (now, now + hour)]
    assert [1, 0] == [len(await book.of_person("ann", at)) for at in (now, now + hour)]
    assert [0, 1] == [await book.forget(now), await book.forget(now + hour)]
