"""The parity test: the CLEC's result against the ILEC's retail result (Exhibit K 4, 5, 6.3, 6.5, 6.7, 7.1.1.2)."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gateway.reports.plan.conformance import Conformance, MonthResult, occurrences
from gateway.reports.plan.exact_proportion import exact_p_value
from gateway.reports.plan.permutation import Permutations, permutation_test
from gateway.reports.plan.roots import root
from gateway.reports.plan.samples import Better, MeanSample, Sample, ShareSample
from gateway.reports.plan.terms import Level, PlanTerms

TestKind = Literal["modified_z", "exact_proportion", "permutation", "zero_variance", "none"]


@dataclass(frozen=True, slots=True)
class ParityTest:
    """What the statistical test of one month says."""

    kind: TestKind
    passed: bool
    critical_z: Fraction
    """Of Table 1; for 30 or fewer the quantile that gives the standard result (P-SMALLSTD)."""
    z: Fraction | None = None
    """None where the retail variance is 0."""
    p_value: Fraction | None = None
    alpha: Fraction | None = None
    permutations: Permutations | None = None


@dataclass(frozen=True, slots=True)
class ParityMonth:
    """One month against retail."""

    month: MonthResult
    test: ParityTest
    difference: Fraction | None
    """DP (6.3.1); None stands for an infinite one, or for none without volume."""
    standard: Fraction | None
    """The CLEC result that would sit on the critical value (7.1.1.2)."""
    spread: Fraction | None
    """S: the retail standard deviation."""
    flags: tuple[str, ...] = ()
    """What a person has to look at."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A CLEC's sample, the retail one it is compared with, and what is compared."""

    clec: Sample
    retail: Sample
    measure: str | None = None
    """As in the list of 4.5: `OP-3D`, `MR-8`, …"""
    product: str | None = None


def parity_month(comparison: Comparison, terms: PlanTerms, aggregate: ShareSample | None = None) -> ParityMonth:
    """Judge a month against retail; `aggregate` is the result of all CLECs together, for the allowance of 3.2.3.

    Raises:
        ValueError: an average without the retail variance, or one of 30 or fewer without the single values.
    """
    clec, retail = comparison.clec, comparison.retail
    if not clec.count or not retail.count:
        nothing = ParityTest("none", passed=True, critical_z=Fraction(0))
        missing = ("no_retail_volume",) if clec.count else ()
        return ParityMonth(MonthResult(Conformance.NO_VOLUME), nothing, None, None, None, missing)
    if isinstance(retail, MeanSample) and retail.variance is None and not retail.values:
        raise ValueError("an average is compared by the spread of retail: its variance or its single values are needed")
    test = parity_test(comparison, terms)
    shortfall = clec.better.shortfall(clec.result, retail.result)
    standard = _standard(comparison, test, terms)
    spread = _spread(comparison, terms)
    difference = shortfall / spread if spread else None
    flags = _flags(comparison, test)
    if test.passed:
        return ParityMonth(MonthResult(Conformance.MEETS), test, difference, standard, spread, flags)
    if _one_miss_allowed(comparison, aggregate, terms):
        return ParityMonth(MonthResult(Conformance.ALLOWANCE), test, difference, standard, spread, flags)
    extent: Level = 3 if difference is None else terms.parity_extents.of(abs(difference))
    count = occurrences(clec, standard, terms.readings.occurrence_rounding)
    flags = flags if count else (*flags, "fails_but_not_worse_than_standard")
    return ParityMonth(MonthResult(Conformance.FAILS, extent, count), test, difference, standard, spread, flags)


