"""Orders that come by hand, and what every order has whichever way it came."""

from datetime import UTC, datetime

import pytest

from gateway.record.rows import Family
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.services.audit import AuditLog
from gateway.services.by_hand import OrdersByHand
from gateway.services.refusals import NotFound
from gateway.services.taken import Duplicate, Taken
from tests.rig.court import LOOP
from tests.rig.office import OTHER_PARTNER, PARTNER, PAST_DATE, Office


@pytest.fixture
def by_hand(office: Office) -> OrdersByHand:
    """Give what enters orders that come by hand."""
    audit = AuditLog(office.record, office.clock)
    return OrdersByHand(office.record, office.intake, office.mailbox, office.registers, audit)


async def entered(office: Office, by_hand: OrdersByHand, sets: dict[str, str] | None = None) -> Taken:
    """Enter the sample loop as it came by facsimile."""
    body = office.document(LOOP, sets)
    taken = await by_hand.enter(PARTNER, Family.LSR, body, "facsimile", "an operator")
    assert isinstance(taken, Taken)
    return taken


@pytest.mark.upholds("manual-order-manual-foc")
@pytest.mark.upholds("lsr-jeopardy-reject-manual")
@pytest.mark.upholds("combo-receipt-channels")
async def test_notices_of_what_came_by_hand_wait_to_be_handed_over(office: Office, by_hand: OrdersByHand) -> None:
    """FOC, jeopardy and reject alike; what is handed over waits no more; other orders never wait."""
    order = (await entered(office, by_hand)).order_id
    refused = await entered(office, by_hand, {"PON": "SLT26A000009", **PAST_DATE})
    await office.decide(await office.order_loop({"PON": "SLT26A000008"}), "confirm", due_date="2026-03-16")
    await office.decide(order, "confirm", due_date="2026-03-16")
    await office.decide(order, "jeopardy", rcode="1P", text="The frame is full")

    first, second = sorted(await by_hand.waiting(), key=lambda one: one.pon)
    foc, jeopardy = first.notices
    await by_hand.handed_over(foc.id, "an operator")

    assert (PARTNER, order, "SLT26A000001", "facsimile") == (
        first.partner_id,
        first.order_id,
        first.pon,
        first.came_by,
    )
    assert ("foc", "jeopardy") == (foc.kind, jeopardy.kind)
    assert (refused.order_id, ["reject"]) == (second.order_id, [notice.kind for notice in second.notices])
    assert {"jeopardy", "reject"} == {one.kind for order in await by_hand.waiting() for one in order.notices}
    with pytest.raises(NotFound):
        await by_hand.handed_over(foc.id, "an operator")
    acts = [act.action for act in await office.record.audit.after(0, 50)]
    assert "notice.hand-over" in acts


async def test_what_is_entered_twice_is_taken_once(office: Office, by_hand: OrdersByHand) -> None:
    """The same again gets the first answer; another order under its PON and version is a duplicate."""
    first, again = [await entered(office, by_hand) for _ in range(2)]
    other = await by_hand.enter(
        PARTNER, Family.LSR, office.document(LOOP, {"DDD": "03-20-2026"}), "facsimile", "an operator"
    )

    assert first.order_id == again.order_id
    assert isinstance(other, Duplicate)
    assert 1 == len([act for act in await office.record.audit.after(0, 50) if act.action == "register.enter"])


@pytest.mark.upholds("notices-to-customer-of-record")
async def test_notices_go_to_the_customer_of_record_alone(office: Office) -> None:
    """An agent that is named in the partner's file gets no copy (12.3.19.3)."""
    await office.enter("onboarding", "2026-03-02", key="agent", reference=OTHER_PARTNER)
    await office.decide(await office.order_loop(), "confirm", due_date="2026-03-16")

    boxes = [await office.mailbox.page(name, 0, 10) for name in (PARTNER, OTHER_PARTNER)]

    assert [["foc"], []] == [[notice.kind for notice in box.notices] for box in boxes]


@pytest.mark.upholds("interface-hours")
async def test_an_order_is_acknowledged_in_its_own_call_at_any_hour(office: Office) -> None:
    """On Thanksgiving at three in the morning, with no back end there; the measures know the published hours."""
    await office.travel.to(datetime(2026, 11, 26, 10, tzinfo=UTC))

    taken = await office.submit(office.document(LOOP, {"DDD": "12-14-2026"}))

    assert isinstance(taken, Taken)
    assert "accepted" == taken.acknowledgement.outcome
    assert office.clock.now() == (await office.order(taken.order_id)).received_at
    assert load_measure_terms(None).hours
