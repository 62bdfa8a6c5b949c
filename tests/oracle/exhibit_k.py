"""Exhibit K computed another way: scipy's distributions, numpy's bins, Table 4 written out in full."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
from scipy import stats

from tests.oracle.exhibit_b import HOLIDAYS

TABLE_4 = {
    1: [150, 175, 350, 450, 550, 650, 750, 850, 950, 1050, 1150, 1250],
    2: [225, 250, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400],
    3: [300, 325, 650, 750, 850, 950, 1050, 1150, 1250, 1350, 1450, 1550],
}
COLORADO_TABLE_4 = {
    1: [225, 250, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400],
    2: [337.5, 362.5, 612.5, 712.5, 812.5, 912.5, 1012.5, 1112.5, 1212.5, 1312.5, 1412.5, 1512.5],
    3: [450, 475, 725, 825, 925, 1025, 1125, 1225, 1325, 1425, 1525, 1625],
}
_TIERS, _CRITICAL = [150, 300, 600, 3000], [1.645, 2.0, 2.7, 3.7, 4.3]


def critical_z(volume: int) -> float:
    """Table 1."""
    return _CRITICAL[int(np.searchsorted(_TIERS, volume))]


def benchmark_extent(shortfall_percent: float, bounds: tuple[float, float]) -> int:
    """Table 2 for a failing result."""
    return 1 + int(np.digitize(shortfall_percent, bounds))


def z_score(clec: float, retail: float, deviation: float, sizes: tuple[int, int], *, larger_better: bool) -> float:
    """The modified z of 4.4."""
    difference = retail - clec if larger_better else clec - retail
    return float(difference / (deviation * np.sqrt(1 / sizes[0] + 1 / sizes[1])))


def exact_p(clec: tuple[int, int], retail: tuple[int, int], *, strict: bool) -> float:
    """P(X > k) or P(X >= k) of the hypergeometric distribution; samples are (count, misses)."""
    found = clec[1] if strict else clec[1] - 1
    return float(stats.hypergeom.sf(found, clec[0] + retail[0], clec[1] + retail[1], clec[0]))


def permutation_p(clec: Sequence[int], retail: Sequence[int], *, strict: bool) -> float:
    """The share of all arrangements with a greater z, by numpy's variance; ties are told with a hair's breadth."""
    pooled = np.array([*clec, *retail], dtype=float)
    scale = np.sqrt(1 / len(clec) + 1 / len(retail))
    scores = []
    for pick in combinations(range(len(pooled)), len(clec)):
        mine = np.zeros(len(pooled), dtype=bool)
        mine[list(pick)] = True
        difference = pooled[mine].mean() - pooled[~mine].mean()
        deviation = pooled[~mine].std(ddof=1) * scale
        scores.append(difference / deviation if deviation > 1e-12 else np.sign(round(difference, 9)) * 1e12)
    actual = scores[0]
    hair = 1e-9 * max(1.0, abs(actual))
    counted = sum(score > actual + hair if strict else score >= actual - hair for score in scores)
    return float(counted / len(scores))


def chain(months: Sequence[tuple[str, int]], *, at_least: bool = True) -> list[tuple[int, int | None]]:
    """Level and escalation month of each (result, extent), by the text of 6.2 and the example of 8.2.1."""
    outcome: list[tuple[int, int | None]] = []
    steps, paid_before = 0, False
    for index, (result, _) in enumerate(months):
        level = _level([extent for _, extent in months[: index + 1]], at_least=at_least)
        if level:
            steps = min(11, steps + 1) if paid_before else steps
            outcome.append((level, steps + 1))
        else:
            steps = max(0, steps - 1) if result == "pass" else steps
            outcome.append((0, None))
        paid_before = level > 0
    return outcome


def _level(extents: list[int], *, at_least: bool) -> int:
    last, two, three = extents[-1], extents[-2:], extents[-3:]
    if last == 3:
        return 3
    if len(two) == 2 and min(two) >= 2 and (at_least or max(two) == 2):
        return 2
    return int(len(three) == 3 and min(three) >= 1 and (at_least or max(three) <= 2))


def payment(level: int, month: int | None, occurrences: float, table: dict[int, Any] = TABLE_4) -> float:
    """Dollars, to the cent."""
    return 0.0 if month is None else round(float(table[level][month - 1]) * occurrences + 1e-9, 2)


def month_end(year: int, month: int) -> date:
    """The last business day of a month; months past twelve are the next year's."""
    first = np.datetime64(f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02}", "M")
    last: Any = np.busday_offset((first + 1).astype("datetime64[D]") - 1, 0, roll="backward", holidays=HOLIDAYS)
    day: date = last.astype(date)
    return day
