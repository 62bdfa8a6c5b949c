"""Explains the clocks that an order starts when it is accepted: for people as text, for programs as JSON."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from validators.agreement.application import Application
from validators.agreement.clock_terms import Condition, Trigger
from validators.agreement.clocks import Deadline, clocks_started
from validators.agreement.terms import Agreement
from validators.agreement.words import when

_FOUND_COMPLETE = "complete"
"""What follows receipt at once where an application lacks nothing (8.4.1.5)."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The application date and the clocks of one order, by due time."""

    agreement: Agreement
    product_id: str | None
    received_at: datetime
    application: Application
    clocks: tuple[Deadline, ...]


def explain(
    agreement: Agreement,
    product_id: str | None,
    received_at: datetime,
    application: Application,
    conditions: Collection[Condition],
) -> Explanation:
    """Give the clocks that start if an order for `product_id`, received at `received_at`, is accepted at once."""
    started = [
        clock
        for trigger in (Trigger.RECEIVED, Trigger.ACCEPTED, _FOUND_COMPLETE)
        for clock in clocks_started(
            agreement,
            product_id,
            trigger,
            received_at=received_at,
            application_at=application.at,
            event_at=received_at,
            conditions=conditions,
        )
    ]
    by_due = tuple(sorted(started, key=lambda clock: clock.due_at))
    return Explanation(agreement, product_id, received_at, application, by_due)


def as_json(explanation: Explanation) -> dict[str, Any]:
    """Give the explanation as JSON values; instants with the offset of the agreement's zone."""
    zone = explanation.agreement.zone
    application = explanation.application
    return {
        "agreement": explanation.agreement.id,
        "product": explanation.product_id,
        "received_at": explanation.received_at.astimezone(zone).isoformat(),
        "application": {
            "at": application.at.astimezone(zone).isoformat(),
            "date": application.date.isoformat(),
            "section": application.section,
            "arithmetic": application.arithmetic,
        },
        "clocks": [
            {
                "id": clock.term.id,
                "section": clock.term.section,
                "name": clock.term.name,
                "starts_at": clock.starts_at.astimezone(zone).isoformat(),
                "due_at": clock.due_at.astimezone(zone).isoformat(),
                "calendar": clock.term.calendar.value,
                "owed_by": clock.term.owed_by,
                "owed_to": clock.term.owed_to,
                "arithmetic": clock.arithmetic,
                "measure": clock.term.measure,
            }
            for clock in explanation.clocks
        ],
    }


def as_text(explanation: Explanation) -> Iterator[str]:
    """Give the explanation line by line."""
    agreement, application = explanation.agreement, explanation.application
    product = agreement.product(explanation.product_id)
    yield f"Agreement         {agreement.id}, {agreement.title}"
    yield f"Product           {product.name if product else _kind_of(explanation)}"
    yield f"Received          {when(explanation.received_at.astimezone(agreement.zone))}"
    yield f"Application date  {application.date.isoformat()}  [{application.section}]"
    yield f"                  {application.arithmetic}"
    for clock in explanation.clocks:
        measured = ", for the performance measure only" if clock.term.measure else ""
        yield ""
        yield f"{clock.term.id}  [{clock.term.section}]"
        yield f"    {clock.term.name}: owed by {clock.term.owed_by} to {clock.term.owed_to}{measured}"
        yield f"    due {when(clock.due_at.astimezone(agreement.zone))}"
        yield f"    {clock.arithmetic}"
    if not explanation.clocks:
        yield ""
        yield "No clock of this agreement starts when this order is accepted."


def _kind_of(explanation: Explanation) -> str:
    terms = explanation.agreement.collocation
    kind = terms.kinds.get(explanation.product_id or "") if terms else None
    return kind.name if kind else "none that this agreement knows"
