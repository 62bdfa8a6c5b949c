"""The terms of Exhibit K as typed data: tables, limits, deadlines, amounts, readings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from gateway.reports.plan.readings import PlanReadings

Level = Literal[0, 1, 2, 3]
"""0 is no payment level (for an extent: conforming)."""


@dataclass(frozen=True, slots=True)
class CriticalZ:
    """Table 1 (5.1): the critical value by the CLEC's monthly volume, above the exact tests' limit."""

    tiers: tuple[tuple[int, Fraction], ...]
    """Highest volume of the tier, critical value; ascending."""
    above: Fraction

    def at(self, volume: int) -> Fraction:
        """Give the critical value for a volume."""
        return next((z for up_to, z in self.tiers if volume <= up_to), self.above)


@dataclass(frozen=True, slots=True)
class SmallSamples:
    """How few observations are tested (4.5)."""

    exact_test_up_to: int
    alpha: Fraction
    raised_alpha: Fraction
    raised_up_to: int
    raised_products: frozenset[str]
    raised_measures: frozenset[str]
    draws: int
    enumerate_up_to: int
    seed: int
    standard_z: Fraction
    raised_standard_z: Fraction

    def alpha_of(self, measure: str | None, product: str | None, volume: int) -> Fraction:
        """Give the significance level: raised for very few LIS trunks or DS1 loops in the measures listed."""
        raised = product in self.raised_products and measure in self.raised_measures and volume <= self.raised_up_to
        return self.raised_alpha if raised else self.alpha

    def standard_z_of(self, alpha: Fraction) -> Fraction:
        """Give the z that stands for the critical value where Table 1 is silent (P-SMALLSTD)."""
        return self.raised_standard_z if alpha == self.raised_alpha else self.standard_z


@dataclass(frozen=True, slots=True)
class ExtentLimits:
    """Table 2 (6.3): the differences from which the extents of Level 2 and Level 3 begin."""

    level_2: Fraction
    level_3: Fraction

    def of(self, difference: Fraction) -> Level:
        """Give the extent of a difference (its size) of a non-conforming result."""
        if difference >= self.level_3:
            return 3
        return 2 if difference >= self.level_2 else 1


@dataclass(frozen=True, slots=True)
class PaymentTable:
    """Table 4 (8.2) for one group of states: dollars an occurrence by level and escalation month."""

    months: Mapping[int, tuple[Fraction, ...]]
    each_further_month: Fraction
    last_month: int

    def amount(self, level: int, month: int) -> Fraction:
        """Give the dollars an occurrence.

        Raises:
            KeyError: there is no such payment level.
        """
        printed = self.months[level]
        further = max(0, min(month, self.last_month) - len(printed))
        return printed[min(month, len(printed)) - 1] + further * self.each_further_month


@dataclass(frozen=True, slots=True)
class ReportDates:
    """When reports and payments are due (11.1, 12.2)."""

    report_months_after: int
    payment_months_after_report: int
    arrears_months: int
    arrears_measures: frozenset[str]
    arrears_by_product: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Consequences:
    """Amounts and limits of late or wrong reports and payments (11.4 to 13.7); dollars, percent, months, days."""

    late_report_per_day: int
    surcharge_percent: int
    large_bill: int
    large_bill_rise_percent: int
    surcharge_after_months_in_a_row: int
    surcharge_after_times_a_year: int
    change_log_fine: int
    material_percent: int
    recovery_months: int
    interest_days_a_year: int


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """Exhibit K of one agreement."""

    version: str
    effective: date
    state: str
    state_group: str
    critical_z: CriticalZ
    small_samples: SmallSamples
    parity_extents: ExtentLimits
    benchmark_proportion_extents: ExtentLimits
    benchmark_mean_extents: ExtentLimits
    payments: Mapping[str, PaymentTable]
    """By group of states, and by each state's code."""
    level_2_months: int
    level_1_months: int
    caps: Mapping[str, int]
    dates: ReportDates
    consequences: Consequences
    opted_in: Mapping[str, date] | None
    """The day on which each CLEC chose the plan, by its id; None where all have, from the beginning."""
    readings: PlanReadings

    def joined_by(self, clec: str) -> date | None:
        """Give the day from which a CLEC is under the plan (17.1); None if it never chose it (8.3)."""
        if self.opted_in is None:
            return self.effective
        chosen = self.opted_in.get(clec)
        return None if chosen is None else max(chosen, self.effective)

    @property
    def payment_table(self) -> PaymentTable:
        """Table 4 of the agreement's own state."""
        return self.payments[self.state_group]
