"""Figures of the months before, for the trend: what the report of each of them said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from gateway.reports.measures.month import Month
from gateway.reports.pid.figures import Figure
from gateway.reports.pid.tally import Line


@dataclass(frozen=True)
class Trend:
    """Months in order, each with its figures by line."""

    months: Sequence[Month] = ()
    figures: Mapping[Month, Mapping[Line, Figure]] = field(default_factory=dict)

    @classmethod
    def of(cls, months: Mapping[Month, Sequence[Figure]]) -> "Trend":
        """Make the trend of some months."""
        ordered = sorted(months)
        return cls(ordered, {month: {figure.line: figure for figure in months[month]} for month in ordered})

    def results(self, line: Line) -> list[Fraction | None]:
        """Give the result of a line month by month; None where it had none."""
        found = (self.figures[month].get(line) for month in self.months)
        return [figure.result if figure else None for figure in found]
