"""A figure of the report: its result against its standard, exact, with what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from gateway.reports.measures.po5_foc_on_time import foc_standard
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pid.tally import Kind, Line, Sum

_MEASURES: Final[Mapping[str, tuple[str, Kind, str]]] = {
    "PO-2A": ("LSRs that flowed through, all", "share", "of LSRs"),
    "PO-2B": ("LSRs that flowed through, eligible types", "share", "of LSRs"),
    "PO-3X": ("LSR reject interval, electronic, rejected by a person", "mean", "minutes in business hours"),
    "PO-5": ("Firm order confirmations of products that the exhibit does not list", "share", "of FOCs"),
    "PO-5A": ("Firm order confirmations on time, fully electronic", "share", "of FOCs"),
    "PO-5B": ("Firm order confirmations on time, electronic with manual work", "share", "of FOCs"),
    "PO-5C": ("Firm order confirmations on time, by fax", "share", "of FOCs"),
    "PO-5D": ("Firm order confirmations on time, ASR for LIS trunks", "share", "of FOCs"),
    "PO-9": ("Timely jeopardy notices", "share", "of missed orders"),
    "OP-3": ("Installation commitments met", "share", "of orders"),
    "OP-4": ("Installation interval", "mean", "business days"),
    "OP-8C": ("Number portability triggers set on time", "share", "of ports"),
    "OP-15A": ("Delay of pending orders past their due date", "mean", "business days"),
    "OP-15B": ("Pending orders past their due date for want of facilities", "count", "orders"),
}
"""Title, kind of result and unit of each measure, by the beginning of its name."""
_AREAS: Final[Mapping[str, str]] = {
    "A": "technician sent, inside a metropolitan area",
    "B": "technician sent, outside metropolitan areas",
    "C": "no technician sent",
    "D": "interval zone 1",
    "E": "interval zone 2",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report."""

    line: Line
    title: str
    kind: Kind
    unit: str
    sums: Sum
    standard: Fraction | None
    """The share or the average to be reached; None where the measure is diagnostic, or compared with retail."""

    @property
    def numerator(self) -> Fraction:
        """Records that met the limit, or the sum of the values."""
        return self.sums.total if self.kind == "mean" else Fraction(self.sums.met)

    @property
    def denominator(self) -> int:
        """Records that were counted."""
        return self.sums.count if self.kind == "mean" else self.sums.met + self.sums.missed

    @property
    def result(self) -> Fraction | None:
        """The exact result; None for an empty population (R-ZERO)."""
        if self.kind == "count":
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None

    @property
    def met(self) -> bool | None:
        """Whether the standard was reached; None where there is none to reach."""
        if self.result is None or self.standard is None:
            return None
        return self.result <= self.standard if self.kind == "mean" else self.result >= self.standard


def figure_of(line: Line, sums: Sum, terms: MeasureTerms) -> Figure:
    """Make the figure of a line."""
    family, area = _family(line.measure)
    title, kind, unit = _MEASURES[family]
    where = f", {_AREAS[area]}" if area else ""
    return Figure(line, f"{title}{where}", kind, unit, sums, _standard(family, line, terms))


def _family(measure: str) -> tuple[str, str]:
    """Split a submeasure into its measure and the letter of its disaggregation."""
    bare = measure.partition("(")[0]
    if bare in _MEASURES:
        return bare, ""
    return bare[:-1], bare[-1]


def _standard(family: str, line: Line, terms: MeasureTerms) -> Fraction | None:
    product = terms.products.get(line.product)
    if family.startswith("PO-5") and family != "PO-5":
        return foc_standard(line.measure, terms.limits)
    if family == "OP-8C":
        return Fraction(terms.limits.op8c_percent, 100)
    if product is None:
        return None
    if family == "OP-3" and product.op3_percent is not None:
        return product.op3_percent / 100
    return product.op4_days if family == "OP-4" else None
