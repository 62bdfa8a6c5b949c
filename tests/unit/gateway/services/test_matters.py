"""Duties that follow from what operators enter: when they begin and end, and what is told when they are not met."""

from datetime import datetime
from typing import Any

import pytest

from gateway.record.port import OrderQuery
from gateway.record.rows import ClockState, Family, OpenClock, Order
from tests.rig.court import MOUNTAIN
from tests.rig.office import PARTNER, Office, open_office
from validators.registers.onboarding import STEPS_DONE
from validators.registers.trunks import PLANNING_MEETINGS

BUILDING = "1200 MAIN ST BOISE ID"
FIRST_PARTS = (
    "general-information",
    "credit-information",
    "billing-information",
    "summary-billing",
    "outage-contacts",
    "administration-contacts",
)


def at(month: int, day: int, hour: int = 9) -> datetime:
    """Give an instant of 2026 in the agreement's zone."""
    return datetime(2026, month, day, hour, tzinfo=MOUNTAIN)


async def matters(office: Office) -> list[Order]:
    """Give the matters of the partner, oldest first."""
    return list(await office.record.orders(OrderQuery(PARTNER, family=Family.MATTER)))


async def clocks(office: Office) -> dict[str, OpenClock]:
    """Give all clocks of all matters by their terms."""
    found = [clock for matter in await matters(office) for clock in await office.record.clocks(matter.id)]
    return {clock.clock: clock for clock in found}


async def due(office: Office, clock: str) -> str:
    """Give the last day of a clock that runs."""
    running = (await clocks(office))[clock]
    assert running.state is ClockState.OPEN
    return f"{running.due_at.astimezone(MOUNTAIN):%m-%d %H:%M}"


async def breaches(office: Office) -> list[str]:
    """Give what the notices in the mailbox say ran out."""
    page = await office.mailbox.page(PARTNER, 0, 50)
    return [notice.data["clock_name"] for notice in page.notices]


async def enter_steps(office: Office, *steps: str, day: str = "2026-03-02") -> None:
    """Enter steps as done."""
    for step in steps:
        await office.enter("onboarding", day, key=step)


async def test_the_rest_of_the_questionnaire_is_expected_two_weeks_after_the_last_of_its_first_parts(
    office: Office,
) -> None:
    """Five of six parts start nothing; the sixth does; the reminder goes to the CLEC, and nothing is refused."""
    await enter_steps(office, *FIRST_PARTS[:-1])
    assert [] == await matters(office)

    await enter_steps(office, FIRST_PARTS[-1], day="2026-03-04")
    assert "03-18 23:59" == await due(office, "questionnaire-remainder-two-weeks")
    await office.travel.to(at(3, 19))

    assert ["Rest of the New Customer Questionnaire"] == await breaches(office)
    (notice,) = (await office.mailbox.page(PARTNER, 0, 50)).notices
    assert ("status", "3.2.1", None) == (notice.kind, notice.section, notice.data.get("order_id"))


async def test_what_is_done_ends_a_matter_and_starts_nothing_again(office: Office) -> None:
    """The rest in its time stops the clock; the same parts entered once more open no second matter."""
    await enter_steps(office, *FIRST_PARTS)
    await enter_steps(office, "questionnaire-rest", day="2026-03-02")
    await enter_steps(office, "credit-information", day="2026-03-05")

    assert ["SETTLED"] == [matter.state for matter in await matters(office)]
    await office.travel.to(at(4, 19))
    assert [] == await breaches(office)


async def test_a_withdrawn_entry_ends_its_matter(office: Office) -> None:
    """What was entered by mistake is owed by nobody."""
    entry = await office.enter("planning-meetings", "2026-03-01", key="BOISIDXXDS0", held_on="2026-04-20")
    assert "04-06 23:59" == await due(office, "lis-planning-info-two-weeks-before")

    await office.registers.withdraw(PLANNING_MEETINGS, entry, "an operator", "wrong switch")
    await office.followers.keep_up()

    assert ["WITHDRAWN"] == [matter.state for matter in await matters(office)]
    await office.travel.to(at(5, 1))
    assert [] == await breaches(office)


async def test_planning_information_is_due_two_weeks_before_the_meeting(office: Office) -> None:
    """What was exchanged before counts; the notice of a breach names the switch."""
    await office.enter("planning-information", "2026-03-01", key="NAMPIDXXDS0")
    await office.enter("planning-meetings", "2026-03-01", key="NAMPIDXXDS0", held_on="2026-04-20")
    await office.enter("planning-meetings", "2026-03-01", key="BOISIDXXDS0", held_on="2026-04-20")

    await office.travel.to(at(4, 7))

    assert {"SETTLED", "OPEN"} == {matter.state for matter in await matters(office)}
    assert ["Exchange of information before the joint planning meeting: BOISIDXXDS0"] == await breaches(office)


