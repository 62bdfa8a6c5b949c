"""Judges, levels and pays every unit month by month, and gives the statement of one month (Exhibit K 2)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from gateway.reports.measures.month import Month
from gateway.reports.pap.feed import Feed
from gateway.reports.pap.units import Observed, Unit, observed
from gateway.reports.pid.figures import Figure
from gateway.reports.plan.annual_cap import CappedPayment, CapStanding, cap_standing
from gateway.reports.plan.benchmark import benchmark_month
from gateway.reports.plan.chain import MonthPayment, cents, payments
from gateway.reports.plan.conformance import Conformance, MonthResult
from gateway.reports.plan.due_dates import DueDates, due_dates
from gateway.reports.plan.mr8_comparison import larger_side
from gateway.reports.plan.parity import Comparison, parity_month
from gateway.reports.plan.samples import ShareSample
from gateway.reports.plan.terms import PlanTerms
from validators.agreement.calendar import BusinessCalendar

_NOTHING: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a month's test says of a unit, and what it was tested by."""

    observed: Observed | None
    """None without volume."""
    month: MonthResult
    result: Fraction | None = None
    standard: Fraction | None = None
    difference: Fraction | None = None
    test: str = "none"
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """One unit in one month, with what it costs."""

    unit: Unit
    month: Month
    verdict: Verdict
    payment: MonthPayment
    due: DueDates
    paid: Decimal
    """The amount after the comparison of 11.1.1."""


@dataclass(frozen=True, slots=True)
class PapReport:
    """The statement of one performance month."""

    month: Month
    version: str
    state: str
    readings: Mapping[str, str]
    units: Sequence[UnitMonth]
    """Those with anything to say in the month."""
    history: Mapping[Unit, Sequence[UnitMonth]]
    """Every month of each of them, the report's own last."""
    totals: Mapping[str, Decimal]
    """Dollars by CLEC."""
    units_elsewhere: int
    """Submeasures of other states, which this plan does not pay for."""
    cap: CapStanding

    def owed(self, clec: str, month: Month) -> Decimal:
        """Give what a CLEC is owed for a month of the history."""
        steps = (one for chain in self.history.values() for one in chain)
        return sum((one.paid for one in steps if (one.unit.clec, one.month) == (clec, month)), _NOTHING)


