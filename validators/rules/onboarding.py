"""Rules on what a CLEC must have done before it orders; they are asked where the agreement tracks it (section 3)."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from validators.codes import Code
from validators.registers.onboarding import missing_steps, product_enabled
from validators.rules.case import Case
from validators.rules.registry import Found, Rule, Scope, content_rule

_NEW: Final = frozenset("NTVWZ")
_FIRST: Final = Scope(supplements=frozenset({None}))
_ANY: Final = Scope(supplements=frozenset({None, "1", "2", "3"}))


@content_rule("onboard-ready-to-order", "Getting Started V42.0 Step 7", Code.PARTNER_NOT_ACTIVE, _ANY)
def partner_active(case: Case) -> Iterable[Found]:
    """Requests are taken from active partners."""
    if case.partner.active:
        return ()
    return (
        Found.at(
            case.message.head,
            "CC",
            "This trading partner is not active: nothing is taken from it.",
            "Ask the account team what is missing, and order once it has made you ready.",
        ),
    )


@content_rule(
    "new-product-needs-questionnaire-and-amendment",
    "3.2.2",
    Code.ONBOARDING_OPEN,
    Scope(activities=_NEW, supplements=frozenset({None})),
)
def product_open(case: Case) -> Iterable[Found]:
    """A product is ordered once its questionnaire is complete and the agreement amended where it must be."""
    product = case.product
    if not _tracked(case) or product is None:
        return ()
    if product_enabled(case.partner.dossier, product.id, case.application_date):
        return ()
    return (
        Found.at(
            case.message.head,
            "NC",
            f"There is no valid contract for {product.name}: it is not among the products that are open to you.",
            "Complete the product's questionnaire with the account team and amend the agreement; then order.",
            also=(case.message.head.path_of("REQTYP"),),
        ),
    )


def _step_done(case: Case, entry: str) -> Iterable[Found]:
    """What must come before such an order is on record as done."""
    if not _tracked(case):
        return ()
    product = case.product.id if case.product is not None else ""
    open_steps = [
        step
        for step in missing_steps(case.partner.dossier, case.agreement.state, case.application_date)
        if step.entry == entry and (step.blocks == "orders" or (step.blocks == "products" and product in step.products))
    ]
    return [
        Found.at(
            case.message.head,
            "CC",
            f"Before such an order comes {step.name} ({step.section}); it is not on record as done.",
            "Complete it with the account team; the order can be sent once it is on record.",
        )
        for step in open_steps
    ]


def _tracked(case: Case) -> bool:
    terms = case.agreement.onboarding
    return case.partner.on_record and terms is not None and terms.tracking == "tracked"


_STEPS: Final[tuple[Rule[Case], ...]] = tuple(
    content_rule(entry, section, Code.ONBOARDING_OPEN, _FIRST)(partial(_step_done, entry=entry))
    for entry, section in (
        ("onboard-state-certification", "Getting Started V42.0 Step 2"),
        ("onboard-customer-questionnaire", "Getting Started V42.0 Step 4"),
        ("questionnaire-first-part-before-orders", "3.2"),
        ("combo-onboarding-questionnaire", "9.23.5.1.3"),
        ("combo-onboarding-ban", "9.23.5.1.4"),
        ("combo-onboarding-go", "9.23.5.1.6"),
        ("lmc-onboarding", "9.25.4.1.1"),
        ("lnp-npac-certification", "10.2.3.1"),
    )
)

RULES: Final = (partner_active, product_open, *_STEPS)
