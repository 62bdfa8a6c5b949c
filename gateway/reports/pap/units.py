"""What the plan pays for: each CLEC's submeasure of a product in a state, month after month (Exhibit K 3.1, 4.5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from gateway.reports.measures.month import Month
from gateway.reports.pap.feed import Feed, Side
from gateway.reports.pid.figures import Figure
from gateway.reports.pid.tally import ALL_CLECS
from gateway.reports.plan.samples import MeanSample, Sample, ShareSample
from gateway.reports.plan.terms import PlanTerms
from gateway.reports.plan.zones import combined, zones_are_one

_ELIGIBLE: Final = ("PO-5A", "PO-5B", "PO-5C", "PO-5D", "OP-3", "OP-4", "OP-5", "OP-8", "MR-5", "MR-6", "MR-7", "MR-8")
_ZONES: Final = ("D", "E")
_WITHOUT_PLACE: Final = frozenset({"OP-3", "OP-4"})

Basis = Literal["benchmark", "parity"]


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """What is judged, levelled and paid by itself."""

    clec: str
    state: str
    measure: str
    product: str

    @property
    def place_not_told(self) -> bool:
        """Whether the back end never said where the services are, so that the submeasure is not known."""
        return self.measure in _WITHOUT_PLACE


@dataclass(frozen=True, slots=True)
class Observed:
    """What one unit has in one month."""

    basis: Basis
    sample: Sample
    aggregate: Sample | None
    """All CLECs together."""
    benchmark: Fraction | None = None
    retail: Sample | None = None
    figures: tuple[str, ...] = ()
    """The figures of the month's performance report that it rests on."""


def observed(month: Month, figures: Sequence[Figure], feed: Feed, terms: PlanTerms) -> dict[Unit, Observed]:
    """Give what each unit has in a month: from the month's figures, and from the feed what the gateway cannot know."""
    everyone = {_place(figure, ALL_CLECS): figure for figure in figures if figure.line.clec == ALL_CLECS}
    found: dict[Unit, Observed] = {}
    for figure in figures:
        if figure.line.clec == ALL_CLECS or not figure.line.measure.startswith(_ELIGIBLE) or not figure.denominator:
            continue
        own = _place(figure, figure.line.clec)
        together = everyone.get(_place(figure, ALL_CLECS))
        aggregate = _sample(together) if together else None
        if figure.standard is not None:
            found[own] = Observed("benchmark", _sample(figure), aggregate, figure.standard, figures=(figure.line.id,))
        else:
            retail = feed.sample(month, Side.RETAIL, own.state, own.measure, own.product)
            found[own] = Observed("parity", _sample(figure), aggregate, retail=retail, figures=(figure.line.id,))
    found |= dict(_fed(month, feed))
    return _zones_together(found, terms)


def _fed(month: Month, feed: Feed) -> Iterator[tuple[Unit, Observed]]:
    """Give the units whose results come with the feed: repair, new service quality."""
    for row in feed.clec_rows(month):
        retail = feed.sample(month, Side.RETAIL, row.state, row.measure, row.product)
        together = feed.sample(month, Side.AGGREGATE, row.state, row.measure, row.product)
        yield (
            Unit(row.clec, row.state, row.measure, row.product),
            Observed("parity", row.sample, together, retail=retail),
        )


def _place(figure: Figure, clec: str) -> Unit:
    return Unit(clec, figure.line.state, figure.line.measure, figure.line.product)


def _sample(figure: Figure) -> Sample:
    if figure.kind == "mean":
        sums = figure.sums
        return MeanSample(sums.count, sums.total / sums.count, values=tuple(sums.values))
    return ShareSample(figure.denominator, figure.sums.missed)


def _zones_together(found: Mapping[Unit, Observed], terms: PlanTerms) -> dict[Unit, Observed]:
    """Take interval zones 1 and 2 together where the plan tests them as one (4.5, P-ZONE)."""
    result: dict[Unit, Observed] = {}
    for unit, one in sorted(found.items()):
        parity = one.basis == "parity"
        if not unit.measure.endswith(_ZONES) or not zones_are_one(terms, parity=parity):
            result[unit] = one
            continue
        both = Unit(unit.clec, unit.state, unit.measure[:-1] + "D+E", unit.product)
        result[both] = _joined(result[both], one, terms) if both in result else one
    return result


def _joined(first: Observed, second: Observed, terms: PlanTerms) -> Observed:
    def both(left: Sample | None, right: Sample | None) -> Sample | None:
        return combined(left, right, terms) if left and right else left or right

    return Observed(
        first.basis,
        combined(first.sample, second.sample, terms),
        both(first.aggregate, second.aggregate),
        first.benchmark,
        both(first.retail, second.retail),
        (*first.figures, *second.figures),
    )
