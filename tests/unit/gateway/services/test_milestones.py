"""What the back end reports between FOC and the end: which clocks it ends, and what follows if it comes too early."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gateway.record.rows import ClockState, OpenClock
from gateway.services.refusals import StateForbids
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP, MOUNTAIN, PORT
from tests.rig.office import Office

DUE = "2026-03-16"
DUE_DAY = datetime(2026, 3, 16, tzinfo=MOUNTAIN)
SET, KEEP = "lnp-trigger-set", "lnp-trigger-keep"
EVENING, NOON = "lnp-date-change-by-8pm", "lnp-late-change-by-noon"


async def port(office: Office, **foc: Any) -> str:
    """Order a port and confirm it, with milestones reported."""
    taken = await office.submit(office.document(PORT))
    assert isinstance(taken, Taken)
    await office.decide(taken.order_id, "confirm", **{"due_date": DUE, "reports_milestones": True, **foc})
    return taken.order_id


def end(clock: OpenClock) -> tuple[ClockState, str | None, bool]:
    """Give how a clock ended: its state, by what, and whether in breach."""
    return clock.state, clock.stopped_by, clock.breached_at is not None


async def test_a_trigger_that_is_set_in_time_ends_its_clock(office: Office) -> None:
    """The report stops it; no notice goes out and no state changes."""
    order_id = await port(office)

    answer = await office.decide(order_id, "milestone", reached="port-trigger-set")

    assert (ClockState.STOPPED, "port-trigger-set", False) == end(await office.clock_of(order_id, SET))
    assert ("CONFIRMED", None) == (answer["state"], answer["notice"])
    assert "order.port-trigger-set" in await office.happened(order_id)


async def test_a_trigger_that_is_not_set_is_told(office: Office) -> None:
    """After midnight less a minute before the port the CLEC hears of it, with the clause."""
    order_id = await port(office)

    await office.travel.to(DUE_DAY)

    notices = [notice for notice in await office.notices(order_id) if notice.data.get("clock") == SET]
    assert [("status", "10.2.5.3.1")] == [(notice.kind, notice.section) for notice in notices]


async def test_what_is_removed_too_early_is_a_breach(office: Office) -> None:
    """Trigger and translations must stay over the next business day; the CLEC is told that they did not."""
    order_id = await port(office)
    await office.travel.to(DUE_DAY + timedelta(hours=12))

    await office.decide(order_id, "milestone", reached="port-trigger-removed")

    assert (ClockState.STOPPED, "port-trigger-removed", True) == end(await office.clock_of(order_id, KEEP))
    assert KEEP in [notice.data.get("clock") for notice in await office.notices(order_id)]


async def test_what_is_kept_long_enough_ends_without_a_word(office: Office) -> None:
    """The rest lapses with its time, after completion too, and a later removal breaks nothing."""
    order_id = await port(office)
    await office.decide(order_id, "milestone", reached="port-trigger-set")
    await office.travel.to(DUE_DAY + timedelta(hours=12))
    await office.decide(order_id, "complete", completed_on=DUE)
    await office.decide(order_id, "milestone", reached="unlock-sent")
    last = datetime(2026, 3, 17, 23, 59, tzinfo=MOUNTAIN)

    await office.travel.to(last)
    assert ClockState.OPEN is (await office.clock_of(order_id, KEEP)).state
    await office.travel.to(last + timedelta(seconds=1))
    await office.decide(order_id, "milestone", reached="port-trigger-removed")

    assert (ClockState.STOPPED, "time", False) == end(await office.clock_of(order_id, KEEP))
    assert ["foc", "soc"] == await office.told(order_id)


async def test_the_right_to_change_a_port_lapses_and_nobody_is_in_breach(office: Office) -> None:
    """At eight in the evening the supplement's time is over, at noon of the next business day the call's."""
    order_id = await port(office)

    await office.travel.to(DUE_DAY + timedelta(days=2))

    assert (ClockState.STOPPED, "time", False) == end(await office.clock_of(order_id, EVENING))
    lapsed = [event for event in await office.history(order_id) if event.type == "clock.lapsed"]
    assert EVENING in [event.data["clock"] for event in lapsed]
    assert not {EVENING, NOON} & {notice.data.get("clock") for notice in await office.notices(order_id)}


async def test_a_milestone_needs_a_foc(office: Office) -> None:
    """Before the FOC nothing can have been done, and the refusal says where the order stands."""
    taken = await office.submit(office.document(PORT))
    assert isinstance(taken, Taken)

    with pytest.raises(StateForbids, match="ACCEPTED; a milestone is for a confirmed order"):
        await office.decide(taken.order_id, "milestone", reached="port-trigger-set")


async def test_test_results_are_owed_after_a_completion_that_read_them(office: Office) -> None:
    """The completion says so; the report that they were sent ends the clock."""
    order_id = await office.order_loop()
    await office.decide(order_id, "confirm", due_date=DUE)
    await office.decide(order_id, "complete", completed_on=DUE, tested=True)

    await office.decide(order_id, "milestone", reached="test-results-sent")

    clock = await office.clock_of(order_id, "test-results-two-business-days")
    assert (ClockState.STOPPED, "test-results-sent", False) == end(clock)


@pytest.mark.parametrize(("load_coils", "runs"), [(False, True), (True, False), (None, False)])
async def test_approved_conditioning_that_is_not_needed_gives_the_standard_interval(
    office: Office, *, load_coils: bool | None, runs: bool
) -> None:
    """Only an answer that says so of load coils and bridged tap ends the fifteen business days and starts the five."""
    taken = await office.submit(office.document(CONDITIONED_LOOP, {"DDD": "03-09-2026"}))
    assert isinstance(taken, Taken)

    await office.decide(taken.order_id, "facility-answer", load_coils=load_coils, bridged_tap=False)

    clocks = {clock.clock for clock in await office.record.clocks(taken.order_id)}
    assert runs == ("foc-standard-interval-five-days" in clocks)


async def test_every_notice_of_an_order_has_the_next_response_number(office: Office) -> None:
    """EC VER rises with each response, whatever its kind."""
    order_id = await port(office)
    await office.decide(order_id, "complete", completed_on=DUE)
    await office.decide(order_id, "bill", billed_on=DUE)

    assert ["01", "02", "03"] == [notice.data["ec_ver"] for notice in await office.notices(order_id)]


@pytest.mark.upholds("lnp-managed-cut-no-early-disconnect")
@pytest.mark.upholds("lnp-loop-coordination")
async def test_a_managed_cut_ends_only_after_the_clecs_loop_is_there(office: Office) -> None:
    """Until that is confirmed the completion is refused, with the clause; afterwards it is taken."""
    taken = await office.submit(office.document(PORT, {"CHC": "Y", "DFDT": "1000AM", "REMARKS": "MANAGED CUT"}))
    assert isinstance(taken, Taken)
    await office.decide(taken.order_id, "confirm", due_date=DUE, reports_milestones=True)

    with pytest.raises(StateForbids, match="report the milestone clec-loop-installed first") as refused:
        await office.decide(taken.order_id, "complete", completed_on=DUE)
    await office.decide(taken.order_id, "milestone", reached="clec-loop-installed")
    answer = await office.decide(taken.order_id, "complete", completed_on=DUE)

    assert ("10.2.5.4.7", "COMPLETED") == (refused.value.section, answer["state"])


@pytest.mark.upholds("project-lnp-restoral")
@pytest.mark.upholds("lnp-managed-cut-restoral")
@pytest.mark.parametrize(("cause", "supplement"), [("clec", True), ("ilec", None)])
async def test_after_a_failed_conversion_only_a_clec_that_erred_must_supplement(
    office: Office, cause: str, *, supplement: bool | None
) -> None:
    """Restoral is begun and stands on record; the jeopardy that follows asks for a supplement, or does not."""
    order_id = await port(office)

    await office.decide(order_id, "milestone", reached="restoral-begun")
    await office.decide(order_id, "jeopardy", rcode="1P", text="The conversion failed", caused_by=cause)

    assert "order.restoral-begun" in await office.happened(order_id)
    assert supplement is (await office.notices(order_id))[-1].data.get("supplement_required")


@pytest.mark.upholds("lnp-port-problem-notify")
async def test_each_party_hears_at_once_of_a_port_that_is_put_off(office: Office) -> None:
    """A jeopardy is in the CLEC's mailbox, and the CLEC's new date with the back end, in the commit that takes it."""
    order_id = await port(office)
    await office.decide(order_id, "jeopardy", rcode="1L", caused_by="ilec")
    assert "jeopardy" == (await office.told(order_id))[-1]

    await office.submit(office.document(PORT, {"VER": "02", "SUP": "2", "DDD": "03-20-2026"}))

    assert ["02"] == [item.ver for item in await office.record.pending_work(10)]


@pytest.mark.upholds("basic-install-completion-call")
@pytest.mark.upholds("coordinated-complete-notice")
async def test_the_completion_notice_goes_out_and_the_call_stands_beside_it(office: Office) -> None:
    """The notice says nothing of tests; that the CLEC was called, and when, is in the order's history."""
    order_id = await office.order_loop()
    await office.decide(order_id, "confirm", due_date=DUE)
    await office.decide(order_id, "complete", completed_on=DUE)

    await office.decide(order_id, "milestone", reached="completion-called")

    assert "order.completion-called" == (await office.happened(order_id))[-1]
    assert {"completion_date"} == (await office.notices(order_id))[-1].data.keys() & {
        "completion_date",
        "remarks",
        "tested",
    }
