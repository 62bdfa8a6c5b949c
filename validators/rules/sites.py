"""Rules on what stands at a place: caps of a building, terminals of subloops, charges that are open.

They need facts that a message does not carry; where such a fact is not known, the rule is recorded as not asked.
"""

from collections.abc import Iterable
from functools import partial
from typing import Final

from validators.codes import Code
from validators.rules.case import RecordCase
from validators.rules.registry import Found, Rule, Scope, record_rule

_NEW: Final = frozenset("NTVWZ")


def _at_building(case: RecordCase) -> Iterable[Found]:
    """The loops of one CLEC at one building stay within the cap; the order alone counts where no more is known."""
    cap = case.product.building_cap if case.product is not None else None
    if case.product is None or cap is None:
        return ()
    there = case.standing.site.loops_at_building or 0
    if there + case.facts.quantity <= cap.quantity:
        return ()
    told = f" beside {there} that are there or on order" if there else ""
    return (
        Found(
            f"{case.facts.top}/NC",
            None,
            f"{case.facts.quantity} of {case.product.name}{told} are more than {cap.quantity}, the most for one CLEC "
            "at one building.",
            f"Order at most {max(cap.quantity - there, 0)}, and other service for the rest.",
            also=(f"{case.facts.top.rpartition('/')[0]}/LS/LQTY",),
        ),
    )


def _count_unknown(case: RecordCase) -> str | None:
    capped = case.product is not None and case.product.building_cap is not None
    return "loops at the building" if capped and case.standing.site.loops_at_building is None else None


def _connection_point_unknown(case: RecordCase) -> str | None:
    unknown = not case.facts.at_building_terminal and case.standing.site.field_connection_point is None
    return "field connection point" if unknown else None


def _terminal_unknown(case: RecordCase) -> str | None:
    unknown = case.facts.at_building_terminal and case.standing.site.building_terminal is None
    return "terminal of the building" if unknown else None


def _payment_unknown(case: RecordCase) -> str | None:
    unknown = case.facts.coordinated and case.standing.site.managed_cuts_unpaid is None
    return "payment of managed cuts" if unknown else None


_SUBLOOPS: Final = Scope(products=frozenset({"subloop", "subloop-analog"}), activities=_NEW)


@record_rule("subloop-fcp-in-place", "9.3.1.4.1", Code.SITE_NOT_READY, _SUBLOOPS, lacks=_connection_point_unknown)
def connection_point_in_place(case: RecordCase) -> Iterable[Found]:
    """A subloop at a detached terminal is not ordered before its field connection point is in place."""
    if case.facts.at_building_terminal or case.standing.site.field_connection_point is not False:
        return ()
    return (
        Found(
            f"{case.facts.top}/APOT",
            None,
            "The field connection point is not in place yet.",
            "Send the request again once it is; for a terminal in a building say MTE in REMARKS.",
        ),
    )


@record_rule("subloop-mte-preconditions", "9.3.1.3.2", Code.SITE_NOT_READY, _SUBLOOPS, lacks=_terminal_unknown)
def building_terminal_ready(case: RecordCase) -> Iterable[Found]:
    """At a building's terminal notice, cross-connect field, inventory and construction come first."""
    if not case.facts.at_building_terminal or case.standing.site.building_terminal is not False:
        return ()
    return (
        Found(
            f"{case.facts.top}/REMARKS",
            None,
            "At the terminal of this building notice, cross-connect field, inventory or construction are not done yet.",
            "Send the request again once they are.",
        ),
    )


@record_rule(
    "lnp-managed-cut-nonpayment",
    "10.2.5.4.4",
    Code.PAYMENT_OPEN,
    Scope(requisitions=frozenset("BC"), activities=frozenset("VZ"), supplements=frozenset({None})),
    lacks=_payment_unknown,
)
def managed_cuts_paid(case: RecordCase) -> Iterable[Found]:
    """While managed cuts are unpaid and not duly disputed, no new one is taken; other ports are."""
    if not case.facts.coordinated or not case.standing.site.managed_cuts_unpaid:
        return ()
    return (
        Found(
            f"{case.facts.top}/CHC",
            "Y",
            "Managed cuts of yours are unpaid and not disputed: no new one is taken until they are paid.",
            "Pay or dispute them, or send the port without CHC.",
        ),
    )


@record_rule("tor-order-freeze", "8.2.1.22.2.8", Code.SITE_NOT_READY, Scope(family=None, supplements=frozenset({None})))
def site_not_in_transfer(case: RecordCase) -> Iterable[Found]:
    """At a site under transfer augments wait for the acceptance, and orders from then on for its circuits to move.

    The transfer's own orders, which name it in RPON or PROJECT, go on, and so does what came before.
    """
    held, facts = case.standing.site.transfer, case.facts
    if held is None or case.standing.state is not None or held[1] in (facts.related, facts.project):
        return ()
    site, transfer = held
    if facts.family != "collocation":
        told = f"its circuits are moving (transfer {transfer}); new orders wait until they have moved."
        cure = f"Send it again then; an order of the transfer itself names {transfer} in RPON or PROJECT."
        return (Found(f"{facts.top}/ACTL", site, f"Site {site} changes hands and {told}", cure),)
    if facts.product not in case.agreement.products_named(("augments",)):
        return ()
    told = f"an augment waits until the quotation of the transfer {transfer} is accepted."
    return (Found(f"{facts.top}/SITE", site, f"Site {site} changes hands: {told}", "Send it again then."),)


@record_rule(
    "direct-apot-on-orders",
    "8.3.1.11.2.1",
    Code.FIELD_NEEDED,
    Scope(family=None, activities=_NEW | {"C"}),
)
def direct_point_named(case: RecordCase) -> Iterable[Found]:
    """At a site with a direct connection an order names the point where it ends; which, is its choice."""
    points = case.standing.site.direct_points
    if not points or case.facts.termination is not None:
        return ()
    return (
        Found(
            f"{case.facts.top}/APOT",
            None,
            "You have a direct connection at this site, and the order does not say where it ends.",
            f"Give {' or '.join(points)} in APOT, or the other point of termination that you mean.",
        ),
    )


_CAPS: Final[tuple[Rule[RecordCase], ...]] = tuple(
    record_rule(
        rule_id, section, Code.CAP_REACHED, Scope(products=frozenset({product}), activities=_NEW), lacks=_count_unknown
    )(partial(_at_building))
    for rule_id, section, product in (
        ("ds1-loop-cap-ten", "9.2.2.3.1.1.1", "loop-ds1"),
        ("ds3-loop-cap-one", "9.2.2.3.1.2.1", "loop-ds3"),
    )
)

RULES = (
    *_CAPS,
    connection_point_in_place,
    building_terminal_ready,
    managed_cuts_paid,
    site_not_in_transfer,
    direct_point_named,
)
