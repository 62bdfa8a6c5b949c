"""Rules on orders for unbundled dark fiber: none is newly offered (9.7.0), what is in place moves on (9.1.1.4.3)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from validators.codes import Code
from validators.messages.field_times import write_date
from validators.rules.asr.case import AsrCase
from validators.rules.asr.params import number
from validators.rules.asr.places import wire_centers
from validators.rules.registry import Found, Scope, content_rule
from validators.rules.wire_centers import first_approval
from validators.verdict import Severity

_FIBER: Final = Scope(family="asr", products=frozenset({"dark-fiber"}))
_CHANGES: Final = Scope(family="asr", products=frozenset({"dark-fiber"}), activities=frozenset("CMTR"))
_TRANSITION: Final = "nonimpaired-transition-dark-fiber"
_LISTED_AS: Final = "non-impaired-dark-fiber"


@content_rule("avail-dark-fiber", "9.7.0", Code.PRODUCT_CLOSED, _FIBER)
def fiber_still_offered(case: AsrCase) -> Iterable[Found]:
    """Dark fiber is offered on the application date, and between these wire centers where a list says where."""
    product, service, day = case.product, case.message.service, case.application_date
    activity = case.message.activity or ""
    if product is None or service is None:
        return ()
    lists = product.wire_centers if activity in ("N", "T") else None
    listed = lists is not None and lists.closed_on(day, wire_centers(case.message))
    if product.offered_on(day, activity) and not listed:
        return ()
    return (
        Found.at(
            service,
            "NC",
            f"{product.name} is not offered{' between these wire centers' if listed else ''} with the application date "
            f"{write_date(day)}.",
            "Order another service; what exists may still be changed, recorded and disconnected.",
            also=(case.message.head.path_of("ACT"),),
        ),
    )


@content_rule(_TRANSITION, "9.1.1.4.3.1.2", Code.WIRE_CENTER_CLOSED, _CHANGES, Severity.WARN)
def transition_over(case: AsrCase) -> Iterable[Found]:
    """Dark fiber between two listed wire centers is moved to another arrangement within the days of the transition."""
    service, days = case.message.service, number(case.agreement, _TRANSITION, "days")
    near, far = (first_approval(case.partner.dossier, end, _LISTED_AS) for end in wire_centers(case.message))
    if service is None or days is None or near is None or far is None:
        return ()
    last = max(near, far) + timedelta(days=days)
    if case.application_date <= last:
        return ()
    return (
        Found.at(
            service,
            "SECLOC",
            f"Both ends were listed as non-impaired for dark fiber; the transition of this route ended on "
            f"{write_date(last)}.",
            "Move it to another arrangement; until then its rate is that of the transition.",
            also=(case.message.head.path_of("ACTL"),),
        ),
    )


RULES = (fiber_still_offered, transition_over)
