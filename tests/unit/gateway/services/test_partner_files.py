"""What stands of a partner beside its orders, and what it means for them."""

from datetime import date

import pytest

from gateway.services.partner_files import PartnerFiles
from gateway.services.refusals import DecisionRefused, NotFound
from gateway.services.taken import Taken
from tests.rig.court import LOOP
from tests.rig.office import PARTNER, Office
from validators.registers.credit import HOLDS
from validators.registers.onboarding import STEPS

CONVERSION = {"kind": "switch", "conversion_date": "2026-03-12"}


@pytest.fixture
def files(office: Office) -> PartnerFiles:
    """Give the files of the office's partners."""
    return PartnerFiles(office.record, office.registers, office.desk.agreements, office.clock)


async def test_a_new_partner_has_all_steps_before_it(files: PartnerFiles) -> None:
    """Under an agreement that assumes them to be done, the file says that nothing of it blocks."""
    file = await files.of(PARTNER)

    assert list(STEPS) == [step.id for step in file.missing]
    assert (False, date(2026, 3, 2), ()) == (file.tracked, file.day, file.products)


async def test_steps_are_noted_one_by_one_or_all_at_once(files: PartnerFiles) -> None:
    """A step counts from its day; a certification only for its states."""
    await files.step_done(PARTNER, "checklist", date(2026, 3, 2), "an operator", {})
    await files.step_done(PARTNER, "billing-information", date(2026, 3, 5), "an operator", {})
    await files.step_done(PARTNER, "state-certification", date(2026, 3, 1), "an operator", {"states": ["WA"]})
    missing = {step.id for step in (await files.of(PARTNER)).missing}

    await files.all_done(PARTNER, date(2026, 3, 1), "an operator")
    file = await files.of(PARTNER)

    assert "checklist" not in missing
    assert {"billing-information", "state-certification"} <= missing
    assert ((), ("all",)) == (file.missing, file.products)
    with pytest.raises(NotFound, match="step 'paperwork'"):
        await files.step_done(PARTNER, "paperwork", date(2026, 3, 1), "an operator", {})


@pytest.mark.upholds("credit-hold-release-on-payment")
async def test_a_hold_stops_orders_until_it_is_withdrawn(office: Office, files: PartnerFiles) -> None:
    """The file tells its dates; the first order after the withdrawal is taken."""
    hold = await office.enter(
        "credit-holds",
        "2026-03-01",
        ground="unpaid",
        invoiced_on="2026-01-01",
        notice_delivered_on="2026-02-01",
        notice_by="certified mail",
    )
    await office.enter(
        "disputes", "2026-03-01", key="INV-7", invoiced_on="2026-01-01", disputed_on="2026-03-01", amount=5, reason="x"
    )
    stopped = await office.submit(office.document(LOOP))
    file = await files.of(PARTNER)
    await office.registers.withdraw(HOLDS, hold, "an operator", "paid")
    resumed = await office.submit(office.document(LOOP, {"PON": "SLT26A000002"}))

    assert isinstance(stopped, Taken)
    assert isinstance(resumed, Taken)
    assert ("rejected", "accepted") == (stopped.acknowledgement.outcome, resumed.acknowledgement.outcome)
    assert [(date(2026, 1, 30), date(2026, 3, 2))] == [(one.dates.due, one.dates.stops) for one in file.holds]
    assert [("INV-7", 1)] == [(number, len(doubts)) for number, doubts in file.disputes]


@pytest.mark.upholds("def-desired-versus-due-date")
async def test_a_confirmation_gives_no_date_in_a_quiet_period(office: Office) -> None:
    """The date that is committed is tested like the desired one: a refusal names the first lawful date (12.3.24.7)."""
    order_id = await office.order_loop()
    await office.enter("conversions", "2026-03-02", partner=None, key="BOISIDMA", **CONVERSION)

    with pytest.raises(DecisionRefused) as refused:
        await office.decide(order_id, "confirm", due_date="2026-03-10")
    await office.decide(order_id, "confirm")

    (finding,) = refused.value.findings
    assert ("E616", "give 2026-03-16 or a later day") == (finding.code, finding.cure)
    assert date(2026, 3, 16) == (await office.order(order_id)).due_date


async def test_what_buildings_have_reaches_the_rules(office: Office) -> None:
    """A field connection point that is not in place rejects a subloop; one that is there passes."""
    await office.enter("connection-points", "2026-01-01", key="BOISIDMAF01", in_place=False)
    rejected = await office.submit(office.document(LOOP, {"NC": "UA--", "DDD": "03-30-2026"}))
    await office.enter("connection-points", "2026-03-02", key="BOISIDMAF01", in_place=True)
    taken = await office.submit(office.document(LOOP, {"NC": "UA--", "DDD": "03-30-2026", "PON": "SLT26A000002"}))

    assert isinstance(rejected, Taken)
    assert isinstance(taken, Taken)
    assert ["subloop-fcp-in-place"] == [finding.rule for finding in rejected.acknowledgement.findings]
    assert "order.not-asked" not in await office.happened(taken.order_id)


@pytest.mark.upholds("new-clec-three-cycle-grace")
async def test_a_hold_on_a_new_clec_is_shown_with_a_doubt(office: Office, files: PartnerFiles) -> None:
    """On record since 2 March, it is spared a disconnection until 2 June; from then on nothing is doubted (5.4.3)."""
    noticed = {"notice_delivered_on": "2026-03-02", "notice_by": "certified mail"}
    await office.enter("credit-holds", "2026-03-02", ground="unpaid", invoiced_on="2026-01-05", **noticed)

    (new,) = (await files.of(PARTNER)).holds
    (known,) = (await files.of(PARTNER, date(2026, 6, 2))).holds

    assert (date(2026, 6, 2), 1) == (new.dates.disconnects, len(new.dates.doubts))
    assert "5.4.3" in new.dates.doubts[0]
    assert ((), date(2026, 4, 6)) == (known.dates.doubts, known.dates.disconnects)
