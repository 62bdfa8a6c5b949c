from collections.abc import Callable
from fractions import Fraction

import pytest

from gateway.reports.plan.samples import Better, MeanSample, ShareSample, mean_sample
from gateway.reports.plan.terms import PlanTerms
from gateway.reports.plan.zones import combined, zones_are_one


def whole(*values: int) -> tuple[Fraction, ...]:
    """Give days as exact numbers."""
    return tuple(map(Fraction, values))


def test_parity_is_tested_on_both_zones_together(plan: PlanTerms) -> None:
    """Zone 1 and zone 2 are one sample where the standard is parity (4.5), two where it is a benchmark (P-ZONE)."""
    assert zones_are_one(plan, parity=True)
    assert not zones_are_one(plan, parity=False)


def test_benchmarks_may_be_zones_are_one_too(plan_under: Callable[..., PlanTerms]) -> None:
    """Under the other reading benchmark products are combined, too."""
    assert zones_are_one(plan_under(zones="benchmarks_too"), parity=False)


def test_shares_of_zones_add_up(plan: PlanTerms) -> None:
    """12 orders with 2 misses and 8 with 1 are 20 with 3."""
    assert ShareSample(20, 3) == combined(ShareSample(12, 2), ShareSample(8, 1), plan)


@pytest.mark.parametrize("divisor", ["sample", "population"])
def test_combined_variance_is_that_of_all_values(plan_under: Callable[..., PlanTerms], divisor: str) -> None:
    """From counts, means and variances alone comes the variance of all values together (P-VAR)."""
    plan = plan_under(variance=divisor)
    first, second = whole(1, 2, 6), whole(4, 9)
    kind = plan.readings.variance
    parts = [mean_sample(values, kind) for values in (first, second)]
    summary = [MeanSample(part.count, part.mean, part.variance) for part in parts]
    all_of_them = mean_sample((*first, *second), kind)
    result = combined(summary[0], summary[1], plan)
    assert isinstance(result, MeanSample)
    assert (all_of_them.count, all_of_them.mean, all_of_them.variance) == (result.count, result.mean, result.variance)
    assert all_of_them == combined(parts[0], parts[1], plan)


def test_an_unknown_variance_stays_unknown(plan: PlanTerms) -> None:
    """Where one zone brings no variance the two together have none."""
    result = combined(MeanSample(3, Fraction(2)), MeanSample(3, Fraction(2), Fraction(1)), plan)
    assert isinstance(result, MeanSample)
    assert result.variance is None


@pytest.mark.parametrize(
    "other", [MeanSample(3, Fraction(2)), ShareSample(3, 1, Better.SMALLER)], ids=["average", "other direction"]
)
def test_unlike_zones_are_not_combined(plan: PlanTerms, other: MeanSample | ShareSample) -> None:
    """A percentage and an average, or a rate of troubles, are no one sample."""
    with pytest.raises(ValueError, match=r"one direction|cannot be combined"):
        combined(ShareSample(3, 1), other, plan)
