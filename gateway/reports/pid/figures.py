"""A figure of the report: its result against its standard, exact, with what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from gateway.reports.measures.po5_foc_on_time import foc_standard
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pid.tally import Kind, Line, Sum


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the exhibit, in few words."""

    title: str
    kind: Kind
    unit: str
    purpose: str
    """What it shows, and how it is counted."""
    said: tuple[str, str] = ("met", "missed")
    """What is said of a record that counts as met, and of one that does not."""


MEASURES: Final[Mapping[str, Measure]] = {
    "PO-2A": Measure(
        "LSRs that flowed through, all",
        "share",
        "of LSRs",
        "LSRs received in the month that reached their FOC with no person's work; rejected ones are left out.",
        ("flowed through", "worked on by a person, or not answered yet"),
    ),
    "PO-2B": Measure(
        "LSRs that flowed through, eligible types",
        "share",
        "of LSRs",
        "The same for products that the parties have declared to flow through.",
        ("flowed through", "worked on by a person, or not answered yet"),
    ),
    "PO-3X": Measure(
        "LSR reject interval, electronic, rejected by a person",
        "mean",
        "h:mm",
        "Mean time in the service centres' hours from receipt to the reject. Automatic rejects have no measure.",
    ),
    "PO-5": Measure(
        "Firm order confirmations of products that the exhibit does not list",
        "share",
        "of FOCs",
        "These are named here so that nothing is left out in silence.",
    ),
    "PO-5A": Measure(
        "Firm order confirmations on time, fully electronic",
        "share",
        "of FOCs",
        "Original FOCs of the month that no person touched, within minutes of scheduled up time from receipt.",
    ),
    "PO-5B": Measure(
        "Firm order confirmations on time, electronic with manual work",
        "share",
        "of FOCs",
        "Original FOCs of the month within the hours of the table, counted on business days from the application time.",
    ),
    "PO-5C": Measure(
        "Firm order confirmations on time, by fax",
        "share",
        "of FOCs",
        "As PO-5B, with a day more except for loops with facility check.",
    ),
    "PO-5D": Measure(
        "Firm order confirmations on time, ASR for LIS trunks",
        "share",
        "of FOCs",
        "Original FOCs of the month within business days of the application date.",
    ),
    "PO-9": Measure(
        "Timely jeopardy notices",
        "share",
        "of missed orders",
        "Of the orders completed after their original due date: those whose jeopardy was sent before it.",
        ("sent before", "sent on the day, after it or never"),
    ),
    "OP-3": Measure(
        "Installation commitments met",
        "share",
        "of orders",
        "Inward orders completed in the month on or before their Applicable Due Date, which follows the CLEC's changes "
        "until the ILEC first changes it.",
    ),
    "OP-4": Measure(
        "Installation interval",
        "mean",
        "business days",
        "Mean of the business days from application to completion, less those that the CLEC's own changes added.",
    ),
    "OP-8C": Measure(
        "Number portability triggers set on time",
        "share",
        "of ports",
        "Ports completed in the month whose trigger was set before the frame due time.",
    ),
    "OP-15A": Measure(
        "Delay of pending orders past their due date",
        "mean",
        "business days",
        "Mean delay, at the end of the month, of orders that are past their Applicable Due Date by the ILEC's doing.",
    ),
    "OP-15B": Measure(
        "Pending orders past their due date for want of facilities",
        "count",
        "orders",
        "How many of them wait for the ILEC's facilities.",
        ("for want of facilities", "for another reason of the ILEC's"),
    ),
}
"""By the beginning of a submeasure's name, in the exhibit's order."""
_AREAS: Final[Mapping[str, str]] = {
    "A": "technician sent, inside a metropolitan area",
    "B": "technician sent, outside metropolitan areas",
    "C": "no technician sent",
    "D": "interval zone 1",
    "E": "interval zone 2",
}


_BY_AREA: Final = frozenset({"OP-3", "OP-4"})


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
    family, area = family_of(line.measure)
    measure = MEASURES[family]
    where = f", {_AREAS[area]}" if area else ""
    if not area and family in _BY_AREA:
        where = ", place not told"
    standard = _standard(family, line, terms)
    return Figure(line, f"{measure.title}{where}", measure.kind, measure.unit, sums, standard)


def family_of(measure: str) -> tuple[str, str]:
    """Split a submeasure into its measure and the letter of its disaggregation."""
    bare = measure.partition("(")[0]
    if bare in MEASURES:
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