def parity_test(comparison: Comparison, terms: PlanTerms) -> ParityTest:
    """Make the test that the volume calls for: modified z above 30, exact proportions or permutation below.

    A CLEC that was served no worse than retail passes every test: the strict tail of the exact test would fail it where
    hardly any order was missed (no miss at all gives p = 0).

    Raises:
        ValueError: an average of 30 or fewer without its single values.
    """
    clec, retail = comparison.clec, comparison.retail
    small = terms.small_samples
    if clec.count > small.exact_test_up_to:
        return _modified_z(comparison, terms)
    alpha = small.alpha_of(comparison.measure, comparison.product, clec.count)
    quantile = small.standard_z_of(alpha)
    z = _z(comparison)
    worse = clec.better.shortfall(clec.result, retail.result) > 0
    if isinstance(clec, ShareSample) and isinstance(retail, ShareSample):
        p_value = exact_p_value(clec, retail, terms.readings.exact_tail)
        return ParityTest("exact_proportion", p_value > alpha or not worse, quantile, z, p_value, alpha)
    if isinstance(clec, MeanSample) and isinstance(retail, MeanSample):
        made = permutation_test(clec, retail, terms)
        return ParityTest("permutation", made.p_value > alpha or not worse, quantile, z, made.p_value, alpha, made)
    raise ValueError("a percentage cannot be compared with an average")


def _modified_z(comparison: Comparison, terms: PlanTerms) -> ParityTest:
    """Compare z with Table 1, by squares so that nothing is rounded (4.4, 5.1)."""
    clec = comparison.clec
    critical = terms.critical_z.at(clec.count)
    shortfall = clec.better.shortfall(clec.result, comparison.retail.result)
    variance = _difference_variance(comparison)
    if not variance:
        passed = shortfall <= 0 or terms.readings.zero_variance == "not_applicable"
        return ParityTest("zero_variance", passed, critical)
    fails = shortfall > 0 and shortfall**2 > critical**2 * variance
    return ParityTest("modified_z", not fails, critical, _z(comparison))


def _z(comparison: Comparison) -> Fraction | None:
    variance = _difference_variance(comparison)
    clec = comparison.clec
    return clec.better.shortfall(clec.result, comparison.retail.result) / root(variance) if variance else None


def _difference_variance(comparison: Comparison) -> Fraction:
    """Give s_DIFF squared (4.4)."""
    retail = comparison.retail
    return (retail.variance or 0) * (Fraction(1, comparison.clec.count) + Fraction(1, retail.count))


def _spread(comparison: Comparison, terms: PlanTerms) -> Fraction:
    """Give S (P-S)."""
    if terms.readings.dp_divisor == "s_diff":
        return root(_difference_variance(comparison))
    return root(comparison.retail.variance or Fraction(0))


def _standard(comparison: Comparison, test: ParityTest, terms: PlanTerms) -> Fraction:
    """Give the result that would sit exactly on the critical value."""
    clec, retail = comparison.clec, comparison.retail
    small = clec.count <= terms.small_samples.exact_test_up_to
    if small and terms.readings.small_standard == "worst_passing" and isinstance(clec, ShareSample):
        return _worst_passing(comparison, terms)
    distance = test.critical_z * root(_difference_variance(comparison))
    return retail.result - distance if clec.better is Better.LARGER else retail.result + distance


def _worst_passing(comparison: Comparison, terms: PlanTerms) -> Fraction:
    """Give the CLEC's worst share that still passes the exact test against the same retail result."""
    clec = comparison.clec
    for misses in range(clec.count, -1, -1):
        candidate = ShareSample(clec.count, misses, clec.better)
        if parity_test(Comparison(candidate, comparison.retail, comparison.measure, comparison.product), terms).passed:
            return candidate.result
    return ShareSample(clec.count, 0, clec.better).result


def _flags(comparison: Comparison, test: ParityTest) -> tuple[str, ...]:
    flags = ["zero_retail_variance"] if not comparison.retail.variance else []
    if test.permutations is not None and test.permutations.seed is not None:
        flags.append("drawn_permutations")
    return tuple(flags)


def _one_miss_allowed(comparison: Comparison, aggregate: ShareSample | None, terms: PlanTerms) -> bool:
    """Say whether 3.2.3 excuses the failure: the only miss, and the aggregate passes, or fails with one miss too.

    A share that fails with one miss could have passed with none only.
    """
    clec = comparison.clec
    if not isinstance(clec, ShareSample) or clec.misses != 1 or aggregate is None or not aggregate.count:
        return False
    together = Comparison(aggregate, comparison.retail, comparison.measure, comparison.product)
    return parity_test(together, terms).passed or aggregate.misses <= 1