class Statement:
    """Makes statements under one plan.

    Args:
        terms: Exhibit K.
        calendar: business days.
        feed: what the gateway cannot know.
    """

    def __init__(self, terms: PlanTerms, calendar: BusinessCalendar, feed: Feed) -> None:
        self._terms = terms
        self._calendar = calendar
        self._feed = feed

    def of(self, month: Month, figures: Mapping[Month, Sequence[Figure]]) -> PapReport:
        """Give the statement of a month by the figures of it and of the months before, without gaps."""
        months = [one for one in sorted(figures) if one <= month and one.last_day >= self._terms.effective]
        seen = {one: observed(one, figures[one], self._feed, self._terms) for one in months}
        everywhere = {unit for found in seen.values() for unit in found}
        units = sorted(unit for unit in everywhere if unit.state == self._terms.state)
        history = {unit: self._chain(unit, months, seen) for unit in units}
        compared = self._larger_sides(history)
        mine = [chain[-1] for chain in compared.values() if chain and chain[-1].month == month]
        totals: defaultdict[str, Decimal] = defaultdict(lambda: _NOTHING)
        for one in mine:
            totals[one.unit.clec] += one.paid
        return PapReport(
            month=month,
            version=self._terms.version,
            state=self._terms.state,
            readings=readings_of(self._terms),
            units=mine,
            history=compared,
            totals=dict(sorted(totals.items())),
            units_elsewhere=len(everywhere) - len(units),
            cap=cap_standing(_by_month(compared), self._terms),
        )

    def _chain(
        self, unit: Unit, months: Iterable[Month], seen: Mapping[Month, Mapping[Unit, Observed]]
    ) -> list[UnitMonth]:
        joined = self._terms.joined_by(unit.clec)
        if joined is None:
            return []
        mine = [month for month in months if month.last_day >= joined]
        verdicts = [self._verdict(unit, seen[month].get(unit)) for month in mine]
        paid = payments((verdict.month for verdict in verdicts), self._terms)
        return [
            UnitMonth(unit, month, verdict, payment, self._due(unit, month), payment.amount)
            for month, verdict, payment in zip(mine, verdicts, paid, strict=True)
        ]

    def _verdict(self, unit: Unit, found: Observed | None) -> Verdict:
        if found is None:
            return Verdict(None, MonthResult(Conformance.NO_VOLUME))
        flags = ("place_not_told",) if unit.place_not_told else ()
        together = found.aggregate if isinstance(found.aggregate, ShareSample) else None
        if found.benchmark is not None:
            said = benchmark_month(found.sample, found.benchmark, together, self._terms)
            return Verdict(found, said.month, said.result, found.benchmark, said.difference, "benchmark", flags)
        if found.retail is None:
            return Verdict(found, MonthResult(Conformance.NO_VOLUME), flags=(*flags, "no_retail_result"))
        measure = unit.measure.removesuffix("+E")
        try:
            parity = parity_month(Comparison(found.sample, found.retail, measure, unit.product), self._terms, together)
        except ValueError as lacking:
            return Verdict(found, MonthResult(Conformance.NO_VOLUME), flags=(*flags, str(lacking)))
        result = found.sample.result if found.sample.count else None
        return Verdict(
            found, parity.month, result, parity.standard, parity.difference, parity.test.kind, (*flags, *parity.flags)
        )

    def _due(self, unit: Unit, month: Month) -> DueDates:
        return due_dates(month, self._calendar, self._terms, unit.measure.rstrip("ABCDE+"), unit.product)

    def _larger_sides(self, history: Mapping[Unit, Sequence[UnitMonth]]) -> dict[Unit, list[UnitMonth]]:
        """Pay MR-8, or OP-5 and MR-7, of DS1 loops and EELs: the larger side, nothing of the other (11.1.1)."""
        products = self._terms.dates.arrears_by_product.get("MR-8", frozenset())
        sides: defaultdict[tuple[str, str, str, Month], defaultdict[str, Decimal]] = defaultdict(
            lambda: defaultdict(lambda: _NOTHING)
        )
        for unit, chain in history.items():
            for one in chain:
                if unit.product in products:
                    sides[unit.clec, unit.state, unit.product, one.month][unit.measure[:4]] += one.payment.amount
        return {unit: [self._after_comparison(one, sides) for one in chain] for unit, chain in history.items()}

    def _after_comparison(
        self, one: UnitMonth, sides: Mapping[tuple[str, str, str, Month], Mapping[str, Decimal]]
    ) -> UnitMonth:
        unit, measure = one.unit, one.unit.measure[:4]
        side = sides.get((unit.clec, unit.state, unit.product, one.month))
        if side is None or "MR-8" not in side or measure not in {"MR-8", "OP-5", "MR-7"}:
            return one
        larger = larger_side(side["MR-8"], side.get("OP-5", _NOTHING), side.get("MR-7", _NOTHING))
        return one if measure in larger.measures else replace(one, paid=_NOTHING)


def readings_of(terms: PlanTerms) -> dict[str, str]:
    """Give every reading that the payments rest on, by name."""
    return {item.name: str(getattr(terms.readings, item.name)) for item in fields(terms.readings)}


def _by_month(history: Mapping[Unit, Sequence[UnitMonth]]) -> list[CappedPayment]:
    """Give what all CLECs are paid, by performance month; it counts in the year of one of its two months (P-YEAR)."""
    summed: defaultdict[tuple[Month, Month], Decimal] = defaultdict(lambda: _NOTHING)
    for chain in history.values():
        for one in chain:
            summed[one.month, Month(one.due.payment.year, one.due.payment.month)] += one.paid
    return [CappedPayment(month, paid_in, amount) for (month, paid_in), amount in sorted(summed.items())]


def dollars(amount: Decimal | Fraction) -> str:
    """Write dollars and cents."""
    return f"${amount if isinstance(amount, Decimal) else cents(amount):,.2f}"
