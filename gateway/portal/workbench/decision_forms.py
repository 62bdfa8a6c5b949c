"""The forms of decisions: those of LSRs and ASRs from the decision models, those of other requests from their steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from gateway.lifecycle.jeopardy_reasons import JEOPARDY_REASONS
from gateway.lifecycle.wire import decision_json_schema
from gateway.portal.rendering import label
from gateway.portal.workbench.inputs import Input, Options, Words, inputs_of
from gateway.record.rows import Family, Order
from gateway.services.offers import Offer
from validators.agreement.terms import Agreement
from validators.codes import Code

_BY_MACHINE: Final = frozenset({"ver", "manual", "findings.rule"})
"""What the page fills in itself, or what a person's decision always is."""
_FIELDS_OF_THE_REQUEST: Final = frozenset({"findings.path"})
_ONLY_ASRS: Final = {"confirm": frozenset({"access"}), "jeopardy": frozenset({"errors"})}
_PARTIES: Final[Options] = (("ilec", "the ILEC"), ("clec", "the CLEC or its end user"))
_CODES: Final[Options] = tuple((code.value, f"{code.value} {label(code.name)}") for code in Code)
_REASONS: Final[Options] = tuple((reason.code, f"{reason.code} {reason.text}") for reason in JEOPARDY_REASONS.values())


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """How one decision is asked for.

    Attributes:
        decision: its name.
        title: as people read it.
        about: what it is, or what the CLEC is told by it, a sentence.
        section: section that it rests on; empty where the decision cannot be taken now.
    """

    decision: str
    title: str
    about: str
    section: str
    inputs: tuple[Input, ...]


def order_form(decision: str, order: Order, agreement: Agreement, offer: Offer | None = None) -> DecisionForm | None:
    """Give the form of a decision about an LSR or ASR, with what `offer` allows; None for no such decision."""
    definitions = _definitions()
    schema = _schemas().get(decision)
    if schema is None:
        return None
    inputs = inputs_of(schema, definitions, _words(decision, order, agreement, offer, definitions))
    about = str(schema.get("description", ""))
    return DecisionForm(decision, label(decision), about, offer.section if offer else "", inputs)


def first_values(form: DecisionForm, order: Order) -> Mapping[str, Any]:
    """Give what a form begins with: what the order or the life cycle says already."""
    asked = {one.name: one for one in form.inputs}
    begun: dict[str, Any] = {"section": form.section} if "section" in asked else {}
    if form.decision == "reject":
        begun["findings"] = [{"section": form.section}]
    if "coordinated" in asked and order.facts.get("coordinated"):
        begun["coordinated"] = True
    return begun


def _words(
    decision: str, order: Order, agreement: Agreement, offer: Offer | None, definitions: Mapping[str, Any]
) -> Words:
    options: dict[str, Options] = {
        "rcode": _REASONS,
        "findings.code": _CODES,
        "charges.id": tuple((c.id, f"{c.name} ({c.section})") for c in agreement.charges.values() if c.authorised),
        **dict.fromkeys(("ready", "caused_by", "moved_by"), _PARTIES),
    }
    for member, values in (offer.only if offer else {}).items():
        known = options.get(member) or _enumerated(definitions, decision, member)
        options[member] = tuple((value, words) for value, words in known if value in values)
    without = _BY_MACHINE if order.family is Family.ASR else _BY_MACHINE | _ONLY_ASRS.get(decision, frozenset())
    return Words(options, without, _FIELDS_OF_THE_REQUEST)


def _enumerated(definitions: Mapping[str, Any], decision: str, member: str) -> Sequence[tuple[str, str]]:
    referred = _schemas()[decision]["properties"][member]["$ref"].rsplit("/", 1)[-1]
    return [(value, label(value)) for value in definitions[referred]["enum"]]


@cache
def _definitions() -> Mapping[str, Any]:
    definitions: Mapping[str, Any] = decision_json_schema()["$defs"]
    return definitions


@cache
def _schemas() -> Mapping[str, Mapping[str, Any]]:
    """Give the schema of each decision by its name."""
    bodies = (body for body in _definitions().values() if "decision" in body.get("properties", {}))
    return {body["properties"]["decision"]["const"]: body for body in bodies}
