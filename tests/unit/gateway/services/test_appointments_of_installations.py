"""Coordinated installations: when the thirty minutes run, who owes them, and what follows if they pass."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gateway.record.rows import ClockState
from gateway.services.refusals import StateForbids
from gateway.services.taken import Taken
from tests.rig.court import LOOP_WITH_PORT, MOUNTAIN
from tests.rig.office import Office, add_partners, open_office
from validators.judge import Judge
from validators.schema import Schemas

CLEC_CLOCK, ILEC_CLOCK = "coordinated-clec-ready-30-minutes", "coordinated-ilec-ready-30-minutes"
DUE = "2026-03-16"
APPOINTMENT = datetime(2026, 3, 16, 10, tzinfo=MOUNTAIN)
"""The frame due time that the sample asks for, on the due date."""
INSTANT = timedelta(microseconds=1)


async def coordinated(office: Office, **foc: Any) -> str:
    """Order a coordinated loop with a port and confirm it, with readiness reported."""
    taken = await office.submit(office.document(LOOP_WITH_PORT))
    assert isinstance(taken, Taken)
    await office.decide(taken.order_id, "confirm", **{"due_date": DUE, "reports_readiness": True, **foc})
    return taken.order_id


async def running(office: Office, order_id: str) -> set[str]:
    """Give which of the two clocks run."""
    clocks = await office.record.clocks(order_id)
    return {clock.clock for clock in clocks if clock.state is ClockState.OPEN} & {CLEC_CLOCK, ILEC_CLOCK}


async def test_the_ilec_owes_its_readiness_thirty_minutes_after_the_time_that_was_asked_for(office: Office) -> None:
    """Without another time in the FOC the appointment is the order's frame due time on the due date."""
    clock = await office.clock_of(await coordinated(office), ILEC_CLOCK)

    assert (APPOINTMENT, APPOINTMENT + timedelta(minutes=30)) == (clock.starts_at, clock.due_at)


async def test_a_time_that_the_foc_gives_goes_before_the_one_that_was_asked_for(office: Office) -> None:
    """What was agreed binds, and of a window its begin."""
    clock = await office.clock_of(await coordinated(office, appointment_time="0100PM-0300PM"), ILEC_CLOCK)

    assert APPOINTMENT.replace(hour=13) == clock.starts_at


async def test_without_reports_nobody_is_late(office: Office) -> None:
    """Where the back end does not report who is ready, silence means nothing and no clock runs."""
    assert set() == await running(office, await coordinated(office, reports_readiness=False))


async def test_a_basic_installation_has_no_thirty_minutes(office: Office) -> None:
    """Only a coordinated installation has an appointment to be ready at, whatever the back end reports."""
    order_id = await office.order_loop()
    await office.decide(order_id, "confirm", due_date=DUE, reports_readiness=True)

    assert set() == await running(office, order_id)


async def test_the_clec_owes_nothing_before_the_ilec_is_ready(office: Office) -> None:
    """The ILEC contacts the CLEC: its own clock runs first, then the CLEC's, to the same end."""
    order_id = await coordinated(office)
    assert {ILEC_CLOCK} == await running(office, order_id)

    await office.travel.to(APPOINTMENT)
    answer = await office.decide(order_id, "readiness", ready="ilec")

    assert {CLEC_CLOCK} == await running(office, order_id)
    assert APPOINTMENT + timedelta(minutes=30) == (await office.clock_of(order_id, CLEC_CLOCK)).due_at
    assert ("CONFIRMED", None) == (answer["state"], answer["notice"])


async def test_two_that_are_ready_owe_nothing_more(office: Office) -> None:
    """Both clocks are stopped, each by its party, and the CLEC is sent nothing for it."""
    order_id = await coordinated(office)
    await office.travel.to(APPOINTMENT)

    await office.decide(order_id, "readiness", ready="ilec")
    await office.decide(order_id, "readiness", ready="clec")

    stopped_by = [(await office.clock_of(order_id, clock)).stopped_by for clock in (ILEC_CLOCK, CLEC_CLOCK)]
    assert ["ilec-ready", "clec-ready"] == stopped_by
    assert ["foc"] == await office.told(order_id)


