"""Orders whose facilities are not there at once: made ready in time, brought by a job, or waited for."""

from datetime import date

import pytest

from gateway.record.rows import ClockState
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP
from tests.rig.office import Office


@pytest.mark.upholds("facilities-made-ready-no-second-foc")
async def test_facilities_made_ready_in_time_bring_one_foc_and_no_other_date(office: Office) -> None:
    """Not found at once, but ready for the requested date: the CLEC hears of nothing but its FOC for that date."""
    order_id = await office.order_loop()

    await office.decide(order_id, "facility-answer", available=False)
    await office.decide(order_id, "facility-answer", available=True)
    await office.decide(order_id, "confirm", due_date="2026-03-09")

    order = await office.order(order_id)
    assert ["foc"] == await office.told(order_id)
    assert order.desired_due_date == order.due_date == order.original_due_date == date(2026, 3, 9)


@pytest.mark.upholds("no-facilities-existing-job-jeopardy")
@pytest.mark.upholds("no-facilities-new-job-jeopardy")
@pytest.mark.parametrize("section", ["9.1.2.1.3", "9.1.2.1.3.1"], ids=["a job there is", "a job opened for it"])
async def test_a_job_brings_a_jeopardy_and_then_the_foc_with_its_date(office: Office, section: str) -> None:
    """Whether the order joins a job or one is opened, the jeopardy cites its clause and a FOC names the new date."""
    order_id = await office.order_loop()

    await office.decide(order_id, "facilities-unavailable", outcome="job", section=section)
    await office.decide(order_id, "confirm", due_date="2026-04-20")

    jeopardy, foc = await office.notices(order_id)
    assert (("jeopardy", section), ("foc", "2026-04-20")) == (
        (jeopardy.kind, jeopardy.section),
        (foc.kind, foc.data["due_date"]),
    )


@pytest.mark.upholds("interval-needs-facilities")
async def test_no_installation_interval_runs_while_there_are_no_facilities(office: Office) -> None:
    """The fifteen business days of conditioning end with the notice that there is no loop; the waiting alone runs."""
    taken = await office.submit(office.document(CONDITIONED_LOOP))
    assert isinstance(taken, Taken)

    await office.decide(taken.order_id, "facilities-unavailable", outcome="pending")

    interval = await office.clock_of(taken.order_id, "conditioning-interval-fifteen-business-days")
    running = {c.clock for c in await office.record.clocks(taken.order_id) if c.state is ClockState.OPEN}
    assert (ClockState.STOPPED, "facilities-unavailable") == (interval.state, interval.stopped_by)
    assert {"pending-facilities-30-business-days"} == {c for c in running if "foc" not in c}


@pytest.mark.upholds("subloop-conditioning-contact")
async def test_loaded_pairs_alone_open_a_talk_about_unloading_one(office: Office) -> None:
    """The CLEC of a subloop is asked, with the clause, and the FOC waits for what is agreed."""
    order_id = await office.order_loop({"NC": "LX--", "NCI": "02NO2"})

    answer = await office.decide(order_id, "facility-answer", loaded_pairs_only=True)

    (status,) = await office.notices(order_id)
    assert ("NEGOTIATING", "status", "9.3.2.1.2") == (answer["state"], status.kind, status.section)


async def test_retired_copper_leaves_the_order_to_a_person(office: Office) -> None:
    """It is neither rejected nor confirmed by the report."""
    order_id = await office.order_loop()

    answer = await office.decide(order_id, "facility-answer", available=True, retired_copper=True)

    assert ("ACCEPTED", None) == (answer["state"], answer["notice"])
