"""What happens between acceptance and FOC: negotiations, expedites, an application that counts anew, computed dates."""

from datetime import date, datetime, timedelta

import pytest

from gateway.record.rows import ClockState
from gateway.services.refusals import DecisionRefused, StateForbids
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP, LOOP_WITH_PORT, LOOPS_30, MONDAY, MOUNTAIN
from tests.rig.office import Office

FOC_CLOCK = "loop-foc-time-section-20"
HOUR = timedelta(hours=1)


async def ordered(office: Office, name: str, sets: dict[str, str] | None = None) -> str:
    """Order a sample and give the order's id."""
    taken = await office.submit(office.document(name, sets))
    assert isinstance(taken, Taken)
    return taken.order_id


@pytest.mark.upholds("project-fdt-before-foc")
async def test_a_negotiation_stops_the_foc_clock_until_the_time_is_agreed(office: Office) -> None:
    """The ten hours of the negotiation are added to the end; when the clock began stays on record."""
    order_id = await ordered(office, LOOP_WITH_PORT)
    before = await office.clock_of(order_id, FOC_CLOCK)
    await office.travel.to(MONDAY + HOUR)
    await office.decide(order_id, "negotiate", text="Two want the same hour")
    await office.travel.to(MONDAY + 11 * HOUR)

    await office.decide(order_id, "milestone", reached="time-agreed")

    after = await office.clock_of(order_id, FOC_CLOCK)
    assert (before.starts_at, before.due_at + 10 * HOUR) == (after.starts_at, after.due_at)
    assert ["clock.paused", "clock.resumed"] == [t for t in await office.happened(order_id) if t.startswith("clock.")]


@pytest.mark.upholds("project-fdt-before-foc")
async def test_a_clock_that_stands_still_is_not_breached(office: Office) -> None:
    """A negotiation over days breaks no FOC time, and a FOC straight out of it is in time."""
    order_id = await ordered(office, LOOP_WITH_PORT)
    await office.decide(order_id, "negotiate", text="Two want the same hour")
    await office.travel.to(MONDAY + 100 * HOUR)

    await office.decide(order_id, "confirm", due_date="2026-03-16")

    clock = await office.clock_of(order_id, FOC_CLOCK)
    assert (ClockState.STOPPED, "confirmed", None) == (clock.state, clock.stopped_by, clock.breached_at)
    assert clock.stopped_at is not None
    assert clock.due_at > clock.stopped_at
    assert {} == (await office.order(order_id)).facts["paused"]


@pytest.mark.upholds("out-of-hours-negotiated")
async def test_a_time_out_of_hours_is_agreed_before_the_foc_gives_it(office: Office) -> None:
    """The ILEC says what stands in the way, and the FOC has what was agreed (9.2.4.10.4)."""
    sets = {"DFDT": "0900PM", "REMARKS": "OUT OF HOURS COORDINATED INSTALLATION"}
    order_id = await ordered(office, LOOP_WITH_PORT, sets)

    await office.decide(order_id, "negotiate", text="The switch is down that night", section="9.2.4.10.4")
    await office.decide(order_id, "confirm", due_date="2026-03-17", frame_due_time="1000PM")

    status, foc = await office.notices(order_id)
    assert ("status", "9.2.4.10.4", "1000PM") == (status.kind, status.section, foc.data["frame_due_time"])


@pytest.mark.upholds("expedite-approval-une")
@pytest.mark.parametrize(("granted", "says"), [(True, "its charge"), (False, "is denied")])
async def test_an_expedite_is_granted_or_denied_with_a_notice(office: Office, *, granted: bool, says: str) -> None:
    """The CLEC is told before the FOC; a denied one gets the standard date, a granted one what the back end gives."""
    order_id = await office.order_loop({"DDD": "03-04-2026", "EXP": "Y"})

    await office.decide(order_id, "expedite", granted=granted)
    await office.decide(order_id, "confirm", **({"due_date": "2026-03-04"} if granted else {}))

    status, foc = await office.notices(order_id)
    assert ("status", "9.1.15.2") == (status.kind, status.section)
    assert says in status.data["text"]
    assert ("2026-03-04" if granted else "2026-03-09") == foc.data["due_date"]


async def test_an_order_without_expedite_has_none_to_decide(office: Office) -> None:
    """EXP Y asks for it; nothing else does."""
    order_id = await office.order_loop()

    with pytest.raises(StateForbids, match=r"asks for no expedite \(EXP Y\)"):
        await office.decide(order_id, "expedite", granted=True)

    assert [] == await office.told(order_id)


