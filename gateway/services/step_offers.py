"""Which steps of a life cycle of the agreement file the ILEC can take about a request as it stands."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from gateway.record.places import Place
from gateway.record.rows import OpenClock, Order
from gateway.services.desk import Desk
from gateway.services.offers import Offer
from gateway.services.process_entry import Happening, ProcessEntry
from gateway.services.process_facts import BY_AMOUNT, facts_at
from validators.agreement.process_terms import StepTerm

_BY_SPACE: Final = frozenset({"first-in-queue"})
"""Facts that follow from what space a decision names, so that nobody knows before whether they will hold."""


def step_offers_of(
    desk: Desk, order: Order, clocks: Sequence[OpenClock], places: Sequence[Place], at: datetime
) -> tuple[Offer, ...]:
    """Give the steps that can be taken, in the order of the file.

    A step is offered if its conditions hold, or those that do not may follow from what the decision carries.

    Args:
        desk: agreements and life cycles.
        order: the request.
        clocks: the request's open clocks.
        places: those at its Premises and those of its CLEC, which conditions ask for.
        at: the instant at which it would be taken.
    """
    entry = ProcessEntry(desk, order, clocks, at, places=places)
    offered = (_offer(entry, event) for event in entry.process.decisions())
    return tuple(offer for offer in offered if offer is not None)


def _offer(entry: ProcessEntry, event: str) -> Offer | None:
    known = facts_at(entry, Happening(event))
    here = [
        step for step in entry.process.steps if step.on == event and entry.order.state in entry.process.sources(step)
    ]
    carried = frozenset(_carried(here))
    fitting = (step for step in here if frozenset(step.when) <= known | carried and known.isdisjoint(step.unless))
    step = next(fitting, None)
    return None if step is None else Offer(event, step.section)


def _carried(steps: Iterable[StepTerm]) -> Iterator[str]:
    for step in steps:
        for name, ask in step.asks.items():
            yield from ask.facts
            yield from {"amount": BY_AMOUNT, "space": _BY_SPACE}.get(name, ())
