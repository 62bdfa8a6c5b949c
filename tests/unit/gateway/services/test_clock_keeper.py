"""When clocks fire, what follows, and that it happens once whoever looks."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from gateway.clock import ManualClock
from gateway.record.port import Changes, Needs, OnRecord
from gateway.record.rows import ClockState, Order
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP, MOUNTAIN
from tests.rig.office import Office, open_office
from validators.judge import Judge
from validators.schema import Schemas

FOC_CLOCK, DUE_CLOCK = "foc-72-hours-facility-check", "jeopardy-on-date-change"
PENDING_CLOCK, CANCEL_CLOCK = "pending-facilities-30-business-days", "cancel-thirty-days-after-original-due"
RECEIVED = datetime(2026, 3, 2, 9, 30, tzinfo=MOUNTAIN)
DUE = "2026-03-23"
INSTANT = timedelta(microseconds=1)


async def order_checked_loop(office: Office, pon: str = "SLT26A000002") -> str:
    """Order a loop on which a FOC is due in 72 hours."""
    taken = await office.submit(_checked_loop(office, pon))
    assert isinstance(taken, Taken)
    return taken.order_id


def _checked_loop(office: Office, pon: str) -> bytes:
    return office.document(CONDITIONED_LOOP, {"PON": pon, "SCA": "N"})


async def fired(office: Office, order_id: str, term: str) -> list[tuple[str, datetime]]:
    """Give what a clock has fired, and when."""
    return [
        (event.type.removeprefix("clock."), event.at.astimezone(MOUNTAIN))
        for event in await office.history(order_id)
        if event.type.startswith("clock.") and event.data["clock"] == term
    ]


async def test_the_ilec_is_warned_before_the_foc_is_late(office: Office) -> None:
    """24 and 4 hours before the 72 hours end there is a warning; the CLEC is told nothing yet."""
    order_id = await order_checked_loop(office)

    await office.travel.to(RECEIVED + timedelta(hours=72))

    assert [
        ("warning", RECEIVED + timedelta(hours=48)),
        ("warning", RECEIVED + timedelta(hours=68)),
    ] == await fired(office, order_id, FOC_CLOCK)
    assert [] == await office.told(order_id)


async def test_nothing_is_late_at_the_due_instant_itself(office: Office) -> None:
    """The last instant is in time; just after it the breach is recorded, once."""
    order_id = await order_checked_loop(office)
    due = (await office.clock_of(order_id, FOC_CLOCK)).due_at
    assert RECEIVED + timedelta(hours=72) == due

    await office.travel.to(due)
    assert None is (await office.clock_of(order_id, FOC_CLOCK)).breached_at
    await office.travel.to(due + INSTANT)
    await office.travel.to(due + timedelta(days=1))

    assert due + INSTANT == (await office.clock_of(order_id, FOC_CLOCK)).breached_at
    assert 1 == [what for what, _ in await fired(office, order_id, FOC_CLOCK)].count("breached")


async def test_the_clec_is_told_of_the_late_foc_with_its_clause(office: Office) -> None:
    """The status notice names the clock, when it was due, who owed it to whom, and the section."""
    order_id = await order_checked_loop(office)

    await office.travel.to(RECEIVED + timedelta(hours=73))

    (notice,) = await office.notices(order_id)
    assert ("status", "9.2.4.3.1.2") == (notice.kind, notice.section)
    assert {
        "clock": FOC_CLOCK,
        "clock_name": "FOC within 72 hours of receipt",
        "due_at": "2026-03-05T09:30:00-07:00",
        "owed_by": "ILEC",
        "owed_to": "CLEC",
    }.items() <= notice.data.items()
    assert "ACCEPTED" == (await office.order(order_id)).state


async def test_a_late_foc_still_stops_the_clock(office: Office) -> None:
    """The duty stays open until it is done: the late FOC stops the clock, and the breach stays on record."""
    order_id = await order_checked_loop(office)
    await office.travel.to(RECEIVED + timedelta(hours=73))

    await office.decide(order_id, "confirm", due_date=DUE)

    clock = await office.clock_of(order_id, FOC_CLOCK)
    assert (ClockState.STOPPED, "confirmed") == (clock.state, clock.stopped_by)
    assert clock.breached_at is not None


async def test_a_foc_in_time_leaves_nothing_to_fire(office: Office) -> None:
    """A confirmed order gets no warning and no breach of the FOC clock afterwards."""
    order_id = await order_checked_loop(office)
    await office.decide(order_id, "confirm", due_date=DUE)

    await office.travel.to(RECEIVED + timedelta(days=10))

    assert [] == await fired(office, order_id, FOC_CLOCK)


async def test_after_downtime_the_breach_fires_once_and_late_warnings_do_not(office: Office) -> None:
    """A gateway that was down over warnings and deadline records the breach at once, and warns of nothing past."""
    order_id = await order_checked_loop(office)
    back = RECEIVED + timedelta(hours=100)
    office.clock.move_to(back)

    while await office.keeper.fire_due():
        pass

    assert [("breached", back)] == await fired(office, order_id, FOC_CLOCK)
    assert ["status"] == await office.told(order_id)


async def test_after_downtime_over_one_warning_the_next_one_still_comes(office: Office) -> None:
    """Down over both warnings, one is given now; the deadline is looked at next."""
    order_id = await order_checked_loop(office)
    office.clock.move_to(RECEIVED + timedelta(hours=70))

    await office.keeper.fire_due()

    assert ["warning"] == [what for what, _ in await fired(office, order_id, FOC_CLOCK)]
    clock = await office.clock_of(order_id, FOC_CLOCK)
    assert clock.due_at + INSTANT == clock.next_at


async def test_two_keepers_on_one_record_fire_once(office: Office, database: str, bench: tuple[Judge, Schemas]) -> None:
    """Two gateway processes look at the same due clocks at once; each deadline has one breach and one notice."""
    orders = [await order_checked_loop(office, f"SLT26A0001{number:02d}") for number in range(20)]
    clock = ManualClock(RECEIVED + timedelta(hours=73))
    async with open_office(database, *bench, clock=clock) as one, open_office(database, *bench, clock=clock) as two:
        await asyncio.gather(*(keeper.fire_due() for keeper in (one.keeper, two.keeper) * 3))
        counted = _counted(one, "breach") + _counted(two, "breach")

    assert [["status"]] * 20 == [await office.told(order_id) for order_id in orders]
    assert [["breached"]] * 20 == [
        [what for what, _ in await fired(office, order_id, FOC_CLOCK)] for order_id in orders
    ]
    breached = [clock for order_id in orders for clock in await office.record.clocks(order_id) if clock.breached_at]
    assert len(breached) == counted


def _counted(office: Office, what: str) -> float:
    lines = office.metrics.text().decode().splitlines()
    return sum(
        float(line.split()[-1])
        for line in lines
        if line.startswith(f'oss_gateway_clocks_fired_total{{fired="{what}"}}')
    )


async def test_a_due_date_that_passes_brings_a_jeopardy_by_itself(office: Office) -> None:
    """Nothing was completed by the end of the due date: the order is in jeopardy and the CLEC is told."""
    order_id = await order_checked_loop(office)
    await office.decide(order_id, "confirm", due_date=DUE)

    await office.travel.to(datetime(2026, 3, 24, tzinfo=MOUNTAIN))

    assert "JEOPARDY" == (await office.order(order_id)).state
    assert ["foc", "jeopardy"] == await office.told(order_id)
    notice = (await office.notices(order_id))[-1]
    assert ("9.2.4.4.1", "ilec") == (notice.section, notice.data["caused_by"])
    assert ("breached", datetime(2026, 3, 24, tzinfo=MOUNTAIN)) == (await fired(office, order_id, DUE_CLOCK))[-1]


async def test_a_missed_date_that_is_missed_again_brings_no_second_jeopardy_without_a_new_foc(office: Office) -> None:
    """Days pass after the miss; the order waits in jeopardy and the mailbox stays as it is."""
    order_id = await order_checked_loop(office)
    await office.decide(order_id, "confirm", due_date=DUE)

    await office.travel.to(datetime(2026, 4, 20, tzinfo=MOUNTAIN))

    assert 1 == (await office.told(order_id)).count("jeopardy")


async def test_a_second_foc_has_a_due_date_clock_of_its_own(office: Office) -> None:
    """After jeopardy and a new FOC the new date is watched, and missing it is a jeopardy again."""
    order_id = await order_checked_loop(office)
    await office.decide(order_id, "confirm", due_date=DUE)
    await office.travel.to(datetime(2026, 3, 24, tzinfo=MOUNTAIN))
    await office.decide(order_id, "confirm", due_date="2026-03-27")

    await office.travel.to(datetime(2026, 3, 28, tzinfo=MOUNTAIN))

    assert ["foc", "jeopardy", "foc", "jeopardy"] == await office.told(order_id)


async def test_a_completed_order_misses_nothing(office: Office) -> None:
    """Completion on the due date stops its clock."""
    order_id = await order_checked_loop(office)
    await office.decide(order_id, "confirm", due_date=DUE)
    await office.travel.to(datetime(2026, 3, 23, 17, tzinfo=MOUNTAIN))
    await office.decide(order_id, "complete", completed_on=DUE)

    await office.travel.to(datetime(2026, 5, 1, tzinfo=MOUNTAIN))

    assert ["foc", "soc"] == await office.told(order_id)


async def test_an_order_pending_for_facilities_ends_after_30_business_days(office: Office) -> None:
    """Kept pending in vain: after 30 business days the reject that cancels goes out, with the clause."""
    order_id = await order_checked_loop(office)
    await office.decide(order_id, "facilities-unavailable", outcome="pending")
    due = (await office.clock_of(order_id, PENDING_CLOCK)).due_at
    # 30 business days after Monday 2 March without a holiday between are six weeks.
    assert date(2026, 4, 13) == due.astimezone(MOUNTAIN).date()

    await office.travel.to(due)
    assert "PENDING_FACILITIES" == (await office.order(order_id)).state
    await office.travel.to(due + INSTANT)

    assert "CANCELLED" == (await office.order(order_id)).state
    assert ("reject", "9.2.2.16") == (
        (await office.notices(order_id))[-1].kind,
        (await office.notices(order_id))[-1].section,
    )


@pytest.mark.parametrize(("caused_by", "state"), [("clec", "CANCELLED"), ("ilec", "JEOPARDY")])
async def test_only_a_customers_delay_ends_the_order_after_30_days(office: Office, caused_by: str, state: str) -> None:
    """30 Days after the original due date the ILEC cancels if the customer was not ready, not if it was late itself."""
    order_id = await order_checked_loop(office)
    await office.decide(order_id, "confirm", due_date=DUE)
    await office.decide(order_id, "jeopardy", rcode="1D", text="Nobody home", caused_by=caused_by)

    await office.travel.to(datetime(2026, 4, 22, 23, 59, 59, tzinfo=MOUNTAIN))
    assert "JEOPARDY" == (await office.order(order_id)).state
    await office.travel.to(datetime(2026, 4, 23, tzinfo=MOUNTAIN))

    assert state == (await office.order(order_id)).state
    assert ("cancelled" in await office.told(order_id)) is (state == "CANCELLED")


async def test_time_travel_stops_at_each_deadline(office: Office) -> None:
    """Weeks pass in a moment, and each event bears its own time, in order."""
    order_id = await order_checked_loop(office)

    moved = await office.travel.to(RECEIVED + timedelta(days=7))

    times = [event.at for event in await office.history(order_id)]
    assert sorted(times) == times
    assert [48, 68, 72] == [
        int((at - RECEIVED).total_seconds() // 3600) for _, at in await fired(office, order_id, FOC_CLOCK)
    ]
    assert moved >= 3
    assert RECEIVED + timedelta(days=7) == office.clock.now()


async def test_time_travel_with_more_deadlines_than_one_look_fires_all(office: Office) -> None:
    """Over a hundred orders late at the same instant are all fired at it."""
    bodies = [_checked_loop(office, f"SLT26B000{number:03d}") for number in range(120)]
    await asyncio.gather(*map(office.submit, bodies))

    await office.travel.to(RECEIVED + timedelta(hours=72) + INSTANT)

    clocks = await office.record.near_clocks(office.clock.now(), 1000)
    assert 120 == sum(clock.clock == FOC_CLOCK and clock.breached_at is not None for clock in clocks)


async def test_time_does_not_travel_back(office: Office) -> None:
    """Recorded time never runs backward."""
    with pytest.raises(ValueError, match="cannot go back"):
        await office.travel.to(RECEIVED - timedelta(seconds=1))


class Write:
    """Writes changes that no service would make."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.needs = Needs(order_ids=frozenset(order.id for order in changes.orders))

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Write what was given."""
        del on_record
        return None, self._changes


async def test_a_clock_that_cannot_fire_holds_up_no_other(office: Office) -> None:
    """An order whose agreement is no longer loaded has its clocks put off and counted; all others fire."""
    lost, sound = await order_checked_loop(office), await order_checked_loop(office, "SLT26A000003")
    await office.record.commit(Write(_without_agreement(await office.order(lost))))

    with capture_logs() as lines:
        await office.travel.to(RECEIVED + timedelta(hours=73))

    assert ["status"] == await office.told(sound)
    assert [] == await office.told(lost)
    assert {lost} == {line["order"] for line in lines if line["log_level"] == "error"}
    assert _counted(office, "failed") > 0


def _without_agreement(order: Order) -> Changes:
    return Changes(orders=[replace(order, agreement_id="gone", revision=order.revision + 1)])


async def test_the_keeper_runs_until_cancelled(office: Office) -> None:
    """The task fires what comes due when the clock is moved, without being asked."""
    order_id = await order_checked_loop(office)
    task = asyncio.create_task(office.keeper.run())
    office.clock.move_to(RECEIVED + timedelta(hours=73))
    while "status" not in await office.told(order_id):  # noqa: ASYNC110 - each look lets the keeper go on
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
