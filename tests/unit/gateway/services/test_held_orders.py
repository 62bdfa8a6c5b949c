"""What a credit hold does to orders that are open when it takes effect (5.4.2): no FOC until it has ended."""

from datetime import datetime

import pytest

from gateway.record.rows import ClockState
from gateway.services.refusals import StateForbids
from gateway.services.taken import Taken
from tests.rig.court import DISCONNECT, MOUNTAIN
from tests.rig.office import Office
from validators.registers.credit import HOLDS

UNPAID = {"ground": "unpaid", "invoiced_on": "2026-01-05"}
NOTICED = {"notice_delivered_on": "2026-02-17", "notice_by": "certified mail"}
"""Payment was due on 4 February; the tenth business day after the notice is 3 March, and the 31st Day 7 March."""
FOC_CLOCK = "loop-foc-time-section-20"
"""Twenty-four hours of business days: fifteen of them pass on the Friday before the hold."""


def at(day: int, hour: int = 9) -> datetime:
    """Give an instant of March 2026 in the agreement's zone."""
    return datetime(2026, 3, day, hour, tzinfo=MOUNTAIN)


async def hold(office: Office) -> str:
    """Put a hold on record that takes effect on 7 March."""
    return await office.enter("credit-holds", "2026-02-17", **UNPAID, **NOTICED)


async def test_an_order_without_a_foc_stands_still_from_the_day_of_the_hold(office: Office) -> None:
    """Its FOC clock stops, the CLEC is told, and no FOC is taken; it goes on with the time that was left."""
    await office.travel.to(at(6))
    order_id = await office.order_loop({"DDD": "03-30-2026"})
    began = (await office.clock_of(order_id, FOC_CLOCK)).starts_at
    entry = await hold(office)
    assert [] == await office.told(order_id)

    await office.travel.to(at(20))
    with pytest.raises(StateForbids, match=r"credit hold.*ACCEPTED") as refused:
        await office.decide(order_id, "confirm", due_date="2026-04-01")
    await office.registers.withdraw(HOLDS, entry, "an operator", "paid")
    await office.followers.keep_up()

    clock = await office.clock_of(order_id, FOC_CLOCK)
    assert "5.4.2" == refused.value.section
    assert (began, at(20, 18)) == (clock.starts_at, clock.due_at)
    assert ["order.held", "order.released"] == [
        one for one in await office.happened(order_id) if one in ("order.held", "order.released")
    ]
    stopped, on = await office.notices(order_id)
    assert [("status", "5.4.2"), ("status", "5.4.2")] == [(one.kind, one.section) for one in (stopped, on)]
    await office.decide(order_id, "confirm", due_date="2026-04-01")
    assert "CONFIRMED" == (await office.order(order_id)).state


async def test_what_is_confirmed_runs_on_and_disconnects_are_not_held(office: Office) -> None:
    """Only what waits for its first FOC is stopped."""
    confirmed = await office.order_loop()
    await office.decide(confirmed, "confirm", due_date="2026-03-20")
    taken = await office.submit(office.document(DISCONNECT))
    assert isinstance(taken, Taken)
    await hold(office)

    await office.travel.to(at(10))
    await office.decide(taken.order_id, "confirm", due_date="2026-03-20")
    await office.decide(confirmed, "complete", completed_on="2026-03-10", order_number="C1")

    assert "COMPLETED" == (await office.order(confirmed)).state
    assert [] == [one for one in await office.happened(confirmed) if one == "order.held"]


async def test_a_held_order_may_still_be_rejected_or_cancelled(office: Office) -> None:
    """The clocks that stood still stop with it."""
    await office.travel.to(at(6))
    order_id = await office.order_loop({"DDD": "03-30-2026"})
    await hold(office)
    await office.travel.to(at(8))

    await office.decide(order_id, "cancel", reason="Withdrawn by letter", section="5.4.2")

    assert ClockState.STOPPED is (await office.clock_of(order_id, FOC_CLOCK)).state
    assert "CANCELLED" == (await office.order(order_id)).state


async def test_a_time_that_is_agreed_during_a_hold_lets_no_clock_run(office: Office) -> None:
    """Negotiation and hold each stop the clock; it runs when neither does."""
    await office.travel.to(at(6))
    order_id = await office.order_loop({"DDD": "03-30-2026"})
    await office.decide(order_id, "negotiate", text="Two want the same hour")
    entry = await hold(office)
    await office.travel.to(at(9))
    await office.decide(order_id, "milestone", reached="time-agreed")
    still = (await office.order(order_id)).facts["paused"]

    await office.registers.withdraw(HOLDS, entry, "an operator", "paid")
    await office.followers.keep_up()
    await office.decide(order_id, "confirm", due_date="2026-04-01")

    assert 1 <= len(still)
    clock = await office.clock_of(order_id, FOC_CLOCK)
    assert (ClockState.STOPPED, None) == (clock.state, clock.breached_at)
