"""The exact proportions test for percentages of 30 or fewer (Exhibit K 4.5), in whole numbers."""

from fractions import Fraction
from math import comb
from typing import Literal

from gateway.reports.plan.samples import ShareSample


def exact_p_value(clec: ShareSample, retail: ShareSample, tail: Literal["more_extreme", "as_extreme"]) -> Fraction:
    """Give the probability of an outcome more extreme than the actual one, the combined misses being what they are.

    Of all ways to spread the misses over both, those that give the CLEC more misses (P-EXACT: or as many).
    """
    total = clec.count + retail.count
    misses = clec.misses + retail.misses
    first = clec.misses + (1 if tail == "more_extreme" else 0)
    last = min(clec.count, misses)
    ways = sum(comb(misses, found) * comb(total - misses, clec.count - found) for found in range(first, last + 1))
    return Fraction(ways, comb(total, clec.count))
