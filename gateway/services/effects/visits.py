"""When a joint inventory visit may be (8.2.1.35.4)."""

from typing import TYPE_CHECKING

from gateway.services.effects.effect import NONE, New, not_by_agreement
from validators.agreement.words import when

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry


def visit_in_hours(entry: "ProcessEntry", happening: "Happening") -> New:
    """Refuse a visit outside the hours of the agreement, local time, or on no business day."""
    terms, local = entry.terms.visits, entry.local(happening.values["visit_at"])
    calendar = entry.desk.agreement_of(entry.order).calendar
    if not calendar.is_business_day(local.date()) or not terms.begin <= local.time() <= terms.end:
        text = f"{when(local)} is not on a business day from {terms.begin:%H:%M} to {terms.end:%H:%M}"
        raise not_by_agreement(entry, "visit_at", text, terms.section)
    return NONE
