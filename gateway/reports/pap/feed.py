"""The feed of results that the gateway cannot know: retail analogues, repair, billing (Exhibit K 4.3; CSV).

Columns: `month` (YYYY-MM), `state`, `side` (`retail`, `clec` or `aggregate`: all CLECs together), `clec` (its id, for
side `clec`), `measure` (as in the report, `OP-3D`), `product` (code of Exhibit B), `count`; for a percentage `misses`;
for an average `mean` and `sd` (standard deviation), or `values` (parted by `;`); `better` (`larger` or `smaller`;
without it a percentage wants to be large and an average small).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from gateway.reports.csv_rows import BadRow, CsvRows
from gateway.reports.measures.month import Month
from gateway.reports.plan.samples import Better, MeanSample, Sample, ShareSample, mean_sample


class Side(StrEnum):
    """Whose results a row has."""

    RETAIL = "retail"
    CLEC = "clec"
    AGGREGATE = "aggregate"


COLUMNS: Final = (
    *("month", "state", "side", "clec", "measure", "product"),
    *("count", "misses", "mean", "sd", "values", "better"),
)
_REQUIRED: Final = frozenset({"month", "state", "side", "measure", "product", "count"})


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One row."""

    month: Month
    state: str
    side: Side
    clec: str
    measure: str
    product: str
    sample: Sample


@dataclass(frozen=True)
class Feed:
    """All rows of a feed, and what is wrong with those that could not be read."""

    rows: tuple[FeedRow, ...] = ()
    problems: tuple[BadRow, ...] = ()
    _samples: Mapping[tuple[object, ...], Sample] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the rows that belong to no single CLEC."""
        found = {
            (row.month, row.side, row.state, row.measure, row.product): row.sample
            for row in self.rows
            if row.side is not Side.CLEC
        }
        object.__setattr__(self, "_samples", found)

    def sample(self, month: Month, side: Side, state: str, measure: str, product: str) -> Sample | None:
        """Give the retail or the aggregate sample of a measure in a month; None if there is no row of it."""
        return self._samples.get((month, side, state, measure, product))

    def clec_rows(self, month: Month) -> Iterator[FeedRow]:
        """Give the rows of single CLECs."""
        return (row for row in self.rows if row.side is Side.CLEC and row.month == month)


def read_feed(lines: Iterable[str]) -> Feed:
    """Read a feed; a row that cannot be used is left out and told of with its line.

    Raises:
        ValueError: the columns are not those of a feed.
    """
    source = CsvRows(lines, COLUMNS, _REQUIRED)
    rows = tuple(source.read(_row))
    return Feed(rows, tuple(source.problems))


def _row(row: Mapping[str, str]) -> FeedRow:
    side = Side(row["side"])
    if (side is Side.CLEC) != bool(row["clec"]):
        raise ValueError("`clec` is named on side `clec`, and on no other")
    return FeedRow(
        Month.parse(row["month"]), row["state"], side, row["clec"], row["measure"], row["product"], _sample(row)
    )


def _sample(row: Mapping[str, str]) -> Sample:
    count = int(row["count"])
    if count < 0:
        raise ValueError("`count` is a number of observations, 0 or more")
    if row["misses"]:
        misses = int(row["misses"])
        if not 0 <= misses <= count:
            raise ValueError("`misses` lie between 0 and `count`")
        return ShareSample(count, misses, Better(row["better"] or Better.LARGER))
    better = Better(row["better"] or Better.SMALLER)
    if row["values"]:
        values = tuple(Fraction(value.strip()) for value in row["values"].split(";"))
        if len(values) != count:
            raise ValueError(f"`values` has {len(values)} values and `count` says {count}")
        return mean_sample(values, "sample", better)
    if not row["mean"]:
        raise ValueError("`misses`, `mean` or `values` is needed")
    return MeanSample(count, Fraction(row["mean"]), Fraction(row["sd"]) ** 2 if row["sd"] else None, better=better)
