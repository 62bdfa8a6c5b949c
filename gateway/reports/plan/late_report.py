"""What late reports and unlogged changes cost (Exhibit K 12.3, 13.2): to the general fund, outside the cap."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gateway.reports.plan.terms import PlanTerms


@dataclass(frozen=True, slots=True)
class LateReport:
    """One missed deadline: one amount, however many reports were late."""

    days_late: int
    amount: Decimal


def late_report(due: date, distributed: date, terms: PlanTerms) -> LateReport:
    """Give the payment from the due date until the report was distributed (P-LATEDAYS); nothing if it was in time."""
    days = max(0, (distributed - due).days)
    if days and terms.readings.late_days == "both_ends":
        days += 1
    return LateReport(days, Decimal(days * terms.consequences.late_report_per_day))


def unlogged_change(terms: PlanTerms) -> Decimal:
    """Give the fine for a change of the measuring system that the change log omits; interest comes on top."""
    return Decimal(terms.consequences.change_log_fine)
