"""What a month's test says, and how many occurrences it is worth."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Literal

from gateway.reports.plan.samples import MeanSample, Sample
from gateway.reports.plan.terms import Level


class Conformance(StrEnum):
    """Whether a month's result conforms to its standard."""

    MEETS = "meets"
    ALLOWANCE = "allowance"
    """It fails with one miss, which 3.2.3 allows: a conforming month everywhere."""
    FAILS = "fails"
    NO_VOLUME = "no_volume"

    @property
    def conforming(self) -> bool:
        """Whether the month counts as conforming service."""
        return self in {Conformance.MEETS, Conformance.ALLOWANCE}


@dataclass(frozen=True, slots=True)
class MonthResult:
    """One submeasure of one month as levels and payments need it."""

    conformance: Conformance
    extent: Level = 0
    """How far from the standard (6.3 Table 2); 0 if conforming."""
    occurrences: Fraction = Fraction(0)


def occurrences(sample: Sample, standard: Fraction, rounding: Literal["none", "up"]) -> Fraction:
    """Give the CLEC occurrences of a failing result (7.1, 7.2); 0 if it is not worse than the standard result.

    A percentage counts the share by which it falls short, times the volume; an average the relative difference times
    the volume, and no more than the volume.
    """
    shortfall = sample.better.shortfall(sample.result, standard)
    if shortfall <= 0:
        return Fraction(0)
    if isinstance(sample, MeanSample):
        exact = min(Fraction(1), abs(shortfall / standard)) * sample.count if standard else Fraction(sample.count)
    else:
        exact = shortfall * sample.count
    return exact if rounding == "none" else Fraction(ceil(exact))
