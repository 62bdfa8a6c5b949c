"""PO-9: timely jeopardy notices (Exhibit B PO-9)."""

from datetime import datetime

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.measures.orders import completion_exclusion
from gateway.reports.measures.outcome import Counted, Excluded
from gateway.reports.measures.records import ServiceOrder


def judge_jeopardy(order: ServiceOrder, month: Month | None, basis: MeasureBasis) -> Counted | Excluded:
    """Say whether an order that missed its original due date had its jeopardy before it, or why it is left out."""
    reason = completion_exclusion(order, month, basis)
    if reason is None and order.completed and order.original_due and order.completed <= order.original_due:
        reason = "not_missed"
    if reason is None and order.miss_reason in basis.terms.customer_reasons:
        reason = "customer_reason"
    if reason:
        return Excluded(order.record_id, order.clec, reason)
    return Counted(order.record_id, order.clec, _in_advance(order, basis))


def _in_advance(order: ServiceOrder, basis: MeasureBasis) -> bool:
    """Say whether the jeopardy went out in advance of the original due date (R-JEP)."""
    sent: datetime | None = order.jeopardy_at
    if sent is None or order.original_due is None:
        return False
    sent_on = basis.calendar.local_date(sent)
    return sent_on < order.original_due or (
        sent_on == order.original_due and basis.readings.jeopardy_on_due_date == "in_advance"
    )
