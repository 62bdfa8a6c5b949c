"""Which service orders a measure counts at all (exclusions that OP-3, OP-4, OP-15 and PO-9 of Exhibit B share)."""

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.measures.records import ServiceOrder


def common_exclusion(order: ServiceOrder, basis: MeasureBasis) -> str | None:
    """Give the reason why the measures of orders leave this one out; None if they do not."""
    if order.order_type not in basis.terms.inward_order_types:
        return "not_inward"
    if order.cancelled:
        return "cancelled"
    if order.official_company_service:
        return "official_company_service"
    if order.original_due is None:
        return "missing_data"
    return None


def completion_exclusion(order: ServiceOrder, month: Month | None, basis: MeasureBasis) -> str | None:
    """Give the reason why a measure of the month's completed orders leaves this one out; None if it does not."""
    if reason := common_exclusion(order, basis):
        return reason
    if order.completed is None:
        return "not_completed"
    if month is not None and not month.holds(order.completed):
        return "outside_period"
    if order.application_date is not None and order.completed < order.application_date:
        return "invalid_dates"
    return None
