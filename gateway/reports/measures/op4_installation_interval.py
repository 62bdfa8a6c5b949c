"""OP-4: installation interval, in business days (Exhibit B OP-4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.due_date import customer_days, due_date_history
from gateway.reports.measures.month import Month
from gateway.reports.measures.orders import completion_exclusion
from gateway.reports.measures.outcome import Excluded, Measured
from gateway.reports.measures.records import ServiceOrder

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class InstallationInterval:
    """The parts of one order's interval, in business days."""

    gross_days: int
    """From the application date (day 0) to the completion."""
    customer_days_before: int
    """What the customer added before the Applicable Due Date froze."""
    customer_days_after: int
    """What the customer added after it froze."""
    days: int
    """What is reported."""


def judge_interval(
    order: ServiceOrder, month: Month, standard_days: int | None, basis: MeasureBasis
) -> Measured | Excluded:
    """Give the installation interval of an order completed in the month, or why it is left out.

    `standard_days` is the standard interval of the service, in business days (Service Interval Guide, Exhibit C); None
    if the product has none. An order whose customer asked for a later date than that offers is left out. Misses stay
    in, whatever their cause.
    """
    reason = completion_exclusion(order, month, basis)
    if reason is None and order.application_date is None:
        reason = "missing_data"
    if reason is None and _beyond_standard(order, standard_days, basis):
        reason = "requested_due_beyond_standard"
    if reason:
        return Excluded(order.record_id, order.clec, reason)
    return Measured(order.record_id, order.clec, Fraction(installation_interval(order, basis).days))


def installation_interval(order: ServiceOrder, basis: MeasureBasis) -> InstallationInterval:
    """Compute the interval of one order: completion less application, less what the customer added.

    Raises:
        ValueError: the order lacks its application, original due or completion date.
    """
    if order.application_date is None or order.original_due is None or order.completed is None:
        raise ValueError("an interval needs application, due and completion date")
    readings = basis.readings
    days = _day_counter(order, basis)
    history = due_date_history(order.original_due, order.changes, readings.customer_pair)
    gross = days(order.application_date, order.completed)
    before = customer_days([(history.original, history.applicable)], days, readings.earlier_customer_date)
    pairs = [(pair.ilec_date, pair.customer_date) for pair in history.pairs]
    after = customer_days(pairs, days, readings.earlier_customer_date)
    net = gross - before - after
    return InstallationInterval(gross, before, after, max(0, net) if readings.interval_below_zero == "floor" else net)


def _day_counter(order: ServiceOrder, basis: MeasureBasis) -> Callable[[date, date], int]:
    """Give the day count of one order: business days, and the Saturdays that count for it (note 1, R-SAT)."""
    own = (order.original_due, order.completed, *(change.new_date for change in order.changes))
    saturdays = frozenset(day for day in own if day is not None and day.weekday() == _SATURDAY)
    if not saturdays:
        return basis.calendar.business_days_between
    every = basis.readings.saturdays == "all"

    def counts(day: date) -> bool:
        return basis.calendar.is_business_day(day) or day in saturdays or (every and day.weekday() == _SATURDAY)

    def days(first: date, last: date) -> int:
        return sum(counts(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    return days


def _beyond_standard(order: ServiceOrder, standard_days: int | None, basis: MeasureBasis) -> bool:
    if standard_days is None or order.requested_due is None or order.application_date is None:
        return False
    return order.requested_due > basis.calendar.add_business_days(order.application_date, standard_days)