async def test_each_forecast_is_followed_by_another_half_a_year_later(office: Office) -> None:
    """A new forecast settles the one before it, and has its own half year."""
    await office.enter("trunk-forecasts", "2026-03-02", key="BOISIDMA99T", trunks=48)
    await office.travel.to(at(8, 31))
    await office.enter("trunk-forecasts", "2026-08-31", key="BOISIDMA99T", trunks=72)

    assert ["SETTLED", "OPEN"] == [matter.state for matter in await matters(office)]
    last = (await office.record.clocks((await matters(office))[-1].id))[0]
    assert "02-28" == f"{last.due_at.astimezone(MOUNTAIN):%m-%d}"
    assert [] == await breaches(office)


async def test_rates_of_combinations_are_loaded_within_three_weeks(office: Office) -> None:
    """From the product's questionnaire; in time nothing is told, and late the CLEC is."""
    await enter_steps(office, "eel-questionnaire")
    assert "03-23 23:59" == await due(office, "combo-onboarding-rate-load")

    await office.travel.to(at(3, 24))
    await enter_steps(office, "eel-rates", day="2026-03-24")

    assert ["Rates of combinations loaded"] == await breaches(office)
    assert ["SETTLED"] == [matter.state for matter in await matters(office)]


async def ask(office: Office, what: str, day: str, **told: Any) -> None:
    """Enter a written request about the building."""
    await office.enter("terminal-requests", day, key=BUILDING, asks=what, received_on=day, **told)


@pytest.mark.parametrize(
    ("before", "clock", "last"),
    [
        (False, "subloop-mte-ownership-notice", "03-16 23:59"),
        (True, "subloop-mte-ownership-known-two-days", "03-10 23:59"),
    ],
)
async def test_the_owner_of_the_cable_is_told_in_ten_days_or_two_business_days(
    office: Office, *, before: bool, clock: str, last: str
) -> None:
    """A notice of intent on Friday the sixth; what the ILEC tells stops the clock."""
    await ask(office, "intent", "2026-03-06", determined_before=before)
    assert {clock: last} == {name: await due(office, name) for name in await clocks(office)}

    await office.enter("building-terminals", "2026-03-09", key=BUILDING, cable_owner="ILEC", ready=False)
    await office.travel.to(at(3, 20))

    assert [] == await breaches(office)


@pytest.mark.parametrize(("claimed", "last"), [("2026-03-04", "03-09 23:59"), ("2026-03-10", "03-12 23:59")])
async def test_a_claim_of_the_owner_makes_the_ten_days_five_and_never_longer(
    office: Office, claimed: str, last: str
) -> None:
    """Five Days from its receipt, but no more than the ten from the intent."""
    await ask(office, "intent", "2026-03-02")
    await office.travel.to(at(3, 11))
    await ask(office, "owner-claim", claimed)

    told = await clocks(office)
    assert last == f"{told['subloop-mte-owner-claim-five-days'].due_at.astimezone(MOUNTAIN):%m-%d %H:%M}"
    assert "owner-claims" == told["subloop-mte-ownership-notice"].stopped_by


async def test_inventory_and_rearrangement_have_their_days_from_the_request(office: Office) -> None:
    """Five Days beside the ten of the intent; forty-five for room; a terminal that is ready ends both."""
    await ask(office, "intent", "2026-03-02")
    await ask(office, "inventory", "2026-03-03")
    await ask(office, "rearrangement", "2026-03-03")
    await office.travel.to(at(3, 3))
    assert "03-17 23:59" == await due(office, "subloop-inventory-five-days")
    await ask(office, "inventory", "2026-03-20")
    assert "04-17 23:59" == await due(office, "subloop-mte-rearrangement-45-days")
    await office.travel.to(at(3, 31))

    await office.enter("building-terminals", "2026-03-31", key=BUILDING, cable_owner="ILEC", ready=True)

    assert "Inventory of the CLEC's terminations: " + BUILDING in await breaches(office)
    assert {ClockState.STOPPED} == {clock.state for clock in (await clocks(office)).values()}
    assert ["SETTLED"] == [matter.state for matter in await matters(office)]


