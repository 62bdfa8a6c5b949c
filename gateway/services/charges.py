"""Which charges of the agreement follow from what stands on record of an order."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from gateway.notices.charges import Charge
from gateway.record.rows import Order
from gateway.services.due_date import earliest_due_date
from gateway.services.order_facts import appointment_of
from gateway.services.refusals import DecisionRefused
from validators.agreement.charge_terms import Band, ChargeTerm
from validators.agreement.terms import Agreement
from validators.agreement.time_bands import band_at
from validators.codes import Code
from validators.verdict import Finding, Severity

_PORT = "lnp"
_TRANSPORT, _TRUNKS = "udit", "lis"
_TRUNK_CHARGES = {
    "N": ("lis-installation-nrc", "lis-installation-further"),
    "C": ("lis-rearrangement", "lis-rearrangement-further"),
}
"""By activity, the charge of the first trunk and that of each further one."""


def charges_of_confirmation(agreement: Agreement, order: Order) -> tuple[Charge, ...]:
    """Give what a FOC states: the expedite, conditioning, work out of hours or a managed cut, and a late change before.

    `order` has the due date and the appointment of this FOC.
    """
    return tuple(charge for found in _of_confirmation(agreement, order) if (charge := found) is not None)


def _of_confirmation(agreement: Agreement, order: Order) -> Iterator[Charge | None]:
    facts = order.facts
    if order.product == _TRUNKS:
        yield from charges_of_trunks(agreement, order)
    yield _stated(agreement, "expedite-charge-une", _days_shortened(agreement, order))
    answer = facts.get("facilities") or {}
    if facts.get("conditioning_approved") and (answer.get("load_coils") or answer.get("bridged_tap")):
        yield _stated(agreement, "conditioning-charge", facts.get("quantity", 1))
    at = _appointment(agreement, order)
    if at is not None and facts.get("coordinated") and not facts.get("cut_is_free"):
        yield _banded(agreement, order, "lnp-managed-cut-rates" if _is_port(order) else "out-of-hours-labor-charge", at)
    if late := facts.get("changed_late_at"):
        yield _late(agreement, order, datetime.fromisoformat(late))


def charges_of_trunks(agreement: Agreement, order: Order) -> tuple[Charge, ...]:
    """Give the installation charges of trunks: the first and each further one, half of it for a rearrangement."""
    ids = _TRUNK_CHARGES.get(order.activity, ())
    trunks = (order.facts.get("access") or {}).get("trunks") or 0
    counted = zip(ids, (min(trunks, 1), trunks - 1), strict=False)
    found = (_stated(agreement, term_id, quantity) for term_id, quantity in counted if quantity > 0)
    return tuple(charge for charge in found if charge is not None)


def charge_of_cancelled_transport(agreement: Agreement, order: Order, at: datetime) -> Charge | None:
    """Give the charge of cancelling an order for transport; None where 9.6.4.1.5 a or b excepts it."""
    term = agreement.charges.get("udit-cancel-charge-exceptions")
    if order.product != _TRANSPORT or term is None:
        return None
    free = _put_off(agreement, term, order) or _early(agreement, term, order, at)
    return None if free else _stated(agreement, term.id, 1)


def _put_off(agreement: Agreement, term: ChargeTerm, order: Order) -> bool:
    """Whether the due date was, or is told to be, delayed by so many business days (a)."""
    days = term.waived_after_delay
    told = order.facts.get("expected")
    asked, put_to = order.original_due_date, order.due_date
    if told is not None:
        put_to = max(date.fromisoformat(told), put_to or date.min)
    if asked is None or put_to is None or days is None:
        return False
    if order.facts.get("replaced") and order.desired_due_date is not None:
        asked = max(asked, order.desired_due_date)
    return agreement.calendar.add_business_days(asked, days) <= put_to


def _early(agreement: Agreement, term: ChargeTerm, order: Order, at: datetime) -> bool:
    """Whether the date lay beyond the standard interval, and the order is cancelled so many Days before it (b)."""
    days = term.waived_days_before
    standard, due = earliest_due_date(agreement, order), order.original_due_date or order.desired_due_date
    if standard is None or due is None or days is None:
        return False
    return due > standard and agreement.calendar.local_date(at) <= due - timedelta(days=days)


def charge_of_late_change(agreement: Agreement, order: Order, at: datetime) -> Charge | None:
    """Give what a cancellation or another date costs that comes at `at`, shortly before the negotiated time.

    None where the time was not negotiated, or there is time enough (9.2.2.9.7.4, 10.2.5.4.5).
    """
    facts = order.facts
    negotiated = _appointment(agreement, order)
    term = agreement.charges.get(_late_id(order))
    managed = facts.get("coordinated") if _is_port(order) else facts.get("project_coordinated")
    if negotiated is None or not managed or term is None or term.hours_before is None:
        return None
    if not negotiated - timedelta(hours=term.hours_before) <= at:
        return None
    return _late(agreement, order, at)


def named_charges(agreement: Agreement, order: Order, named: Mapping[str, int | None]) -> tuple[Charge, ...]:
    """Give the charges that the back end names, each with its quantity.

    Raises:
        DecisionRefused: the agreement has no such charge, or it is not authorised.
    """
    unknown = [name for name in named if name not in agreement.charges or not agreement.charges[name].authorised]
    if unknown:
        raise DecisionRefused(order.id, tuple(_unknown(agreement, name) for name in unknown))
    found = (_stated(agreement, name, quantity, at_any_time=False) for name, quantity in named.items())
    return tuple(charge for charge in found if charge is not None)


def _stated(agreement: Agreement, term_id: str, quantity: int | None, *, at_any_time: bool = True) -> Charge | None:
    term = agreement.charges.get(term_id)
    if term is None or not term.authorised or (at_any_time and not quantity):
        return None
    amount = next(iter(term.amounts.values()), None)
    name = term.name if term.tariff is None else f"{term.name} (priced by the {term.tariff})"
    return Charge(term.id, name, term.section, term.line, amount, term.per, quantity)


def _banded(
    agreement: Agreement, order: Order, term_id: str, at: datetime, quantity: int | None = None
) -> Charge | None:
    term = agreement.charges.get(term_id)
    if term is None or not term.authorised or term.bands is None:
        return None
    zone = agreement.wire_center_zone(order.facts.get("wire_center"))
    band = band_at(agreement, agreement.time_bands[term.bands], at, zone)
    amount = term.amounts.get(band)
    if amount is None:
        return None
    return Charge(term.id, f"{term.name}: {_IN_WORDS[band]}", term.section, term.line, amount, term.per, quantity)


def _late(agreement: Agreement, order: Order, at: datetime) -> Charge | None:
    term = agreement.charges.get(_late_id(order))
    return None if term is None else _banded(agreement, order, term.id, at, term.least)


def _late_id(order: Order) -> str:
    return "lnp-managed-cut-late-change-charge" if _is_port(order) else "project-late-change-charge"


def _days_shortened(agreement: Agreement, order: Order) -> int:
    facts, due = order.facts, order.due_date
    earliest = earliest_due_date(agreement, order)
    if not facts.get("expedite") or facts.get("expedite_granted") is False or due is None or earliest is None:
        return 0
    return max(0, agreement.calendar.business_days_between(due, earliest)) if due < earliest else 0


def _appointment(agreement: Agreement, order: Order) -> datetime | None:
    at = appointment_of(order)
    if at is None or order.due_date is None:
        return None
    return agreement.calendar.at(order.due_date, at, agreement.wire_center_zone(order.facts.get("wire_center")))


def _is_port(order: Order) -> bool:
    return order.product == _PORT


def _unknown(agreement: Agreement, name: str) -> Finding:
    known: list[Any] = [term.id for term in agreement.charges.values() if term.authorised]
    return Finding(
        rule="charge-of-agreement",
        section="12.2.11",
        code=Code.FIELD_VALUE,
        severity=Severity.REJECT,
        path="/charges",
        value=name[:200],
        text=f"charges: {name[:80]} is no charge of this agreement, or is not authorised",
        cure=f"name one of: {', '.join(known)}",
    )


_IN_WORDS = {Band.BASIC: "in standard hours", Band.OVERTIME: "overtime", Band.PREMIUM: "premium", Band.ANY: "any time"}
