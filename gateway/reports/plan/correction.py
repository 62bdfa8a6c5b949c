"""What a wrong report costs, by who found it and when (Exhibit K 12.4 to 12.9, 13.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from gateway.reports.plan.chain import cents
from gateway.reports.plan.late_report import late_report
from gateway.reports.plan.terms import PlanTerms


class RevealedBy(StrEnum):
    """How a discrepancy came to light."""

    AUDIT = "audit"
    SELF = "self"
    RECONCILIATION = "reconciliation"
    INQUIRY = "inquiry"


@dataclass(frozen=True, slots=True)
class WrongReport:
    """A report that was wrong: what was paid on it, what is right, and when it was set right."""

    revealed_by: RevealedBy
    paid: Decimal
    correct: Decimal
    report_due: date
    resolved: date
    payment_due: date | None = None
    audit_began: date | None = None
    """When an audit of the measure began, if one did."""
    months_in_a_row: int = 0
    """Upward adjustments by reconciliation in consecutive months, this one included (12.8)."""
    times_this_year: int = 0
    """Upward adjustments by reconciliation in the calendar year, this one included (12.9)."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is owed for the correction."""

    additional: Decimal
    """The shortfall; 0 if the report was too high."""
    surcharge: Decimal
    interest_applies: bool
    late_report_payment: Decimal
    overpaid: Decimal
    """What may be deducted from later payments (11.4), if the report was too high."""


def correction(report: WrongReport, terms: PlanTerms) -> Correction:
    """Give what a wrong report costs on top of what was paid."""
    shortfall = max(Decimal(0), report.correct - report.paid)
    overpaid = max(Decimal(0), report.paid - report.correct)
    in_time = _corrected_before_payment(report)
    as_audited = shortfall > 0 and not in_time and _as_audited(report, terms)
    rate = Fraction(terms.consequences.surcharge_percent, 100)
    surcharge = cents(Fraction(shortfall) * rate) if as_audited else Decimal(0)
    audited = report.revealed_by is RevealedBy.AUDIT or _after_audit_began(report)
    late = late_report(report.report_due, report.resolved, terms).amount
    fined = audited and not in_time and _large_rise(report, terms)
    return Correction(shortfall, surcharge, shortfall > 0 and not in_time, late if fined else Decimal(0), overpaid)


def yearly_surcharges(shortfalls: Sequence[Decimal], terms: PlanTerms) -> tuple[Decimal, ...]:
    """Give the surcharge of each upward adjustment that reconciliation forced in one calendar year, in order (12.9).

    Before the limit is reached there is none. From then on each bears it; under the other reading of "all other months
    in that calendar year" the earlier ones do, too.
    """
    limit = terms.consequences.surcharge_after_times_a_year
    if len(shortfalls) < limit:
        return (Decimal(0),) * len(shortfalls)
    first = 0 if terms.readings.yearly_surcharge == "whole_year" else limit - 1
    rate = Fraction(terms.consequences.surcharge_percent, 100)
    return tuple(
        cents(Fraction(amount) * rate) if index >= first else Decimal(0) for index, amount in enumerate(shortfalls)
    )


def material(additional: Decimal, paid: Decimal, terms: PlanTerms) -> bool:
    """Say whether a mini-audit's finding is material: so much more due than was paid on what it examined (13.7)."""
    return additional > 0 and Fraction(additional) * 100 >= Fraction(paid) * terms.consequences.material_percent


def _corrected_before_payment(report: WrongReport) -> bool:
    """Say whether the ILEC alone set it right before the payment was due: no additional liability (12.6)."""
    by_itself = report.revealed_by is RevealedBy.SELF
    return by_itself and report.payment_due is not None and report.resolved < report.payment_due


def _after_audit_began(report: WrongReport) -> bool:
    """Say whether the ILEC corrected itself only after an audit of the measure had begun: 12.6 no longer covers it."""
    by_itself = report.revealed_by is RevealedBy.SELF
    return by_itself and report.audit_began is not None and report.audit_began <= report.resolved


def _as_audited(report: WrongReport, terms: PlanTerms) -> bool:
    """Say whether the audit surcharge applies (12.4, 12.8, 12.9)."""
    if report.revealed_by is RevealedBy.AUDIT or _after_audit_began(report):
        return True
    limits = terms.consequences
    return report.revealed_by is RevealedBy.RECONCILIATION and (
        report.months_in_a_row >= limits.surcharge_after_months_in_a_row
        or report.times_this_year >= limits.surcharge_after_times_a_year
    )


def _large_rise(report: WrongReport, terms: PlanTerms) -> bool:
    """Say whether a large bill rose so much that it counts as late (12.5; P-25K: which bill must be large)."""
    limits = terms.consequences
    bill = report.paid if terms.readings.large_bill_basis == "as_issued" else report.correct
    rise = Fraction(report.correct) - Fraction(report.paid)
    return bill > limits.large_bill and rise * 100 >= Fraction(report.paid) * limits.large_bill_rise_percent