async def test_conditions_without_standard_terms_are_told_in_ten_business_days(office: Office) -> None:
    """Of a request on Monday by Monday two weeks later; what is told ends it (9.3.1.1.4)."""
    await ask(office, "conditions", "2026-03-02")
    assert "03-16 23:59" == await due(office, "subloop-nonstandard-conditions-ten-business-days")
    await office.travel.to(at(3, 17))

    await office.enter("building-terminals", "2026-03-17", key=BUILDING, ready=False, conditions_told=True)

    assert ["Conditions of access without standard terms: " + BUILDING] == await breaches(office)
    assert ["SETTLED"] == [matter.state for matter in await matters(office)]


async def test_trouble_of_a_ported_number_in_the_ilecs_network_has_24_hours(office: Office) -> None:
    """Nights and weekends count; trouble that was found in the CLEC's network has no such time."""
    told = {"received_at": "2026-03-06T16:00:00-07:00", "service": "lnp"}
    await office.enter("trouble-reports", "2026-03-06", key="T1", found_in="CLEC network", **told)
    await office.enter("trouble-reports", "2026-03-06", key="T2", found_in="ILEC network", **told)
    await office.enter("trouble-reports", "2026-03-06", key="T3", found_in="ILEC network", **told)
    assert "03-07 16:00" == await due(office, "lnp-trouble-24-hours")
    await office.travel.to(at(3, 7, 11))
    await office.enter("troubles-cleared", "2026-03-07", key="T2", cleared_at="2026-03-07T10:30:00-07:00")

    await office.travel.to(at(3, 8))

    assert ["Repair of a ported number: T3"] == await breaches(office)


async def test_a_usage_file_follows_on_the_next_business_day(office: Office) -> None:
    """Friday's is followed on Monday; a Monday without one is told."""
    await office.enter("usage-files", "2026-03-06", records=120)
    assert "03-09 23:59" == await due(office, "daily-usage-file-days")
    await office.travel.to(at(3, 9))
    await office.enter("usage-files", "2026-03-09", records=300)
    await office.travel.to(at(3, 11))

    assert ["SETTLED", "OPEN"] == [matter.state for matter in await matters(office)]
    assert ["Next daily usage file"] == await breaches(office)


async def test_another_process_opens_no_matter_twice_and_goes_on_where_the_first_stopped(office: Office) -> None:
    """Two gateways on one database, and one that starts later, keep the same matters."""
    await ask(office, "intent", "2026-03-02")
    url = office.record.engine.url.render_as_string(hide_password=False)
    async with open_office(url, office.judge, office.schemas, start=at(3, 9)) as other:
        await other.followers.keep_up()
        await other.enter("building-terminals", "2026-03-09", key=BUILDING, cable_owner="ILEC", ready=True)
    await office.registers.refresh()
    await office.travel.to(at(3, 9))

    assert ["SETTLED"] == [matter.state for matter in await matters(office)]
    happened = [event.type for event in await office.record.events((await matters(office))[0].id)]
    assert 1 == happened.count("order.ready")


async def test_matters_stand_in_no_list_of_orders(office: Office) -> None:
    """They have a list of their own; the register that opened one knows no order."""
    await ask(office, "intent", "2026-03-02")

    assert [] == list(await office.record.orders(OrderQuery(PARTNER)))
    assert [] == list(office.registers.dossier(PARTNER).entries(STEPS_DONE))


@pytest.mark.parametrize(("begun", "early"), [("2026-04-01", True), ("2026-04-02", False)])
async def test_fiber_is_not_reclaimed_before_thirty_days_of_notice(office: Office, begun: str, *, early: bool) -> None:
    """The CLEC is told what the ILEC means to take back; a proceeding that begins within the 30 Days is a breach."""
    await office.enter("fiber-reclaims", "2026-03-02", key="F101/T1/BOISIDMA/NMPAIDMA", step="notice")
    (told,) = (await office.mailbox.page(PARTNER, 0, 50)).notices
    await office.travel.to(datetime.fromisoformat(f"{begun}T09:00").replace(tzinfo=MOUNTAIN))
    await office.enter("fiber-reclaims", begun, key="F101/T1/BOISIDMA/NMPAIDMA", step="proceeding")
    after = (await office.mailbox.page(PARTNER, 0, 50)).notices[1:]

    assert ("9.7.2.10", True) == (told.section, "F101/T1/BOISIDMA/NMPAIDMA" in str(told.data))
    assert ["9.7.2.10"] * early == [notice.section for notice in after]
    assert ["SETTLED"] == [matter.state for matter in await matters(office)]
