"""The ready date: how far a quotation may set it, and what deliveries and changes make of it (8.4.2.4, 8.4.3.4)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from gateway.services.effects.effect import NONE, New, not_by_agreement

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry


def ready_date_in_bounds(entry: "ProcessEntry", happening: "Happening") -> New:
    """Refuse an extension beyond its limit, or without the need that it must state (8.4.2.4.5, 8.4.3.4.5)."""
    ready = happening.values.get("ready_on")
    if ready is None:
        return NONE
    terms, agreement = entry.terms.quotations, entry.desk.agreement_of(entry.order)
    if not happening.values.get("extension_for"):
        text = "an extended interval binds only if its need is stated in the quotation"
        raise not_by_agreement(entry, "extension_for", text, terms.extended_section)
    applied = entry.order.application_at or entry.order.received_at
    latest = entry.zone_date(applied) + timedelta(days=terms.extended_days)
    if entry.kind.id in agreement.products_named(("space-kinds",)) and ready > latest:
        text = (
            f"{ready} is more than {terms.extended_days} Days after the complete application; {latest} is the last day"
        )
        raise not_by_agreement(entry, "ready_on", text, terms.extended_section)
    return NONE


def settle_delivery(entry: "ProcessEntry", happening: "Happening") -> New:
    """Say at the acceptance whether what was delivered before it was in time for the interval that now runs."""
    del happening
    held = entry.held
    if "late" in held and entry.deadline("equipment-virtual-53d") is not None:
        # After a late acceptance the 53 Days for equipment count from the acceptance, so whatever came is in time.
        entry.drop("delivery-missed")
        return entry.hold(("in-time-delivery",)) if entry.instant("delivered") else NONE
    delivered = entry.instant("delivered")
    due = entry.deadline("equipment-virtual-53d") or entry.deadline("fc-entrance-53d")
    if delivered is None or due is None:
        return NONE
    entry.drop("delivery-missed")
    return entry.hold(("in-time-delivery" if delivered <= due else "late-delivery",))


def no_ready_date(entry: "ProcessEntry", happening: "Happening") -> New:
    """Have no ready date until the delivery that it counts from has come (8.4.2.4.1, 8.4.9.4)."""
    del happening
    entry.set(due_date=None)
    return NONE


def set_ready_date(entry: "ProcessEntry", happening: "Happening") -> New:
    """Take the ready date that was agreed, waived or negotiated (8.4.2.4.6, 8.4.1.9)."""
    entry.set(due_date=happening.values["ready_on"])
    return NONE


def extend_ready_date(entry: "ProcessEntry", happening: "Happening") -> New:
    """Move the ready date by the additional time of a material change (8.4.1.2)."""
    del happening
    days = int(entry.facts.get("numbers", {}).get("days", 0))
    if entry.order.due_date is not None:
        entry.set(due_date=entry.order.due_date + timedelta(days=days))
    return NONE
