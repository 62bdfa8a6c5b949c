"""OP-15: pending orders delayed past their due date (Exhibit B OP-15A, OP-15B)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.due_date import DueDateHistory, customer_days, due_date_history
from gateway.reports.measures.orders import common_exclusion
from gateway.reports.measures.outcome import Excluded, Measured
from gateway.reports.measures.records import ServiceOrder


@dataclass(frozen=True, slots=True)
class PendingDelay:
    """One pending order: its delay in business days, and whether the ILEC's facilities are the reason (OP-15B)."""

    outcome: Measured | Excluded
    for_facilities: bool


def judge_pending(order: ServiceOrder, last_day: date, basis: MeasureBasis) -> PendingDelay:
    """Give how long an order is past its Applicable Due Date at the end of `last_day`, or why it is left out."""
    if reason := _exclusion(order, last_day, basis):
        return PendingDelay(Excluded(order.record_id, order.clec, reason), for_facilities=False)
    days = _delay(_history(order, basis), last_day, basis)
    facilities = order.delay_reason in basis.terms.facility_reasons
    return PendingDelay(Measured(order.record_id, order.clec, Fraction(days)), facilities)


def _exclusion(order: ServiceOrder, last_day: date, basis: MeasureBasis) -> str | None:
    if order.completed is not None and order.completed <= last_day:
        return "completed"
    if reason := common_exclusion(order, basis):
        return reason
    applicable = _history(order, basis).applicable
    last_due_is_past = basis.readings.past_due == "through_last_day"
    if applicable > last_day or (applicable == last_day and not last_due_is_past):
        return "not_past_due"
    if order.delay_reason in basis.terms.customer_reasons | basis.terms.not_ilec_reasons:
        return "not_ilec_delay"
    return None


def _history(order: ServiceOrder, basis: MeasureBasis) -> DueDateHistory:
    if order.original_due is None:
        raise ValueError("an order without due date is not past due")
    return due_date_history(order.original_due, order.changes, basis.readings.customer_pair)


def _delay(history: DueDateHistory, last_day: date, basis: MeasureBasis) -> int:
    """Give the business days past due less the customer's, floor 0; Saturdays never count (note 2)."""
    days = basis.calendar.business_days_between
    capped = basis.readings.customer_date_after_period == "capped"
    pairs = [
        (pair.ilec_date, min(pair.customer_date, last_day) if capped else pair.customer_date) for pair in history.pairs
    ]
    customers = customer_days(pairs, days, basis.readings.earlier_customer_date)
    return max(0, days(history.applicable, last_day) - customers)
