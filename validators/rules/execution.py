"""Collocation that is ordered before the agreement is executed: taken, flagged, and not turned up yet (8.4.1.1.1)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.messages.collocation import APPLICATION, CollocationRequest
from validators.registers.entry import Dossier
from validators.registers.onboarding import STEPS_DONE
from validators.rules.case import AnyCase
from validators.rules.registry import Found, Scope, content_rule
from validators.verdict import Severity

NOT_IN_FORCE: Final = frozenset({"none", "executed"})
"""Executed alone admits nothing: orders wait for approval, or for the letter that lets them come early."""
_STEP: Final = "agreement"
_BEFORE_AGREEMENT: Final = "before-agreement"
"""The group of kinds that may be applied for before the agreement is executed."""


def awaits_agreement(agreement: Agreement, dossier: Dossier, day: date) -> bool:
    """Say whether no agreement is in force with a partner: by its file, or by the step on record where tracked."""
    if agreement.status in NOT_IN_FORCE:
        return True
    tracked = agreement.onboarding is not None and agreement.onboarding.tracking == "tracked"
    return tracked and next(dossier.in_force(STEPS_DONE, day, _STEP), None) is None


def may_come_before(case: AnyCase) -> bool:
    """Say whether a request is one for collocation, or a later message about one, which needs no agreement in force."""
    message = case.message
    if not isinstance(message, CollocationRequest):
        return False
    return message.says != APPLICATION or message.kind in case.agreement.products_named((_BEFORE_AGREEMENT,))


@content_rule(
    "order-before-execution",
    "8.4.1.1.1",
    Code.AGREEMENT_NOT_IN_FORCE,
    Scope(family="collocation"),
    severity=Severity.WARN,
)
def ordered_before_execution(case: AnyCase) -> Iterable[Found]:
    """An application for collocation is taken before the agreement is executed, and flagged."""
    message, partner = case.message, case.partner
    if not isinstance(message, CollocationRequest) or message.says != APPLICATION or not may_come_before(case):
        return ()
    known = partner.on_record or case.agreement.status in NOT_IN_FORCE
    if not known or not awaits_agreement(case.agreement, partner.dossier, case.application_date):
        return ()
    return (
        Found.at(
            message.head,
            "CC",
            "No agreement with you is in force yet: the application is taken and keeps its rank.",
            "Execute the agreement; until then the site is turned up only at the end of its interval, by its terms.",
        ),
    )


RULES: Final = (ordered_before_execution,)
