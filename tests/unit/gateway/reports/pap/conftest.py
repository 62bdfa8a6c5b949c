"""Figures of months as stored reports have them, and statements made of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.pap.feed import Feed
from gateway.reports.pap.statement import PapReport, Statement
from gateway.reports.pid.figures import Figure, figure_of
from gateway.reports.pid.stored import line_of, sum_of
from gateway.reports.plan.terms import PlanTerms

Make = Callable[..., Figure]
State = Callable[..., PapReport]


@pytest.fixture
def share(basis: MeasureBasis) -> Make:
    """Make a percentage: so many met of so many."""

    def make(measure: str, product: str, met: int, of: int, clec: str = "sawtooth") -> Figure:
        stored: dict[str, Any] = {
            "measure": measure,
            "product": product,
            "state": "ID",
            "clec": clec,
            "kind": "share",
            "numerator": str(met),
            "denominator": of,
            "values": [],
            "excluded": {},
        }
        return figure_of(line_of(stored), sum_of(stored), basis.terms)

    return make


@pytest.fixture
def statement(basis: MeasureBasis, plan: PlanTerms) -> State:
    """Make the statement of the last of some months that follow one another from January 2026."""

    def make(months: Sequence[Sequence[Figure]], feed: Feed | None = None, terms: PlanTerms | None = None) -> PapReport:
        first = Month(2026, 1)
        figures: Mapping[Month, Sequence[Figure]] = {first.later(n): found for n, found in enumerate(months)}
        return Statement(terms or plan, basis.calendar, feed or Feed()).of(max(figures), figures)

    return make
