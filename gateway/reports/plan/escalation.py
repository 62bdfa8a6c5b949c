"""Escalation and de-escalation: which month column of Table 4 a payment takes (Exhibit K 8.2, 8.2.1)."""

from dataclasses import dataclass, replace

from gateway.reports.plan.terms import Level, PlanTerms


@dataclass(frozen=True, slots=True)
class Indicator:
    """Where the escalation of one submeasure stands."""

    month: int = 1
    """The escalation month at which the next payment would be made, before it escalates."""
    escalates: bool = False
    """The month before was non-conforming, so another one in a row escalates."""

    def after_payment(self, terms: PlanTerms) -> "Indicator":
        """Give the indicator of a month at a payment level: it pays at `month`."""
        return replace(self._escalated(terms), escalates=True)

    def after_miss_below_levels(self, terms: PlanTerms) -> "Indicator":
        """Give the indicator after a miss for which nothing is paid (P-LIMBO; P-MONTH1: it may count as a month)."""
        if terms.readings.month_one == "first_miss":
            return self.after_payment(terms)
        match terms.readings.unpaid_miss:
            case "interrupts":
                return replace(self, escalates=False)
            case "conforming":
                return self.after_conforming()
            case "neutral":
                return self

    def after_conforming(self) -> "Indicator":
        """Give the indicator after a month of conforming service: one month down."""
        return Indicator(max(1, self.month - 1), escalates=False)

    def after_no_volume(self, terms: PlanTerms) -> "Indicator":
        """Give the indicator after a month without volume (P-NOVOL)."""
        return self if terms.readings.no_volume == "skipped" else replace(self, escalates=False)

    def _escalated(self, terms: PlanTerms) -> "Indicator":
        if not self.escalates:
            return self
        last = terms.payment_table.last_month
        capped = terms.readings.indicator_limit == "capped"
        return replace(self, month=min(last, self.month + 1) if capped else self.month + 1)


def paid_month(indicator: Indicator, level: Level, terms: PlanTerms) -> int | None:
    """Give the column of Table 4 that a month is paid at; None if nothing is paid."""
    return min(indicator.month, terms.payment_table.last_month) if level else None
