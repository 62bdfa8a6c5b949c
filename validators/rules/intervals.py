"""The standard interval of a request, and the earliest due date that follows from it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from validators.registers.intervals import intervals_on_record
from validators.rules.case import Case

_WORK: Final = frozenset("NCTVWZ")
"""ACT codes that need work on the due date; on a disconnect the date only ends billing."""


@dataclass(frozen=True, slots=True)
class StandardInterval:
    """How soon an order can be due without an expedite.

    Attributes:
        business_days: the interval.
        counted_from: the day from which it counts.
        earliest: the earliest due date.
        sample: the interval is not in the agreement, but stands in for the guide that it points to.
    """

    business_days: int
    counted_from: date
    earliest: date
    sample: bool


def standard_interval(case: Case) -> StandardInterval | None:
    """Give the standard interval; None where the agreement has none for the order, or it is an individual case."""
    product, quantity = case.product, case.message.quantity
    if product is None or (case.message.activity or "") not in _WORK or product.individual_case(quantity):
        return None
    start = case.application.date
    kind = case.message.port_kind
    table = intervals_on_record(case.partner.dossier, product.id, start, kind) or product.intervals_for(start, kind)
    days = table.for_quantity(quantity) if table is not None else None
    if table is None or days is None:
        return None
    calendar = case.agreement.calendar
    if table.received_by is not None:
        received = calendar.local(case.received_at)
        if received.date() == start and received.time() > table.received_by:
            start = calendar.next_business_day(start)
    return StandardInterval(days, start, calendar.add_business_days(start, days), table.sample)


def earliest_due_date(case: Case) -> date:
    """Give the earliest lawful due date without an expedite; the application date where there is no interval."""
    interval = standard_interval(case)
    return case.application.date if interval is None else interval.earliest
