"""Rules on who sends: whether the agreement admits orders, and whether the sender calls itself by its own codes."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.rules.case import AnyCase
from validators.rules.execution import NOT_IN_FORCE, may_come_before
from validators.rules.registry import Found, Scope, content_rule

_ANY_REQUEST: Final = Scope(family=None, supplements=frozenset({None, "1", "2", "3", "4"}))


@content_rule("partner-agreement-executed", "3.1", Code.AGREEMENT_NOT_IN_FORCE, _ANY_REQUEST)
def agreement_in_force(case: AnyCase) -> Iterable[Found]:
    """Orders come under an agreement that admits them; the end of its term alone does not shut them out (5.2.2).

    Collocation may be ordered before (8.4.1.1.1).
    """
    if case.agreement.status not in NOT_IN_FORCE or may_come_before(case):
        return ()
    return (
        Found.at(
            case.message.head,
            "CC",
            f"The agreement {case.agreement.id} has the status {case.agreement.status!r}: it admits no orders yet.",
            "Order once the agreement is approved, or its parties have agreed to early ordering.",
        ),
    )


@content_rule("company-codes-of-partner", "3.2.1", Code.NOT_OWN_CODE, _ANY_REQUEST)
def company_codes_of_partner(case: AnyCase) -> Iterable[Found]:
    """CCNA and CC are codes that the sender gave in its questionnaire."""
    head, partner = case.message.head, case.partner
    return [
        Found.at(
            head,
            field,
            f"{field} {text} is not a code of this trading partner.",
            f"Send {' or '.join(own)}, or have the code added to your questionnaire.",
        )
        for field, own in (("CCNA", partner.ccna), ("CC", partner.cc))
        if own and (text := head.fields.get(field)) is not None and text not in own
    ]


RULES = (agreement_in_force, company_codes_of_partner)
