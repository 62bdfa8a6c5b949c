"""The annual cap on payments, all CLECs of the state together (Exhibit K 10)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gateway.reports.measures.month import Month
from gateway.reports.plan.terms import PlanTerms


@dataclass(frozen=True, slots=True)
class CappedPayment:
    """All payments of the state for one performance month; fines, interest and damages are not among them (10.2)."""

    performance_month: Month
    payment_month: Month
    amount: Decimal


@dataclass(frozen=True, slots=True)
class CapStanding:
    """Where the payments stand against the cap."""

    cap: Decimal
    by_year: Mapping[int, Decimal]
    crossing: Month | None
    """The first month that crosses the cap: a person decides how it is shared, the plan does not say."""
    may_be_asked: bool
    """The Commission may ask why (10.3): the cap two years in a row, or a third of it within two months."""


def cap_standing(payments: Iterable[CappedPayment], terms: PlanTerms, state: str | None = None) -> CapStanding:
    """Add the payments up by calendar year (P-YEAR).

    Raises:
        KeyError: the plan has no cap for the state.
    """
    cap = Decimal(terms.caps[state or terms.state])
    monthly: defaultdict[Month, Decimal] = defaultdict(Decimal)
    for payment in payments:
        by_performance = terms.readings.cap_year == "performance_month"
        monthly[payment.performance_month if by_performance else payment.payment_month] += payment.amount
    yearly: defaultdict[int, Decimal] = defaultdict(Decimal)
    crossing = None
    for month in sorted(monthly):
        yearly[month.year] += monthly[month]
        if crossing is None and yearly[month.year] > cap:
            crossing = month
    two_years = any(total >= cap <= yearly.get(year + 1, Decimal(0)) for year, total in yearly.items())
    two_months = any(
        3 * (amount + monthly.get(month.later(1), Decimal(0))) >= cap for month, amount in tuple(monthly.items())
    )
    return CapStanding(cap, dict(yearly), crossing, two_years or two_months)
