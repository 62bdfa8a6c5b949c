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
    "GA-1": Measure(
        "Availability of the LSR gateway",
        "share",
        "h:mm:ss",
        "Of the scheduled up time less maintenance that was announced in time: how much was not lost to outages.",
        ("could be used", "lost"),
    ),
    "GA-4": Measure(
        "Availability of the ASR system",
        "share",
        "h:mm:ss",
        "Of the scheduled up time less maintenance that was announced in time: how much was not lost to outages.",
        ("could be used", "lost"),
    ),
    "GA-7": Measure(
        "Outages resolved in time after a software release",
        "share",
        "of outages",
        "Outages that began soon after a release went live and were resolved in the month: those resolved in time.",
        ("resolved in time", "resolved late"),
    ),
    "PO-1": Measure(
        "Pre-order query response times, of the gateway's own answers",
        "mean",
        "seconds",
        "Mean time from the whole question to the answer, as the gateway measured it on real queries; the exhibit asks "
        "for simulated ones, timed from outside. Errors and time-outs are left out.",
    ),
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
    "CP-2": Measure(
        "Collocations that no submeasure counts",
        "share",
        "of collocations",
        "These are named here so that nothing is left out in silence.",
    ),
    "CP-2A": Measure(
        "Collocations ready on time, forecast",
        "share",
        "of collocations",
        "Collocations that became ready in the month, applied for on a forecast 60 days old: ready by the RFS date.",
    ),
    "CP-2B": Measure(
        "Collocations ready on time, not or late forecast",
        "share",
        "of collocations",
        "The same without a forecast, or with one that came too late.",
    ),
    "CP-2C": Measure(
        "Collocations ready on time, major infrastructure or long interval",
        "share",
        "of collocations",
        "The same with major infrastructure, or with an RFS date more than 120 days after the application.",
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
NEEDS: Final[Mapping[str, str]] = {
    "GA-3": "The gateway takes no trouble tickets, so it has no repair gateway.",
    "GA-7": "No outage after a release was resolved; operators enter outages in the register interface-outages.",
    "PO-1": "No pre-order query of a type that the exhibit names was answered.",
    "PO-2A": "No LSR was received.",
    "PO-2B": "No LSR was received.",
    "PO-3C": "Nothing comes by fax: the gateway takes electronic requests alone.",
    "PO-3X": "No LSR was rejected by a person.",
    "PO-5A": "No FOC went out that no person touched.",
    "PO-5B": "No FOC went out on which a person had worked.",
    "PO-5C": "Nothing comes by fax: the gateway takes electronic requests alone.",
    "PO-5D": "No ASR for LIS trunks was confirmed.",
    "PO-9": "No order of a product that the exhibit names here was completed late.",
    "CP-2A": "No forecast collocation became ready.",
    "CP-2B": "No collocation without a forecast became ready.",
    "CP-2C": "No collocation with major infrastructure or a long interval became ready.",
    "OP-3": "No inward order was completed.",
    "OP-4": "No inward order was completed.",
    "OP-5": "Needs trouble tickets: it comes with the feed of payments.",
    "OP-8C": "No port was completed.",
    "OP-15A": "No order was past due at the end of the month.",
    "OP-15B": "No order was past due at the end of the month.",
    "MR-5, 6, 7, 8, 9, 11": "Need trouble tickets: they come with the feed of payments.",
    "BI-2, 3, 4": "Need the dates and sums of bills.",
    "DB-1": "Needs the stamps of the line and listings databases.",
    "NI-1": "Needs measurements of trunk blocking.",
}
"""Of each measure of the exhibit, why it may have no record in a month: then its result is n/a, never 0 or 100."""
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