async def test_a_clec_that_is_not_ready_must_supplement(office: Office) -> None:
    """Just after the thirty minutes the order is in jeopardy by the CLEC's doing, which asks for a supplement."""
    order_id = await coordinated(office)
    await office.travel.to(APPOINTMENT)
    await office.decide(order_id, "readiness", ready="ilec")

    await office.travel.to(APPOINTMENT + timedelta(minutes=30))
    assert "CONFIRMED" == (await office.order(order_id)).state
    await office.travel.to(APPOINTMENT + timedelta(minutes=30) + INSTANT)

    notice = (await office.notices(order_id))[-1]
    assert "JEOPARDY" == (await office.order(order_id)).state
    assert ("jeopardy", "9.2.2.9.3, 9.2.2.9.4") == (notice.kind, notice.section)
    told = {"rcode": "1C", "caused_by": "clec", "supplement_required": True}
    assert told.items() <= notice.data.items()


@pytest.mark.upholds("coop-test-failure-jeopardy")
async def test_an_ilec_that_is_not_ready_waives_its_charge_and_keeps_its_due_date(office: Office) -> None:
    """A status notice says so; the order stays confirmed, since the Parties try for the same day."""
    order_id = await coordinated(office)

    await office.travel.to(APPOINTMENT + timedelta(minutes=31))

    notice = (await office.notices(order_id))[-1]
    assert ("status", "9.2.2.9.3, 9.2.2.9.4") == (notice.kind, notice.section)
    assert "charge of the installation option is waived" in notice.data["text"]
    assert "CONFIRMED" == (await office.order(order_id)).state


async def test_the_clec_owes_no_readiness_to_an_ilec_that_came_late(office: Office) -> None:
    """After the ILEC's own thirty minutes there is no appointment any more that the CLEC could miss."""
    order_id = await coordinated(office)
    await office.travel.to(APPOINTMENT + timedelta(minutes=40))

    await office.decide(order_id, "readiness", ready="ilec")

    assert set() == await running(office, order_id)
    assert "CONFIRMED" == (await office.order(order_id)).state


async def test_the_clecs_readiness_cannot_come_before_the_ilecs(office: Office) -> None:
    """Nobody has asked the CLEC yet, so the report is refused and names what comes first."""
    order_id = await coordinated(office)

    with pytest.raises(StateForbids, match="its own readiness comes first"):
        await office.decide(order_id, "readiness", ready="clec")


async def test_a_rejected_supplement_brings_the_agreed_time_back(office: Office) -> None:
    """The appointment of the version that stands again is the one that its FOC gave."""
    order_id = await coordinated(office, appointment_time="0100PM")
    moved = {"VER": "02", "SUP": "3", "DFDT": "0900AM"}
    taken = await office.submit(office.document(LOOP_WITH_PORT, moved))
    assert isinstance(taken, Taken)
    assert "0900AM" == (await office.order(order_id)).facts["appointment"]

    ground = {"section": "9.2.2.9", "text": "No such time", "code": "X1"}
    await office.decide(order_id, "reject", ver="02", findings=[ground])

    assert "0100PM" == (await office.order(order_id)).facts["appointment"]
    assert {ILEC_CLOCK} == await running(office, order_id)
    assert APPOINTMENT.replace(hour=13) == (await office.clock_of(order_id, ILEC_CLOCK)).starts_at


async def test_an_appointment_is_in_the_wire_centers_own_time(database: str, bench: tuple[Judge, Schemas]) -> None:
    """Ten o'clock where the loop ends is eleven in the agreement's zone, if that is an hour east of it."""
    judge, schemas = bench
    ahead = {"BOISID": "America/Los_Angeles"}
    agreements = {
        name: terms.model_copy(update={"zones": terms.zones.model_copy(update={"wire_centers": ahead})})
        for name, terms in judge.agreements.items()
    }
    async with open_office(database, Judge(schemas, agreements, judge.rulebook), schemas) as office:
        await add_partners(office)

        clock = await office.clock_of(await coordinated(office), ILEC_CLOCK)

        assert APPOINTMENT.replace(hour=11) == clock.starts_at