@pytest.mark.parametrize(
    ("desired", "load_coils", "due"),
    [("03-09-2026", False, "2026-03-09"), ("03-12-2026", False, "2026-03-12"), ("03-09-2026", True, "2026-03-23")],
    ids=["standard", "as desired", "conditioned"],
)
async def test_a_foc_without_a_date_has_the_one_that_follows(
    office: Office, desired: str, due: str, *, load_coils: bool
) -> None:
    """The interval from the application date, fifteen days where conditioning is needed, or the later desired date."""
    order_id = await ordered(office, CONDITIONED_LOOP, {"SCA": "Y", "DDD": desired})
    await office.decide(order_id, "facility-answer", load_coils=load_coils, bridged_tap=False)

    await office.decide(order_id, "confirm")

    order = await office.order(order_id)
    assert date.fromisoformat(due) == order.due_date == order.original_due_date
    assert due == (await office.notices(order_id))[-1].data["due_date"]


@pytest.mark.parametrize("case", ["individual case", "undecided expedite"])
async def test_a_foc_whose_date_nothing_tells_is_refused(office: Office, case: str) -> None:
    """An individual case has no interval, and an undecided expedite no date: the back end must give one."""
    order_id = (
        await ordered(office, LOOPS_30)
        if case == "individual case"
        else await office.order_loop({"DDD": "03-04-2026", "EXP": "Y"})
    )

    with pytest.raises(DecisionRefused) as refused:
        await office.decide(order_id, "confirm")

    assert ["due-date-of-confirmation"] == [finding.rule for finding in refused.value.findings]


@pytest.mark.upholds("construction-restarts-application-date")
@pytest.mark.upholds("commingled-interval-start")
@pytest.mark.parametrize(("milestone", "section"), [("construction-paid", "19.4"), ("commingling-ready", "9.1.1.8.1")])
async def test_the_interval_counts_from_payment_or_from_the_end_of_the_ilecs_work(
    office: Office, milestone: str, section: str
) -> None:
    """The application date moves to that day, and the computed due date with it."""
    order_id = await ordered(office, CONDITIONED_LOOP, {"SCA": "", "DDD": "03-09-2026"})
    await office.travel.to(datetime(2026, 3, 11, 10, tzinfo=MOUNTAIN))

    await office.decide(order_id, "milestone", reached=milestone)
    await office.decide(order_id, "confirm")

    order, event = await office.order(order_id), (await office.history(order_id))[-3]
    assert ("order.applied-anew", section) == (event.type, event.section)
    assert (date(2026, 3, 11), date(2026, 3, 18)) == (
        order.application_at and order.application_at.astimezone(MOUNTAIN).date(),
        order.due_date,
    )


@pytest.mark.upholds("def-critical-dates")
async def test_critical_dates_stand_in_the_history(office: Office) -> None:
    """Each date between application and service that is reported is an event of the order, before or after the FOC."""
    order_id = await office.order_loop()
    await office.decide(order_id, "milestone", reached="order-issued")
    await office.decide(order_id, "milestone", reached="records-issued")
    await office.decide(order_id, "confirm")
    for reached in ("design-verified", "office-tested", "plant-tested"):
        await office.decide(order_id, "milestone", reached=reached)

    critical = [
        type_ for type_ in await office.happened(order_id) if type_.endswith(("-issued", "-verified", "-tested"))
    ]
    assert critical == [
        "order.order-issued",
        "order.records-issued",
        "order.design-verified",
        "order.office-tested",
        "order.plant-tested",
    ]


async def test_the_quote_of_an_individual_case_is_owed_in_twenty_business_days(office: Office) -> None:
    """The report that it was given ends the clock (Exhibit I 2.1)."""
    order_id = await ordered(office, LOOPS_30)
    await office.decide(order_id, "milestone", reached="rate-quote-asked")

    await office.decide(order_id, "milestone", reached="rate-quoted")

    clock = await office.clock_of(order_id, "icb-rate-quote-20-business-days")
    assert (ClockState.STOPPED, "rate-quoted", date(2026, 3, 30)) == (
        clock.state,
        clock.stopped_by,
        clock.due_at.astimezone(MOUNTAIN).date(),
    )


async def test_a_bill_ends_the_wait_for_the_rate_of_an_individual_case(office: Office) -> None:
    """What is billed has its rate; nothing of it runs on in an order that is over (Exhibit I 2.1)."""
    order_id = await ordered(office, LOOPS_30)
    await office.decide(order_id, "milestone", reached="rate-quote-asked")
    await office.decide(order_id, "confirm", due_date="2026-03-16")
    await office.decide(order_id, "complete", completed_on="2026-03-16", order_number="C1")

    await office.decide(order_id, "bill", billed_on="2026-03-17")

    clock = await office.clock_of(order_id, "icb-rate-quote-20-business-days")
    assert (ClockState.STOPPED, "billed") == (clock.state, clock.stopped_by)
