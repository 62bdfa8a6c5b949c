"""What only ASRs bring about in the office: charges, answers to TGSRs, embargoes at the FOC, pairs, fixed fields."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from gateway.record.port import OrderQuery
from gateway.record.rows import ClockState, Family
from gateway.services.charges import charges_of_trunks
from gateway.services.refusals import DecisionRefused, StateForbids
from gateway.services.taken import Taken
from tests.rig.court import MORE_TRUNKS, MOUNTAIN, REARRANGED, TRANSPORT, TRUNKS, sample
from tests.rig.office import Office, open_office
from validators.judge import Judge
from validators.messages.compose import compose
from validators.schema import Schemas

CLEC = "trunker"
START = datetime(2027, 1, 4, 9, tzinfo=MOUNTAIN)


@pytest.fixture
async def office(database: str, bench: tuple[Judge, Schemas]) -> AsyncIterator[Office]:
    """An office with a partner whose codes are those of the sample ASRs, on a Monday."""
    async with open_office(database, *bench, start=START) as opened:
        await opened.partners.add(CLEC, "Sawtooth Example Networks", "template", ccna=["ZQX"], cc=["X9Z1"])
        yield opened


async def take(office: Office, name: str, sets: Mapping[str, str] | None = None) -> Taken:
    """Hand in a sample ASR, with the office's date as that of its sending."""
    body = compose(sample(name), sets or {}, schemas=office.schemas)
    taken = await office.intake.submit(CLEC, Family.ASR, body, idempotency_key=None, if_match=None)
    assert isinstance(taken, Taken)
    return taken


async def ordered(office: Office, name: str, sets: Mapping[str, str] | None = None) -> str:
    """Order a sample that is accepted, and give the order's id."""
    taken = await take(office, name, sets)
    assert "rejected" != taken.acknowledgement.outcome, taken.acknowledgement.findings
    return taken.order_id


async def charged(office: Office, order_id: str) -> list[tuple[str, str | None]]:
    """Give id and total of the charges on an order's last notice."""
    last = (await office.notices(order_id))[-1].data
    return [(charge["id"], charge.get("total")) for charge in last.get("charges", [])]


@pytest.mark.upholds("lis-installation-nrc")
@pytest.mark.parametrize(
    ("activity", "charges"),
    [
        ("N", [("lis-installation-nrc", "229.40"), ("lis-installation-further", "125.58")]),
        ("C", [("lis-rearrangement", "114.70"), ("lis-rearrangement-further", "62.79")]),
        ("D", []),
    ],
)
async def test_the_installation_of_trunks_is_stated(
    office: Office, activity: str, charges: list[tuple[str, str]]
) -> None:
    """For each trunk, the first more than the others; half of it for a rearrangement (7.3.3.1, 7.3.3.2)."""
    order = await office.order(await ordered(office, TRUNKS))
    agreement = office.desk.agreement_of(order)
    found = charges_of_trunks(agreement, replace(order, activity=activity))
    assert charges == [(charge.id, charge.as_json()["total"]) for charge in found]

    await office.decide(order.id, "confirm", due_date="2027-02-08")
    assert ["lis-installation-nrc", "lis-installation-further"] == [one for one, _ in await charged(office, order.id)]


@pytest.mark.upholds("lis-additional-testing-charge")
async def test_further_tests_are_stated_by_the_tariff(office: Office) -> None:
    """The back end names them; Exhibit A has no amount of its own (7.3.5.3)."""
    order_id = await ordered(office, TRUNKS)
    tests = [{"id": "lis-additional-testing-charge", "quantity": 2}]
    await office.decide(order_id, "confirm", due_date="2027-02-08", charges=tests)
    (charge,) = [one for one in (await office.notices(order_id))[-1].data["charges"] if one["id"] == tests[0]["id"]]

    assert "priced by the Access Service Tariff" in charge["name"]
    assert ("2", None, None) == (charge["quantity"], charge.get("amount"), charge.get("total"))


