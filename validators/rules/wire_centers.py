"""Rules on products that are closed at some wire centers, by lists that the agreement file holds."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Final

from validators.agreement.product_terms import WireCenters
from validators.codes import Code
from validators.messages.field_times import write_date
from validators.messages.lsr import LocalServiceRequest
from validators.registers.buildings import WIRE_CENTERS
from validators.registers.entry import Dossier
from validators.rules.case import Case
from validators.rules.registry import Found, Rule, Scope, content_rule

_NEW: Final = frozenset("NTVWZ")
_LENGTH: Final = 8
"""Characters of a CLLI code that name the building."""
_LISTS: Final = {
    "loop-ds1": "non-impaired-ds1",
    "loop-ds3": "non-impaired-ds3",
    "eel": "eel-closed",
    "udit": "udit-offered",
}
"""The list of the register that closes, or opens, a product."""


def serving_and_far(message: LocalServiceRequest) -> tuple[str | None, str | None]:
    """Give the wire center that serves the end user (LST) and that of the collocation (ACTL), None if unknown."""
    serving, far = message.head.fields.get("LST"), message.head.fields.get("ACTL")
    return serving and serving[:_LENGTH], far and far[:_LENGTH]


def closed_at(case: Case) -> Iterable[Found]:
    """The wire centers of the order are ones at which the product is still offered."""
    product, message = case.product, case.message
    terms = _with_listings(case) if product is not None else None
    if product is None or terms is None or terms.listed is None:
        return ()
    serving, far = serving_and_far(message)
    ends = (serving,) if terms.ends == "serving" else (serving, far)
    if not terms.closed_on(case.application_date, ends):
        return ()
    where = " and ".join(dict.fromkeys(str(end) for end in ends))
    return (
        Found.at(
            message.head,
            "LST",
            f"{product.name} is not offered at {where} with the application date {write_date(case.application_date)}: "
            f"what is {terms.closed} is closed.",
            "Order another service there; what exists may still be changed, recorded and disconnected.",
            also=(message.head.path_of("ACTL"), message.head.path_of("NC")),
        ),
    )


def first_approval(dossier: Dossier, wire_center: str | None, listed_as: str) -> date | None:
    """Give the first day on which the Commission approved a wire center for a list; None where none is on record."""
    if wire_center is None:
        return None
    approved = (
        entry.data.approved_on
        for entry in dossier.entries(WIRE_CENTERS, wire_center)
        if entry.data.listed_as == listed_as and entry.data.approved_on is not None
    )
    return min(approved, default=None)


def _with_listings(case: Case) -> WireCenters | None:
    """Give the terms of the product with the wire centers that operators have entered beside those of the file."""
    product, dossier = case.product, case.partner.dossier
    terms = product.wire_centers if product is not None else None
    if product is None or terms is None or not dossier.has(WIRE_CENTERS):
        return terms
    listed_as = _LISTS.get(product.id)
    further = {
        entry.key: entry.data.approved_on
        for entry in dossier.in_force(WIRE_CENTERS, case.application_date)
        if entry.data.listed_as == listed_as
    }
    return terms.model_copy(update={"listed": {**(terms.listed or {}), **further}}) if further else terms


RULES: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(rule_id, section, Code.WIRE_CENTER_CLOSED, Scope(products=frozenset({product}), activities=_NEW))(
        partial(closed_at)
    )
    for rule_id, section, product in (
        ("ds1-loop-wire-center-threshold", "9.2.2.3.1.1", "loop-ds1"),
        ("ds3-loop-wire-center-threshold", "9.2.2.3.1.2", "loop-ds3"),
    )
)
