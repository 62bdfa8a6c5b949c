"""What is offered about an order as it stands: what the commands would take, and nothing that they would refuse."""

from collections.abc import Mapping
from typing import Any

import pytest

from gateway.lifecycle.decisions import FacilityReport, Milestone
from gateway.lifecycle.wire import DECISIONS, decision_from
from gateway.record.rows import Order
from gateway.services.carry_out import CarryOut, Instruction
from gateway.services.offers import offers_of
from gateway.services.refusals import StateForbids
from tests.rig.court import MONDAY
from tests.rig.office import Office
from tests.rig.shelf import Shelf

GROUND = {"section": "12.2.1.1.6", "text": "The address is not served", "code": "B17"}
BODIES: Mapping[str, Mapping[str, Any]] = {
    "confirm": {"due_date": "2026-03-09"},
    "reject": {"findings": [GROUND]},
    "jeopardy": {"rcode": "1D"},
    "facilities-unavailable": {"outcome": "pending"},
    "facilities-unavailable job": {"outcome": "job"},
    "facilities-unavailable no-build": {"outcome": "no-build"},
    "complete": {"completed_on": "2026-03-09"},
    "bill": {"billed_on": "2026-03-10"},
    "cancel": {"reason": "No answer", "section": "9.1.12"},
    "negotiate": {"text": "Which time?"},
    "expedite": {"granted": True},
    "readiness": {"ready": "ilec"},
    "readiness clec": {"ready": "clec"},
    "service-order": {"order_number": "N1"},
    "service-lost": {"lost_on": "2026-03-10", "kind": "disconnect"},
    "clarify": {"text": "Which switch?"},
    **{f"milestone {one.value}": {"reached": one.value} for one in Milestone},
}
CHOICES = {"facilities-unavailable": "outcome", "readiness": "ready", "milestone": "reached"}
WAYS: Mapping[str, tuple[str, ...]] = {
    "ACCEPTED": (),
    "NEGOTIATING": ("negotiate",),
    "PENDING_FACILITIES": ("facilities-unavailable",),
    "CONFIRMED": ("confirm",),
    "JEOPARDY": ("confirm", "jeopardy"),
    "JEOPARDY without FOC": ("facilities-unavailable job",),
    "CONFIRMED and ready": ("confirm", "readiness"),
    "COMPLETED": ("confirm", "complete"),
    "BILLED": ("confirm", "complete", "bill"),
    "BILLED and lost": ("confirm", "complete", "bill", "service-lost"),
    "REJECTED": ("reject",),
    "CANCELLED": ("cancel",),
}


def body_of(case: str) -> dict[str, Any]:
    """Give the decision that a case stands for."""
    return {"decision": case.partition(" ")[0], **BODIES[case]}


def is_offered(office: Office, order: Order, body: Mapping[str, Any]) -> bool:
    """Whether the very decision is offered."""
    offers = {offer.decision: offer for offer in offers_of(office.desk, order, MONDAY)}
    offer, member = offers.get(body["decision"]), CHOICES.get(body["decision"])
    return offer is not None and (member is None or body[member] in offer.only[member])


async def is_allowed(office: Office, order: Order, body: Mapping[str, Any]) -> bool:
    """Whether the command would take it; nothing is written."""
    decision = decision_from(body)
    assert not isinstance(decision, FacilityReport)
    clocks = {clock.id: clock for clock in await office.record.clocks(order.id)}
    instruction = Instruction(order.id, order.ver, dict(body), "dec", "", MONDAY)
    try:
        CarryOut(office.desk, instruction, decision).decide(Shelf({order.id: order}, clocks))
    except StateForbids:
        return False
    return True


@pytest.mark.parametrize(("way", "sets"), [*((way, {}) for way in WAYS), ("ACCEPTED", {"EXP": "Y"})])
async def test_what_is_offered_is_allowed_and_what_is_not_is_refused(
    office: Office, way: str, sets: Mapping[str, str]
) -> None:
    """In every state, and where an expedite is asked for, for every decision and each thing that one may name."""
    order_id = await office.order_loop(sets)
    for case in WAYS[way]:
        body = body_of(case)
        await office.decide(order_id, body.pop("decision"), **body)
    order = await office.order(order_id)

    offered = {case for case in BODIES if is_offered(office, order, body_of(case))}
    allowed = {case for case in BODIES if await is_allowed(office, order, body_of(case))}

    assert allowed == offered


async def test_no_foc_is_offered_while_a_credit_hold_stops_the_order(office: Office) -> None:
    """A hold in force takes the FOC away and leaves the reject (5.4.2)."""
    order_id = await office.order_loop()
    told = {"invoiced_on": "2025-11-01", "notice_delivered_on": "2026-01-05", "notice_by": "certified mail"}
    await office.enter("credit-holds", "2026-01-05", ground="unpaid", **told)

    decisions = {offer.decision for offer in offers_of(office.desk, await office.order(order_id), office.clock.now())}

    assert ("confirm" in decisions, "reject" in decisions) == (False, True)


def test_every_decision_can_be_offered() -> None:
    """The cases above leave out only the report on facilities, which needs the message."""
    assert DECISIONS - {"facility-answer"} == {case.partition(" ")[0] for case in BODIES}