@pytest.mark.upholds("udit-cancel-charge-exceptions")
@pytest.mark.parametrize(
    ("due", "expected", "cancelled_on", "charges"),
    [
        ("2027-01-20", None, (1, 12), True),
        ("2027-01-20", "2027-02-02", (1, 12), True),  # nine business days
        ("2027-01-20", "2027-02-03", (1, 12), False),  # ten of them: exception a
        ("2027-03-01", None, (2, 19), False),  # beyond the interval, ten Days before: exception b
        ("2027-03-01", None, (2, 20), True),
    ],
)
async def test_a_cancelled_order_for_transport_states_its_charge(
    office: Office, due: str, expected: str | None, cancelled_on: tuple[int, int], *, charges: bool
) -> None:
    """But not where the date was put off by ten business days, or lay late and there are ten Days to it (9.6.4.1.5)."""
    date_of = f"{due[5:]}-{due[:4]}"
    order_id = await ordered(office, TRANSPORT, {"ADMIN.DDD": date_of})
    await office.decide(order_id, "confirm", due_date=due)
    if expected:
        await office.decide(order_id, "jeopardy", rcode="1A", estimated_due_date=expected)
    await office.travel.to(datetime(2027, *cancelled_on, 9, tzinfo=MOUNTAIN))
    await take(office, TRANSPORT, {"ADMIN.DDD": date_of, "ADMIN.VER": "02", "ADMIN.SUP": "1"})

    assert "CANCELLED" == (await office.order(order_id)).state
    assert [("udit-cancel-charge-exceptions", None)] * charges == await charged(office, order_id)


async def test_a_tgsr_is_told_and_waits_ten_business_days_for_its_answer(office: Office) -> None:
    """The ILEC sends it through the gateway; silence is told after ten business days, and after the 20 of NI-1."""
    await office.enter(
        "trunk-servicing-requests", "2027-01-04", partner=CLEC, key="TGSR1", sent_on="2027-01-04", asks_for="augment"
    )
    (told,) = (await office.mailbox.page(CLEC, 0, 50)).notices
    assert ("status", "7.2.2.8.11") == (told.kind, told.section)
    assert told.data["text"].endswith("Its number is TGSR1")

    (matter,) = await office.record.orders(OrderQuery(CLEC, family=Family.MATTER))
    due = {clock.clock: f"{clock.due_at.astimezone(MOUNTAIN):%m-%d}" for clock in await office.record.clocks(matter.id)}
    assert {"tgsr-answer": "01-18", "tgsr-order-twenty-days": "01-24"} == due
    await office.travel.to(datetime(2027, 1, 25, 9, tzinfo=MOUNTAIN))
    assert ["7.2.2.8.11", "7.2.2.8.11", "Exhibit B NI-1"] == [
        notice.section for notice in (await office.mailbox.page(CLEC, 0, 50)).notices
    ]


async def test_an_asr_answers_the_tgsr_that_it_names(office: Office) -> None:
    """Its number in BIC ID ends the matter, in the commit that takes the ASR."""
    await office.enter(
        "trunk-servicing-requests", "2027-01-04", partner=CLEC, key="TGSR2", sent_on="2027-01-04", asks_for="augment"
    )
    await ordered(office, MORE_TRUNKS, {"ADMIN.BIC ID": "TGSR2"})
    await office.registers.refresh()
    await office.followers.keep_up()

    (matter,) = await office.record.orders(OrderQuery(CLEC, family=Family.MATTER))
    assert "SETTLED" == matter.state
    assert {ClockState.STOPPED} == {clock.state for clock in await office.record.clocks(matter.id)}


async def test_a_conversion_is_announced_by_a_tgsr_ninety_days_before(office: Office) -> None:
    """A TGSR for a switch of that wire center ends the wait; without one the CLEC is told (12.3.24.4.2)."""
    await office.enter(
        "conversions", "2027-01-04", partner=CLEC, key="BOISIDMA", kind="switch", conversion_date="2027-06-01"
    )
    (matter,) = await office.record.orders(OrderQuery(CLEC, family=Family.MATTER))
    (clock,) = await office.record.clocks(matter.id)
    assert "03-03" == f"{clock.due_at.astimezone(MOUNTAIN):%m-%d}"

    await office.enter(
        "trunk-servicing-requests",
        "2027-02-01",
        partner=CLEC,
        key="TGSR3",
        sent_on="2027-02-01",
        asks_for="conversion",
        switch="BOISIDMA99T",
    )
    await office.travel.to(datetime(2027, 3, 5, 9, tzinfo=MOUNTAIN))
    assert "SETTLED" == (await office.order(matter.id)).state


