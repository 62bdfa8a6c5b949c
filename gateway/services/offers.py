"""Which decisions can be taken about an order as it stands, as its life cycle has it: nothing else is offered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from gateway.lifecycle.decisions import MILESTONES, WithoutFacilities
from gateway.lifecycle.machine import Machine, Step
from gateway.lifecycle.standing import Standing
from gateway.lifecycle.vocabulary import Cause, Event
from gateway.notices.happenings import LOSS_SECTION, SERVICE_ORDER_SECTION
from gateway.record.rows import Order
from gateway.services.desk import Desk
from gateway.services.happenings import IN_SERVICE, WORKED_ON, is_gone
from gateway.services.held_orders import AWAITING_FOC, held_now

_ANSWER_SECTION: Final = "9.2.4.3.1.2"
_EVENTS: Final[Mapping[str, tuple[str, Mapping[str, Event]]]] = MappingProxyType(
    {
        "confirm": ("", {"": Event.CONFIRM}),
        "reject": ("", {"": Event.REJECT}),
        "negotiate": ("", {"": Event.NEGOTIATE}),
        "facilities-unavailable": (
            "outcome",
            {
                WithoutFacilities.PENDING.value: Event.FACILITIES_PENDING,
                WithoutFacilities.JOB.value: Event.FACILITIES_JOB,
                WithoutFacilities.NO_BUILD.value: Event.FACILITIES_NO_BUILD,
            },
        ),
        "expedite": ("", {"": Event.EXPEDITE}),
        "clarify": ("", {"clarify": Event.CLARIFY, "inform": Event.INFORM}),
        "jeopardy": ("", {"": Event.JEOPARDY}),
        "readiness": ("ready", {Cause.ILEC.value: Event.ILEC_READY, Cause.CLEC.value: Event.CLEC_READY}),
        "complete": ("", {"": Event.COMPLETE}),
        "bill": ("", {"": Event.BILL}),
        "cancel": ("", {"": Event.CANCEL}),
    }
)
"""Each decision as events of the life cycle; where it may be several, the member that says which, and its values."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One decision that can be taken.

    Attributes:
        decision: its name.
        section: section that it rests on.
        only: of members that name one thing of several, those that can be named now.
    """

    decision: str
    section: str
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def offers_of(desk: Desk, order: Order, at: datetime) -> tuple[Offer, ...]:
    """Give the decisions about an LSR or ASR order at an instant, by its life cycle and what is on record of it."""
    standing = Standing.from_json(order.facts["standing"])
    held = held_now(order, desk.agreement_of(order), desk.dossier_of(order.partner_id), at)
    barred = {"confirm": held, "expedite": not order.facts.get("expedite")}
    offers = (*_by_life_cycle(desk.machine_of(order), standing), *_beside_it(order, standing))
    return tuple(offer for offer in offers if not barred.get(offer.decision))


def _by_life_cycle(machine: Machine, standing: Standing) -> Iterator[Offer]:
    for decision, (member, events) in _EVENTS.items():
        steps = {name: machine.step(standing, event) for name, event in events.items()}
        possible = {name: step for name, step in steps.items() if isinstance(step, Step)}
        if possible:
            section = next(iter(possible.values())).section
            yield Offer(decision, section, {member: tuple(possible)} if member else {})


def _beside_it(order: Order, standing: Standing) -> Iterator[Offer]:
    """Give what changes no state, and so stands in no table."""
    if order.state in AWAITING_FOC:
        yield Offer("facility-answer", _ANSWER_SECTION)
    if order.state in WORKED_ON:
        yield Offer("service-order", SERVICE_ORDER_SECTION)
    reached = {milestone: done for milestone, done in MILESTONES.items() if done.possible(standing)}
    if reached:
        section = next(iter(reached.values())).section
        yield Offer("milestone", section, {"reached": tuple(milestone.value for milestone in reached)})
    if order.state in IN_SERVICE and not is_gone(order):
        yield Offer("service-lost", LOSS_SECTION)
