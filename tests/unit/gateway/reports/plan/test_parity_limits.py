from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.reports.plan.benchmark import needs_perfection
from gateway.reports.plan.conformance import Conformance
from gateway.reports.plan.parity import Comparison, parity_month
from gateway.reports.plan.permutation import permutation_test
from gateway.reports.plan.roots import root
from gateway.reports.plan.samples import Better, MeanSample, ShareSample, mean_sample
from gateway.reports.plan.terms import PlanTerms


def days(count: int, longest: int) -> MeanSample:
    """Make a sample of days that run through 1 to `longest` again and again."""
    return mean_sample(tuple(Fraction(1 + n % longest) for n in range(count)), "sample")


def test_many_arrangements_are_drawn_the_same_every_time(plan: PlanTerms) -> None:
    """Where more than 200,000 arrangements exist 1,000 are drawn by the seed of the terms, and the report says so."""
    clec, retail = days(20, 7), days(200, 6)
    first, again = (permutation_test(clec, retail, plan) for _ in range(2))
    assert first == again
    assert (1000, plan.small_samples.seed) == (first.arrangements, first.seed)
    assert "drawn_permutations" in parity_month(Comparison(clec, retail), plan).flags


def test_few_arrangements_are_all_counted(plan: PlanTerms) -> None:
    """Three of eight values can be picked in 56 ways."""
    assert (56, None) == (
        (made := permutation_test(days(3, 4), days(5, 4), plan)).arrangements,
        made.seed,
    )


def test_small_averages_need_their_single_values(plan: PlanTerms) -> None:
    """A permutation test on means alone is refused."""
    with pytest.raises(ValueError, match="single values"):
        parity_month(Comparison(MeanSample(5, Fraction(3)), days(5, 4)), plan)


def test_a_percentage_is_not_compared_with_an_average(plan: PlanTerms) -> None:
    """Samples of two kinds are refused."""
    with pytest.raises(ValueError, match="cannot be compared"):
        parity_month(Comparison(ShareSample(5, 1), days(5, 4)), plan)


def test_a_rate_of_troubles_is_worse_when_larger(plan: PlanTerms) -> None:
    """MR-8's rate fails where the CLEC has more troubles than retail: the mirror image of a share that falls short."""
    rate = parity_month(
        Comparison(ShareSample(60, 12, Better.SMALLER), ShareSample(2000, 100, Better.SMALLER), "MR-8"), plan
    )
    share = parity_month(Comparison(ShareSample(60, 12), ShareSample(2000, 100)), plan)
    assert share.month == rate.month
    assert share.standard is not None
    assert rate.standard == 1 - share.standard


def test_without_retail_nothing_can_be_compared(plan: PlanTerms) -> None:
    """A month without retail volume is flagged for a person."""
    verdict = parity_month(Comparison(ShareSample(5, 1), ShareSample(0, 0)), plan)
    assert (Conformance.NO_VOLUME, ("no_retail_volume",)) == (verdict.month.conformance, verdict.flags)


@given(st.fractions(min_value=0, max_value=10**9))
def test_roots_are_exact_to_forty_decimals(value: Fraction) -> None:
    """The root of a square is exact; any other is at most the 40th decimal short."""
    assert value == root(value * value)
    assert 0 <= value - root(value) ** 2 <= Fraction(1, 10**33)


def test_a_root_of_less_than_nothing_is_refused() -> None:
    """A variance is never negative."""
    with pytest.raises(ValueError, match="nonnegative"):
        root(Fraction(-1))


@pytest.mark.parametrize(("percent", "largest"), [(90, 9), (95, 19), (85, 6)])
def test_small_volumes_need_perfection(percent: int, largest: int) -> None:
    """Only 0 misses meet 90 % up to 9 orders, 95 % up to 19, 85 % up to 6 (3.2.3)."""
    benchmark = Fraction(percent, 100)
    assert list(range(1, largest + 1)) == [count for count in range(40) if needs_perfection(count, benchmark)]
