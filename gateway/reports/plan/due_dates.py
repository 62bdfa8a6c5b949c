"""When reports and payments are due (Exhibit K 11.1, 11.1.1, 11.3.1, 12.2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from gateway.reports.measures.month import Month
from gateway.reports.plan.terms import PlanTerms
from validators.agreement.calendar import BusinessCalendar


@dataclass(frozen=True, slots=True)
class DueDates:
    """The last days in time."""

    report: date
    payment: date


def due_dates(
    month: Month, calendar: BusinessCalendar, terms: PlanTerms, measure: str | None = None, product: str | None = None
) -> DueDates:
    """Give the due dates for a performance month; some measures (and products) are reported a month in arrears."""
    dates = terms.dates
    arrears = measure in dates.arrears_measures or product in dates.arrears_by_product.get(measure or "", ())
    report = month.later(dates.report_months_after + (dates.arrears_months if arrears else 0))
    payment = report.later(dates.payment_months_after_report)
    return DueDates(last_business_day(report, calendar), last_business_day(payment, calendar))


def last_business_day(month: Month, calendar: BusinessCalendar) -> date:
    """Give the last business day of a month, by Exhibit B's business day (P-BD)."""
    return calendar.add_business_days(month.last_day + timedelta(days=1), -1)
