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


@dataclass(frozen=True, slots=True)
class _Pool:
    """All values together, the CLEC's first."""

    values: tuple[int, ...]
    clec_count: int
    total: int
    squares: int
    better: Better

    def score(self, pick: Iterable[int]) -> _Score:
        """Give the z score of the arrangement that puts the picked values on the CLEC's side."""
        mine = [self.values[index] for index in pick]
        clec_sum = sum(mine)
        retail_sum, retail_count = self.total - clec_sum, len(self.values) - self.clec_count
        retail_squares = self.squares - sum(value * value for value in mine)
        worse = clec_sum * retail_count - retail_sum * self.clec_count
        difference = worse if self.better is Better.SMALLER else -worse
        return _Score(difference, retail_count * retail_squares - retail_sum**2)


def permutation_test(clec: MeanSample, retail: MeanSample, terms: PlanTerms) -> Permutations:
    """Give the share of re-arrangements of the pooled values whose z is greater than the actual one (P-PERM).

    Every arrangement is counted where that is feasible, otherwise so many random ones as the plan says, by the seed in
    the terms.

    Raises:
        ValueError: a sample comes without its single values.
    """
    if len(clec.values) != clec.count or len(retail.values) != retail.count:
        raise ValueError("the permutation test pools single values: both samples must bring theirs")
    pool = _pool(clec, retail)
    actual = pool.score(range(clec.count))
    small = terms.small_samples
    size = len(pool.values)
    feasible = comb(size, clec.count) <= small.enumerate_up_to
    picks: Iterable[Sequence[int]] = (
        combinations(range(size), clec.count) if feasible else _draws(size, clec.count, small.draws, small.seed)
    )
    ties = terms.readings.permutation_ties == "counted"
    made = greater = 0
    for pick in picks:
        made += 1
        greater += pool.score(pick).above(actual, or_equal=ties)
    return Permutations(Fraction(greater, made), made, None if feasible else small.seed)


def _draws(size: int, picked: int, times: int, seed: int) -> Iterator[list[int]]:
    chance = Random(seed)  # noqa: S311 - a drawn sample that an auditor must be able to draw again
    return (chance.sample(range(size), picked) for _ in range(times))


def _pool(clec: MeanSample, retail: MeanSample) -> _Pool:
    """Pool both samples, scaled to whole numbers; z does not change with the unit."""
    pooled = (*clec.values, *retail.values)
    unit = lcm(*(value.denominator for value in pooled))
    values = tuple(int(value * unit) for value in pooled)
    return _Pool(values, clec.count, sum(values), sum(value * value for value in values), clec.better)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
