"""The forms of decisions about requests whose life cycle stands in their agreement: from what each step asks for."""

from typing import Any, Final

from gateway.portal.rendering import label
from gateway.portal.workbench.decision_forms import DecisionForm
from gateway.portal.workbench.inputs import Options, Words, inputs_of
from gateway.record.rows import Order
from gateway.services.offers import Offer
from gateway.services.process_values import shape_of
from validators.agreement.collocation_terms import CollocationTerms, Kind
from validators.agreement.terms import Agreement

_MONEY: Final = "in dollars and cents, as 12000.00"


def step_form(event: str, order: Order, agreement: Agreement, offer: Offer | None = None) -> DecisionForm | None:
    """Give the form of a step; None where the life cycle of the request has none of that name that the ILEC takes."""
    terms = agreement.collocation
    if terms is None:
        return None
    kind = terms.kinds[order.facts["kind"]]
    steps = [step for step in terms.processes[kind.process].steps if step.on == event and step.by == "ilec"]
    if not steps:
        return None
    asks = {name: ask for step in steps for name, ask in step.asks.items()}
    # One row of a list is there from the beginning; left empty, it says nothing.
    schema = {
        "properties": {name: {"minItems": 1, **shape_of(ask)} for name, ask in asks.items()},
        "required": [name for name, ask in asks.items() if ask.required],
    }
    hints = {
        name: f"{ask.meaning}, {_MONEY}" if ask.meaning else _MONEY for name, ask in asks.items() if ask.kind == "money"
    }
    told = next((step.notice.title for step in steps if step.notice is not None), None)
    about = f"The CLEC is told: {told}." if told else "The CLEC is sent no notice of it."
    inputs = inputs_of(schema, {}, Words(_options(terms, kind), hints=hints))
    return DecisionForm(event, label(event), about, offer.section if offer else "", inputs)


def _options(terms: CollocationTerms, kind: Kind) -> dict[str, Options]:
    known: dict[str, Any] = {code: terms.elements[code] for code in kind.elements} or dict(terms.elements)
    return {
        "elements.code": tuple((code, f"{element.description}, per {element.unit}") for code, element in known.items()),
        "items.item": tuple((letter, f"{letter}  {text}") for letter, text in terms.items.items()),
    }