async def test_a_refusal_to_build_is_followed_by_a_proceeding(office: Office) -> None:
    """Within ten Days of the writing (7.2.2.8.16)."""
    route = "BOISIDMA-TWFLIDMA"
    await office.enter(
        "construction-refusals", "2027-01-04", partner=CLEC, key=route, said_on="2027-01-04", said_by="ILEC"
    )
    (matter,) = await office.record.orders(OrderQuery(CLEC, family=Family.MATTER))
    (clock,) = await office.record.clocks(matter.id)
    assert "01-14" == f"{clock.due_at.astimezone(MOUNTAIN):%m-%d}"

    await office.enter("construction-proceedings", "2027-01-10", partner=CLEC, key=route)
    await office.travel.to(datetime(2027, 1, 20, 9, tzinfo=MOUNTAIN))
    assert "SETTLED" == (await office.order(matter.id)).state


@pytest.mark.parametrize(
    ("kind", "due", "section"),
    [
        ("switch", "2027-03-01", "12.3.24.6"),
        ("frame", "2027-04-05", "12.3.24.5"),
        ("switch", "2027-02-28", None),
        ("switch", "2027-04-06", None),
    ],
)
async def test_no_foc_commits_to_a_day_in_an_embargo(office: Office, kind: str, due: str, section: str | None) -> None:
    """From 30 Days before the Conversion Date to five after it, both counted in; an order taken before is bound too."""
    order_id = await ordered(office, TRUNKS)
    await office.enter(
        "conversions", "2027-01-05", partner=CLEC, key="BOISIDMA", kind=kind, conversion_date="2027-03-31"
    )
    if section is None:
        await office.decide(order_id, "confirm", due_date=due)
        assert "CONFIRMED" == (await office.order(order_id)).state
        return
    with pytest.raises(DecisionRefused) as refused:
        await office.decide(order_id, "confirm", due_date=due)
    (finding,) = refused.value.findings
    assert (section, "/due_date") == (finding.section, finding.path)
    assert "ACCEPTED" == (await office.order(order_id)).state


async def test_a_conversion_to_transport_is_confirmed_once_both_asrs_are_there(office: Office) -> None:
    """The other one that RPON names must be on record, and neither rejected nor cancelled (9.6.4.6)."""
    converts = {"ADMIN.REMARKS": "CONVERSION TO UDIT", "ADMIN.RPON": "OTHERHALF"}
    first = await ordered(office, TRANSPORT, converts)
    with pytest.raises(StateForbids, match="OTHERHALF, the other ASR of the same conversion, has not come") as refused:
        await office.decide(first, "confirm", due_date="2027-01-20")
    assert "9.6.4.6" == refused.value.section

    await ordered(office, TRANSPORT, {**converts, "ADMIN.PON": "OTHERHALF", "ADMIN.RPON": "UDITBT0001"})
    await office.decide(first, "confirm", due_date="2027-01-20")
    assert "CONFIRMED" == (await office.order(first)).state


async def test_trunks_that_do_not_add_up_are_refused(office: Office) -> None:
    """TRKQTY of all circuits is QTY; what only an ASR has is told of no other order."""
    order_id = await ordered(office, TRUNKS)
    circuits: dict[str, Any] = {"circuits": [{"reference": "0001", "trunks": 23}]}

    with pytest.raises(DecisionRefused) as refused:
        await office.decide(order_id, "confirm", due_date="2027-02-08", access=circuits)
    assert ["/access/circuits"] == [finding.path for finding in refused.value.findings]


async def test_a_rearrangement_is_no_installation(office: Office) -> None:
    """Transport states no charge of trunks."""
    order_id = await ordered(office, REARRANGED, {"ADMIN.DDD": "02-20-2027"})
    await office.decide(order_id, "confirm", due_date="2027-02-22")

    assert [] == await charged(office, order_id)
