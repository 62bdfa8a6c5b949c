"""OP-3: installation commitments met (Exhibit B OP-3)."""

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.due_date import due_date_history
from gateway.reports.measures.month import Month
from gateway.reports.measures.orders import completion_exclusion
from gateway.reports.measures.outcome import Counted, Excluded
from gateway.reports.measures.records import ServiceOrder


def judge_commitment(order: ServiceOrder, month: Month, basis: MeasureBasis) -> Counted | Excluded:
    """Say whether an order completed in the month met its Applicable Due Date, or why it is left out.

    A miss for a listed customer or non-ILEC cause is left out; an order with such a cause that was met stays in.
    """
    reason = completion_exclusion(order, month, basis)
    if reason is None and order.application_date is None:
        reason = "missing_data"
    met = reason is None and commitment_met(order, basis)
    excusing = basis.terms.customer_reasons | basis.terms.not_ilec_reasons
    if reason is None and not met and order.miss_reason in excusing:
        reason = "miss_not_ilec"
    return Excluded(order.record_id, order.clec, reason) if reason else Counted(order.record_id, order.clec, met)


def commitment_met(order: ServiceOrder, basis: MeasureBasis) -> bool:
    """Say whether the order was completed on or before its Applicable Due Date.

    Raises:
        ValueError: the order lacks its original due date or its completion date.
    """
    if order.original_due is None or order.completed is None:
        raise ValueError("an order without due date or completion has no commitment to judge")
    history = due_date_history(order.original_due, order.changes, basis.readings.customer_pair)
    return order.completed <= history.applicable
