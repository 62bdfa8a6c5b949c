"""Interest on late or short payments (Exhibit K 11.4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from gateway.reports.plan.chain import cents
from gateway.reports.plan.terms import PlanTerms


@dataclass(frozen=True, slots=True)
class Interest:
    """Interest on one amount."""

    days: int
    amount: Decimal


def interest(amount: Decimal, annual_rate: Fraction, due: date, paid: date, terms: PlanTerms) -> Interest:
    """Give simple interest from the day the payment was due to the day it was paid (P-INT); none if it was in time.

    `annual_rate` is the state's customer-deposit rate, or where it has none the Treasury rate at the start of the year;
    0.01 is 1 %.
    """
    days = max(0, (paid - due).days)
    year = terms.consequences.interest_days_a_year
    return Interest(days, cents(Fraction(amount) * annual_rate * days / year))
