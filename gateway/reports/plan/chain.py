"""A submeasure month after month: levels, escalation, payments (Exhibit K 6.2, 7.3, 8.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from gateway.reports.plan.conformance import Conformance, MonthResult
from gateway.reports.plan.escalation import Indicator, paid_month
from gateway.reports.plan.levels import level_of
from gateway.reports.plan.terms import Level, PlanTerms


@dataclass(frozen=True, slots=True)
class MonthPayment:
    """What one month costs."""

    level: Level
    escalation_month: int | None
    """The column of Table 4; None if nothing is paid."""
    per_occurrence: Fraction
    amount: Decimal
    """Dollars and cents."""


def payments(months: Iterable[MonthResult], terms: PlanTerms) -> Iterator[MonthPayment]:
    """Give the payment of each month in turn.

    The months follow one another without gaps, a month without volume included; none before the plan's effective date
    (17.1) may be among them.
    """
    extents: list[Level] = []
    indicator = Indicator()
    for month in months:
        if month.conformance is not Conformance.NO_VOLUME or terms.readings.no_volume == "interrupts":
            extents.append(month.extent)
        level = level_of(extents, terms) if month.conformance is Conformance.FAILS else 0
        indicator = _next(indicator, month.conformance, level, terms)
        yield _payment(level, paid_month(indicator, level, terms), month.occurrences, terms)


def cents(amount: Fraction) -> Decimal:
    """Give dollars rounded to cents, half up (P-ROUND)."""
    whole = (abs(amount) * 100 + Fraction(1, 2)).__floor__()
    return (Decimal(whole if amount >= 0 else -whole) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _next(indicator: Indicator, conformance: Conformance, level: Level, terms: PlanTerms) -> Indicator:
    if conformance is Conformance.NO_VOLUME:
        return indicator.after_no_volume(terms)
    if conformance.conforming:
        return indicator.after_conforming()
    return indicator.after_payment(terms) if level else indicator.after_miss_below_levels(terms)


def _payment(level: Level, month: int | None, occurrences: Fraction, terms: PlanTerms) -> MonthPayment:
    if month is None:
        return MonthPayment(level, None, Fraction(0), cents(Fraction(0)))
    rate = terms.payment_table.amount(level, month)
    return MonthPayment(level, month, rate, cents(rate * occurrences))
