"""Observed performance of one month: shares of misses and averages, exact."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal


class Better(StrEnum):
    """Which way performance improves."""

    LARGER = "larger"
    SMALLER = "smaller"

    def shortfall(self, result: Fraction, standard: Fraction) -> Fraction:
        """Give how much worse `result` is than `standard`; positive means worse."""
        return standard - result if self is Better.LARGER else result - standard


@dataclass(frozen=True, slots=True)
class ShareSample:
    """A percentage: how many were observed, and how many were missed."""

    count: int
    misses: int
    better: Better = Better.LARGER

    @property
    def result(self) -> Fraction:
        """The share met; where smaller is better (a rate of troubles) the share of misses. At least one observation."""
        met = Fraction(self.count - self.misses, self.count)
        return met if self.better is Better.LARGER else 1 - met

    @property
    def variance(self) -> Fraction:
        """The calculated variance p(1-p) (4.4)."""
        return self.result * (1 - self.result)


@dataclass(frozen=True, slots=True)
class MeanSample:
    """An average: of how many, how large, how scattered; with the single values for the permutation test."""

    count: int
    mean: Fraction
    variance: Fraction | None = None
    values: tuple[Fraction, ...] = ()
    better: Better = Better.SMALLER

    @property
    def result(self) -> Fraction:
        """The average."""
        return self.mean


Sample = ShareSample | MeanSample


def mean_sample(
    values: tuple[Fraction, ...], divisor: Literal["sample", "population"], better: Better = Better.SMALLER
) -> MeanSample:
    """Make the sample of single values (`divisor`: P-VAR). A sample variance of one value is None: it has none.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("an average needs at least one value")
    count = len(values)
    average = sum(values, Fraction()) / count
    squares = sum(((value - average) ** 2 for value in values), Fraction())
    degrees = count - 1 if divisor == "sample" else count
    return MeanSample(count, average, squares / degrees if degrees else None, values, better)
