"""The benchmark test: a result against a fixed standard, without statistics (Exhibit K 3.2.2, 3.2.3, 6.3, 6.6, 7.1)."""

from dataclasses import dataclass
from fractions import Fraction

from gateway.reports.plan.conformance import Conformance, MonthResult, occurrences
from gateway.reports.plan.samples import MeanSample, Sample, ShareSample
from gateway.reports.plan.terms import PlanTerms


@dataclass(frozen=True, slots=True)
class BenchmarkMonth:
    """One month against its benchmark."""

    month: MonthResult
    result: Fraction | None
    """None without volume."""
    difference: Fraction | None
    """DB (6.3.1), in percent; positive is worse for the CLEC."""


def benchmark_month(
    sample: Sample, benchmark: Fraction, aggregate: ShareSample | None, terms: PlanTerms
) -> BenchmarkMonth:
    """Judge a month's result against a share (0.9) or a mean (6); `aggregate` is the result of all CLECs together.

    Without the aggregate the one allowable miss is not applied: it may only be judged at that level.
    """
    if not sample.count:
        return BenchmarkMonth(MonthResult(Conformance.NO_VOLUME), None, None)
    shortfall = sample.better.shortfall(sample.result, benchmark)
    difference = _difference(sample, shortfall, benchmark, terms)
    if shortfall <= 0:
        return BenchmarkMonth(MonthResult(Conformance.MEETS), sample.result, difference)
    if isinstance(sample, ShareSample) and _one_miss_allowed(sample, benchmark, aggregate):
        return BenchmarkMonth(MonthResult(Conformance.ALLOWANCE), sample.result, difference)
    limits = terms.benchmark_mean_extents if isinstance(sample, MeanSample) else terms.benchmark_proportion_extents
    count = occurrences(sample, benchmark, terms.readings.occurrence_rounding)
    return BenchmarkMonth(MonthResult(Conformance.FAILS, limits.of(difference), count), sample.result, difference)


def needs_perfection(count: int, benchmark: Fraction) -> bool:
    """Say whether only 0 misses of `count` would meet the benchmark share (3.2.3)."""
    return count > 0 and Fraction(count - 1, count) < benchmark


def _difference(sample: Sample, shortfall: Fraction, benchmark: Fraction, terms: PlanTerms) -> Fraction:
    """Give DB in percent of the benchmark; of a share under the other reading of P-DB in percentage points."""
    if isinstance(sample, ShareSample) and terms.readings.db_formula == "percentage_points":
        return shortfall * 100
    return shortfall / benchmark * 100


def _one_miss_allowed(sample: ShareSample, benchmark: Fraction, aggregate: ShareSample | None) -> bool:
    """Say whether 3.2.3 excuses the failure: one miss, where only none would do, and the aggregate conforms."""
    if sample.misses != 1 or not needs_perfection(sample.count, benchmark) or aggregate is None or not aggregate.count:
        return False
    if aggregate.result >= benchmark:
        return True
    return needs_perfection(aggregate.count, benchmark) and aggregate.misses <= 1
