"""Rules on who may apply for collocation, and for what: implementation, posted sites, adjacent space (8.1, 8.4.1.1)."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.messages.collocation import APPLICATION, CollocationRequest
from validators.registers.onboarding import missing_steps
from validators.registers.premises import PREMISES, premises_full
from validators.rules.case import AnyCase
from validators.rules.execution import awaits_agreement
from validators.rules.registry import Found, Scope, content_rule
from validators.verdict import Severity

_COLLOCATION: Final = Scope(family="collocation")
_PRODUCT: Final = "collocation"
_POSTED_SITE: Final = "available-inventory"


@content_rule("order-implementation-first", "8.4.1.1", Code.ONBOARDING_OPEN, _COLLOCATION)
def implementation_done(case: AnyCase) -> Iterable[Found]:
    """An application comes after the questionnaire, once an agreement is in force (8.4.1.1.1), if steps are tracked."""
    message, partner, terms = case.message, case.partner, case.agreement.onboarding
    if not _applies(case, "applications") or terms is None or terms.tracking != "tracked" or not partner.on_record:
        return
    day = case.application_date
    if awaits_agreement(case.agreement, partner.dossier, day):
        return
    for step in missing_steps(partner.dossier, case.agreement.state, day):
        if step.blocks == "orders" or (step.blocks == "products" and _PRODUCT in step.products):
            yield Found.at(
                message.head,
                "CC",
                f"Before an application comes {step.name} ({step.section}); it is not on record as done.",
                "Complete it with the account team; the application can be sent once it is on record.",
            )


@content_rule("inv-eligible", "8.2.1.33", Code.AGREEMENT_NOT_IN_FORCE, _COLLOCATION)
def posted_site_under_agreement(case: AnyCase) -> Iterable[Found]:
    """A site of the posted inventory goes to a CLEC with an agreement in force, or with its early ordering letter."""
    partner = case.partner
    if not _applies(case, _POSTED_SITE) or not partner.on_record:
        return ()
    if not awaits_agreement(case.agreement, partner.dossier, case.application_date):
        return ()
    return (
        Found.at(
            case.message.head,
            "KIND",
            "A site of the posted inventory needs an agreement in force, and you have none.",
            "Apply once the agreement is approved, or interim terms and an early ordering letter are executed.",
        ),
    )


@content_rule("kind-adjacent-needs-exhaust", "8.1.1.6", Code.WIRE_CENTER_CLOSED, _COLLOCATION, Severity.WARN)
def premises_exhausted(case: AnyCase) -> Iterable[Found]:
    """Adjacent space is asked for at a Premises that the register, where one is kept, says is full."""
    message, dossier = case.message, case.partner.dossier
    if not isinstance(message, CollocationRequest) or not _applies(case, "where-exhausted"):
        return ()
    if message.premises is None or not dossier.has(PREMISES):
        return ()
    if premises_full(dossier, message.premises, case.application_date):
        return ()
    return (
        Found.at(
            message.head,
            "PREM",
            f"{message.premises} is not on record as full: adjacent space is offered where physical space has run out.",
            "Apply for physical space first, or expect the feasibility answer to say that there is space inside.",
        ),
    )


def _applies(case: AnyCase, group: str) -> bool:
    """Say whether a message applies for one of a group of kinds."""
    message = case.message
    if not isinstance(message, CollocationRequest) or message.says != APPLICATION:
        return False
    return message.kind in case.agreement.products_named((group,))


RULES: Final = (implementation_done, posted_site_under_agreement, premises_exhausted)
