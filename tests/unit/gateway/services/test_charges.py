"""Charges: stated on the notice that they follow from, with section, line and amount; never billed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from gateway.services.refusals import DecisionRefused, StateForbids
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP, LOOP, LOOP_WITH_PORT, MOUNTAIN, PORT
from tests.rig.office import Office, add_partners, open_office
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas

MANAGED = {"CHC": "Y", "DFDT": "1000AM", "REMARKS": "MANAGED CUT"}
PROJECT = {"REMARKS": "PROJECT COORDINATED", "PROJECT": "P26", "NOR": "01-02"}
EEL = {"REQTYP": "PB", "NC": "HC--", "NCI": "04QB9.11", "REMARKS": "CERTIFIED", "DDD": "03-30-2026"}


async def ordered(office: Office, name: str = LOOP, sets: Mapping[str, str] | None = None) -> str:
    """Order a sample and give the order's id."""
    taken = await office.submit(office.document(name, sets))
    assert isinstance(taken, Taken)
    assert "rejected" != taken.acknowledgement.outcome
    return taken.order_id


async def stated(office: Office, order_id: str) -> list[tuple[str, str, str | None]]:
    """Give id, amount and total of the charges on an order's last notice."""
    last = (await office.notices(order_id))[-1].data
    return [(charge["id"], charge["amount"], charge.get("total")) for charge in last.get("charges", [])]


@pytest.mark.upholds("expedite-charge-une")
@pytest.mark.parametrize(
    ("due", "charges"),
    [
        ("2026-03-04", [("expedite-charge-une", "400.00", "1200.00")]),
        ("2026-03-06", [("expedite-charge-une", "400.00", "400.00")]),
        ("2026-03-09", []),
    ],
)
async def test_each_day_by_which_the_interval_is_shortened_is_charged(
    office: Office, due: str, charges: list[tuple[str, str, str]]
) -> None:
    """Days are counted as the interval is, in business days; the standard date costs nothing (9.1.15)."""
    order_id = await ordered(office, sets={"DDD": "03-04-2026", "EXP": "Y"})

    await office.decide(order_id, "confirm", due_date=due)

    assert charges == await stated(office, order_id)


async def test_a_denied_expedite_is_not_charged(office: Office) -> None:
    """Whatever date the ILEC then commits to."""
    order_id = await ordered(office, sets={"DDD": "03-04-2026", "EXP": "Y"})
    await office.decide(order_id, "expedite", granted=False)

    await office.decide(order_id, "confirm", due_date="2026-03-06")

    assert [] == await stated(office, order_id)


@pytest.mark.upholds("conditioning-charge")
@pytest.mark.parametrize(("sca", "load_coils", "charged"), [("Y", True, True), ("Y", False, False), ("", False, False)])
async def test_conditioning_is_charged_where_it_is_approved_and_needed(
    office: Office, sca: str, *, load_coils: bool, charged: bool
) -> None:
    """A clean pair costs nothing, approved or not (9.2.2.4)."""
    order_id = await ordered(office, CONDITIONED_LOOP, {"SCA": sca})
    await office.decide(order_id, "facility-answer", load_coils=load_coils, bridged_tap=False)

    await office.decide(order_id, "confirm", due_date="2026-03-23")

    assert charged is bool(await stated(office, order_id))


@pytest.mark.upholds("design-change-charge")
@pytest.mark.upholds("dispatch-charge")
@pytest.mark.upholds("extension-technology")
async def test_what_only_the_back_end_knows_is_stated_where_it_says_so(office: Office) -> None:
    """It names the charge; name, section, line and amount are the agreement's."""
    order_id = await ordered(office)
    named = [{"id": "design-change-charge", "quantity": 1}, {"id": "extension-technology"}]

    await office.decide(order_id, "confirm", due_date="2026-03-09", charges=named)
    assert [("design-change-charge", "73.99", "73.99"), ("extension-technology", "22.00", None)] == await stated(
        office, order_id
    )
    dispatched = [{"id": "dispatch-charge", "quantity": 2}]
    await office.decide(order_id, "complete", completed_on="2026-03-09", charges=dispatched)

    (charge,) = (await office.notices(order_id))[-1].data["charges"]
    assert {"section": "9.1.12", "line": "9.20.11", "unit": "dispatch", "total": "175.96"}.items() <= charge.items()


@pytest.mark.upholds("oss-charges-need-approval")
async def test_a_charge_that_is_not_authorised_is_never_stated(database: str, bench: tuple[Judge, Schemas]) -> None:
    """It is neither stated by itself nor taken from the back end, which is told what there is (12.2.11)."""
    template = bench[0].agreements["template"]
    charges = {name: term.model_copy(update={"authorised": False}) for name, term in template.charges.items()}
    agreement = template.model_copy(update={"charges": charges})
    judge = Judge(bench[1], {"template": agreement}, rule_book())
    async with open_office(database, judge, bench[1]) as office:
        await add_partners(office)
        order_id = await ordered(office, sets={"DDD": "03-04-2026", "EXP": "Y"})
        with pytest.raises(DecisionRefused) as refused:
            await office.decide(order_id, "confirm", due_date="2026-03-04", charges=[{"id": "dispatch-charge"}])
        await office.decide(order_id, "confirm", due_date="2026-03-04")

        assert [("12.2.11", "dispatch-charge")] == [(f.section, f.value) for f in refused.value.findings]
        assert [] == await stated(office, order_id)


