"""Levels of non-conformance: from the extents of this and the months before (Exhibit K 6.2)."""

from collections.abc import Sequence

from gateway.reports.plan.terms import Level, PlanTerms


def level_of(extents: Sequence[Level], terms: PlanTerms) -> Level:
    """Give the payment level of the last of the months, whose extents end the sequence (0: conforming or no volume).

    Level 3 needs one month, Level 2 two in a row, Level 1 three in a row, each at least to the extent of that level
    (P-LEVEL; the exact reading: Level 2 just to that of Level 2, Level 1 to that of Level 1 or 2). Otherwise it is 0,
    and nothing is paid.
    """
    if extents[-1] == 3:
        return 3
    exact = terms.readings.level_policy == "exact"
    if _run(extents, terms.level_2_months, {2} if exact else {2, 3}):
        return 2
    if _run(extents, terms.level_1_months, {1, 2} if exact else {1, 2, 3}):
        return 1
    return 0


def _run(extents: Sequence[Level], months: int, wanted: set[int]) -> bool:
    return len(extents) >= months and all(extent in wanted for extent in extents[-months:])
