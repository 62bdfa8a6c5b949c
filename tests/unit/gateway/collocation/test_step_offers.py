"""Which steps are offered to the ILEC: all that would be taken, and nothing else that its values cannot bring."""

from typing import Any

import pytest

from gateway.lifecycle.decisions import DecisionInvalid
from gateway.record.rows import ClockState, Order
from gateway.services.carry_out import Instruction
from gateway.services.refusals import DecisionRefused, StateForbids
from gateway.services.step_offers import step_offers_of
from gateway.services.take_step import TakeStep
from tests.rig.applications import sample_value
from tests.rig.counter import Case, Counter

STORIES: dict[str, tuple[str, str]] = {
    "just applied": ("caged", ""),
    "pole": ("pole", ""),
    "feasible": ("caged", "03-09 feasible"),
    "quoted": ("caged", "03-09 feasible; 03-10 quote"),
    "accepted": ("caged", "03-09 feasible; 03-10 quote; 03-15 acceptance paid=99999.00"),
    "partly paid": ("virtual", "03-09 feasible; 03-10 quote; 03-15 acceptance paid=9.00"),
    "ready": ("virtual", "03-09 feasible; 03-10 quote; 03-15 acceptance paid=99999.00; 05-21 ready"),
    "denied": ("caged", "03-09 denied-space"),
    "reservation": ("reservation", "03-08 feasible; 03-11 quote"),
    "bona fide request": ("bfr", "03-06 acknowledged"),
    "link": ("clec-to-clec", ""),
}


def is_taken(counter: Counter, case: Case, event: str) -> bool:
    """Whether the state takes a decision, with all the values that it may carry or with those that it must."""
    terms, order = counter.agreement.collocation, case.order
    assert terms is not None
    kind = terms.kinds[order.facts["kind"]]
    codes = kind.elements or ("SPACE-CONSTRUCTION",)
    steps = [step for step in terms.processes[kind.process].steps if step.on == event and step.by == "ilec"]
    asked = {name: ask for step in steps for name, ask in step.asks.items()}
    full = {name: sample_value(ask, codes) for name, ask in asked.items()}
    bare = {name: value for name, value in full.items() if asked[name].required}
    return any(_takes(counter, order, {"decision": event, **body}) for body in (full, bare))


def _takes(counter: Counter, order: Order, body: dict[str, Any]) -> bool:
    """Whether the state takes a decision; nothing is written."""
    instruction = Instruction(order.id, None, body, "dec", "", counter.now)
    try:
        TakeStep(counter.desk, instruction, order.partner_id, order.facts.get("premises")).decide(counter.shelf)
    except StateForbids:
        return False
    except (DecisionRefused, DecisionInvalid):
        return True
    return True


@pytest.mark.parametrize("story", STORIES)
def test_what_is_offered_can_be_taken(counter: Counter, story: str) -> None:
    """Along the stories of several kinds, decision by decision; what only an amount or a space may bring is offered."""
    kind, acts = STORIES[story]
    case = counter.applies(kind, "03-04")
    for act in filter(None, acts.split("; ")):
        case.act(act)
    order, shelf = case.order, counter.shelf
    clocks = [clock for clock in shelf.clocks.values() if clock.order_id == order.id and clock.state is ClockState.OPEN]
    places = list(shelf.standing.values())

    offers = step_offers_of(counter.desk, order, clocks, places, counter.now)

    offered = {offer.decision for offer in offers}
    assert counter.agreement.collocation is not None
    process = counter.agreement.collocation.process_of(order.facts["kind"])
    taken = {event for event in process.decisions() if is_taken(counter, case, event)}
    assert taken <= offered
    assert offered - taken <= {"payment-received", "space-freed"}
    assert len(offered) < len(process.decisions())