@pytest.mark.upholds("out-of-hours-labor-charge")
@pytest.mark.parametrize(
    ("day", "time", "amounts"),
    [("2026-03-16", "0900PM", ["9.02"]), ("2026-03-15", "0900AM", ["18.05"]), ("2026-03-16", "0900AM", [])],
    ids=["overtime", "premium", "in hours"],
)
async def test_a_coordinated_installation_out_of_hours_states_its_rate(
    office: Office, day: str, time: str, amounts: list[str]
) -> None:
    """Evening hours are overtime, a Sunday is premium; how long it takes only the work will tell."""
    order_id = await ordered(office, LOOP_WITH_PORT)

    await office.decide(order_id, "confirm", due_date=day, frame_due_time=time)

    assert [("out-of-hours-labor-charge", amount, None) for amount in amounts] == await stated(office, order_id)


@pytest.mark.upholds("lnp-managed-cut-rates")
@pytest.mark.upholds("lnp-did-managed-cut-free")
@pytest.mark.parametrize(
    ("day", "free", "amounts"),
    [("2026-03-16", False, ["26.57"]), ("2026-03-15", False, ["42.21"]), ("2026-03-16", True, [])],
)
async def test_a_managed_cut_states_the_rate_of_its_hour(
    office: Office, day: str, amounts: list[str], *, free: bool
) -> None:
    """Standard in the day, premium on a Sunday; nothing where the switch makes the cut necessary."""
    order_id = await ordered(office, PORT, MANAGED)

    await office.decide(order_id, "confirm", due_date=day, cut_is_free=free)

    assert [("lnp-managed-cut-rates", amount, None) for amount in amounts] == await stated(office, order_id)


@pytest.mark.upholds("project-late-change-charge")
@pytest.mark.upholds("lnp-managed-cut-late-change-charge")
@pytest.mark.parametrize(
    ("name", "sets", "charge", "total"),
    [
        (LOOP_WITH_PORT, PROJECT, "project-late-change-charge", "166.20"),
        (PORT, MANAGED, "lnp-managed-cut-late-change-charge", "159.42"),
    ],
)
@pytest.mark.parametrize(("hour", "late"), [(9, False), (11, True)])
async def test_a_cancellation_within_a_day_of_the_agreed_time_costs_three_hours(
    office: Office, name: str, sets: dict[str, str], charge: str, total: str, hour: int, *, late: bool
) -> None:
    """The notice of the cancellation states one person for six half hours, from 24 hours before on."""
    order_id = await ordered(office, name, sets)
    await office.decide(order_id, "confirm", due_date="2026-03-17", frame_due_time="1000AM")
    await office.travel.to(datetime(2026, 3, 16, hour, tzinfo=MOUNTAIN))

    await office.submit(office.document(name, {**sets, "VER": "02", "SUP": "1"}))

    found = await stated(office, order_id)
    assert "cancelled" == (await office.told(order_id))[-1]
    assert [(charge, total)] * late == [(found_id, found_total) for found_id, _, found_total in found]


async def test_a_late_new_date_is_stated_with_the_next_foc_and_once(office: Office) -> None:
    """A supplement has no notice of its own, so the FOC that follows states it; a FOC after that does not."""
    order_id = await ordered(office, PORT, MANAGED)
    await office.decide(order_id, "confirm", due_date="2026-03-17", frame_due_time="1000AM")
    await office.travel.to(datetime(2026, 3, 16, 11, tzinfo=MOUNTAIN))
    await office.submit(office.document(PORT, {**MANAGED, "VER": "02", "SUP": "2", "DDD": "03-20-2026"}))

    ids = []
    for step in (
        {"decision": "confirm", "ver": "02", "due_date": "2026-03-20"},
        {"decision": "jeopardy", "ver": "02", "rcode": "1L", "caused_by": "ilec"},
        {"decision": "confirm", "ver": "02", "due_date": "2026-03-23"},
    ):
        await office.decisions.take(order_id, step, None)
        ids.append([charge for charge, _, _ in await stated(office, order_id)])

    assert [["lnp-managed-cut-rates", "lnp-managed-cut-late-change-charge"], [], ["lnp-managed-cut-rates"]] == ids


@pytest.mark.upholds("combo-rates-after-all-elements")
async def test_a_combination_is_billed_once_all_its_elements_are_there(office: Office) -> None:
    """While the related request is not completed the billing is refused, with the clause; then it is taken."""
    first = await ordered(office, sets={"PON": "ELEMENT1"})
    combination = await ordered(office, sets={**EEL, "PON": "ELEMENT2", "RPON": "ELEMENT1"})
    await office.decide(combination, "confirm", due_date="2026-03-30")
    await office.decide(combination, "complete", completed_on="2026-03-30")
    bill: dict[str, Any] = {"decision": "bill", "billed_on": "2026-03-31"}

    with pytest.raises(StateForbids, match="PON ELEMENT1, an element of the same combination, is ACCEPTED") as refused:
        await office.decisions.take(combination, bill, None)
    await office.decide(first, "confirm", due_date="2026-03-30")
    await office.decide(first, "complete", completed_on="2026-03-30")
    answer = await office.decisions.take(combination, bill, None)

    assert ("9.23.3.13", "BILLED") == (refused.value.section, answer["state"])
