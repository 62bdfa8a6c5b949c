"""The permutation test for averages of 30 or fewer (Exhibit K 4.5), in whole numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, lcm
from random import Random

from gateway.reports.plan.samples import Better, MeanSample
from gateway.reports.plan.terms import PlanTerms


@dataclass(frozen=True, slots=True)
class Permutations:
    """The outcome of the test and how it was made."""

    p_value: Fraction
    arrangements: int
    seed: int | None
    """Of the draws; None where every arrangement was counted."""


@dataclass(frozen=True, slots=True)
class _Score:
    """A z score up to a factor that all arrangements share: the difference, and the retail variance."""

    difference: int
    variance: int

    def above(self, other: "_Score", *, or_equal: bool) -> bool:
        """Say whether this z is greater (or equal), by cross-multiplied squares: no roots, no rounding."""
        left, right = self.signed_square * other.variance, other.signed_square * self.variance
        if not self.variance and not other.variance:
            left, right = _sign(self.difference), _sign(other.difference)
        elif not self.variance and not self.difference:
            # 0 / 0 stands for "no difference": z is 0, so only the other's sign decides.
            left, right = 0, other.difference
        elif not other.variance and not other.difference:
            left, right = self.difference, 0
        return left > right or (or_equal and left == right)

    @property
    def signed_square(self) -> int:
        """The squared difference with the difference's sign."""
        return _sign(self.difference) * self.difference**2


def permutation_test(clec: MeanSample, retail: MeanSample, terms: PlanTerms) -> Permutations:
    """Give the share of re-arrangements of the pooled values whose z is greater than the actual one (P-PERM).

    Every arrangement is counted where that is feasible, otherwise so many random ones as the plan says, by the seed in
    the terms.

    Raises:
        ValueError: a sample comes without its single values.
    """
    if len(clec.values) != clec.count or len(retail.values) != retail.count:
        raise ValueError("the permutation test pools single values: both samples must bring theirs")
    pooled = _whole_numbers([*clec.values, *retail.values])
    sizes = (clec.count, retail.count)
    actual = _score(range(clec.count), pooled, sizes, clec.better)
    small = terms.small_samples
    feasible = comb(len(pooled), clec.count) <= small.enumerate_up_to
    picks: Iterable[Sequence[int]] = (
        combinations(range(len(pooled)), clec.count)
        if feasible
        else _draws(len(pooled), clec.count, small.draws, small.seed)
    )
    ties = terms.readings.permutation_ties == "counted"
    made = greater = 0
    for pick in picks:
        made += 1
        greater += _score(pick, pooled, sizes, clec.better).above(actual, or_equal=ties)
    return Permutations(Fraction(greater, made), made, None if feasible else small.seed)


def _draws(size: int, picked: int, times: int, seed: int) -> Iterator[list[int]]:
    chance = Random(seed)  # noqa: S311 - a drawn sample that an auditor must be able to draw again
    return (chance.sample(range(size), picked) for _ in range(times))


def _whole_numbers(values: Sequence[Fraction]) -> list[int]:
    """Scale the values to whole numbers; z does not change with the unit."""
    unit = lcm(*(value.denominator for value in values))
    return [int(value * unit) for value in values]


def _score(pick: Iterable[int], pooled: Sequence[int], sizes: tuple[int, int], better: Better) -> _Score:
    """Give the z score of the arrangement that puts the picked values on the CLEC's side."""
    clec_count, retail_count = sizes
    mine = [pooled[index] for index in pick]
    clec_sum, squares = sum(mine), sum(value * value for value in mine)
    retail_sum = sum(pooled) - clec_sum
    retail_squares = sum(value * value for value in pooled) - squares
    worse = clec_sum * retail_count - retail_sum * clec_count
    difference = worse if better is Better.SMALLER else -worse
    return _Score(difference, retail_count * retail_squares - retail_sum**2)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
