"""The readings register of Exhibit K: what the text leaves open, and which reading the payments rest on.

P-INT (simple interest) and P-BD (the business day of Exhibit B) have one reading only.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class PlanReadings:
    """One value a question. Printed on every payment report; the id in brackets is the register's."""

    dp_divisor: Literal["retail_sd", "s_diff"]
    """[P-S] What S is in DP = (R - C) / S."""
    db_formula: Literal["percent_of_benchmark", "percentage_points"]
    """[P-DB] What DB of a percentage is."""
    level_policy: Literal["at_least", "exact"]
    """[P-LEVEL] Whether a worse month satisfies a lower level's run of months."""
    month_one: Literal["first_paid_month", "first_miss"]
    """[P-MONTH1] Which month is escalation Month 1."""
    unpaid_miss: Literal["interrupts", "conforming", "neutral"]
    """[P-LIMBO] A missed month below any payment level."""
    no_volume: Literal["interrupts", "skipped"]
    """[P-NOVOL] A month without CLEC volume."""
    indicator_limit: Literal["capped", "uncapped"]
    """[P-CAP12] Whether the escalation indicator itself stops at the last month of Table 4."""
    exact_tail: Literal["more_extreme", "as_extreme"]
    """[P-EXACT] Which outcomes the exact proportions test adds up."""
    permutation_ties: Literal["not_counted", "counted"]
    """[P-PERM] An arrangement with the same z as the actual data."""
    small_standard: Literal["quantile", "worst_passing"]
    """[P-SMALLSTD] The standard result of 30 or fewer: by quantile, or for percentages the worst result that passes."""
    variance: Literal["sample", "population"]
    """[P-VAR] The variance of a mean: divided by n - 1, or by n."""
    zero_variance: Literal["worse_fails", "not_applicable"]
    """[P-S0] A retail variance of 0: the CLEC fails if it is worse, or the test does not apply."""
    zones: Literal["parity_only", "benchmarks_too"]
    """[P-ZONE] Whether zone 1 and zone 2 are judged together."""
    occurrence_rounding: Literal["none", "up"]
    """[P-ROUND] Occurrences before they are paid for."""
    cap_year: Literal["performance_month", "payment_month"]
    """[P-YEAR] Which month's calendar year a payment counts in."""
    late_days: Literal["difference", "both_ends"]
    """[P-LATEDAYS] How many days late a report is."""
    yearly_surcharge: Literal["from_then_on", "whole_year"]
    """[12.9] Which adjustments of the year bear the surcharge once there are so many: later ones, or all."""
    large_bill_basis: Literal["as_issued", "as_corrected"]
    """[P-25K] Which bill must be over the amount."""
