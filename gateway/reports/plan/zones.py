"""Interval zone 1 and zone 2 taken together for testing (Exhibit K 4.5, last sentence)."""

from fractions import Fraction

from gateway.reports.plan.samples import MeanSample, Sample, ShareSample, mean_sample
from gateway.reports.plan.terms import PlanTerms


def zones_are_one(terms: PlanTerms, *, parity: bool) -> bool:
    """Say whether the zones of a submeasure are tested as one: with parity standards (P-ZONE: with benchmarks, too)."""
    return parity or terms.readings.zones == "benchmarks_too"


def combined(first: Sample, second: Sample, terms: PlanTerms) -> Sample:
    """Give the two zones as one sample.

    Raises:
        ValueError: one is a percentage and the other an average, or they improve in different directions.
    """
    if first.better is not second.better:
        raise ValueError("zones improve in one direction")
    if isinstance(first, ShareSample) and isinstance(second, ShareSample):
        return ShareSample(first.count + second.count, first.misses + second.misses, first.better)
    if isinstance(first, MeanSample) and isinstance(second, MeanSample):
        return _combined_means(first, second, terms)
    raise ValueError("a percentage cannot be combined with an average")


def _combined_means(first: MeanSample, second: MeanSample, terms: PlanTerms) -> MeanSample:
    if first.values and second.values:
        return mean_sample((*first.values, *second.values), terms.readings.variance, first.better)
    count = first.count + second.count
    mean = (first.mean * first.count + second.mean * second.count) / count if count else Fraction(0)
    return MeanSample(count, mean, _combined_variance(first, second, mean, terms), (), first.better)


def _combined_variance(first: MeanSample, second: MeanSample, mean: Fraction, terms: PlanTerms) -> Fraction | None:
    """Give the variance of both together from the two variances and means; None if one is not known."""
    less = 1 if terms.readings.variance == "sample" else 0
    squares = Fraction(0)
    for zone in (first, second):
        if zone.variance is None and zone.count > 1:
            return None
        squares += (zone.variance or 0) * (zone.count - less) + zone.count * (zone.mean - mean) ** 2
    degrees = first.count + second.count - less
    return squares / degrees if degrees > 0 else None
