"""What tests of the reports share: both exhibits as shipped, on the calendar of the agreement's own holidays."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.plan.terms import PlanTerms
from gateway.reports.plan.terms_file import load_plan_terms
from gateway.reports.terms_source import with_parameters
from validators.agreement.calendar import BusinessCalendar, holiday_table

_NAMED = ("New Year's Day", "Memorial Day", "Independence Day", "Labor Day", "Thanksgiving Day", "Christmas Day")


@pytest.fixture(scope="session")
def basis() -> MeasureBasis:
    """Exhibit B as shipped."""
    return MeasureBasis(
        load_measure_terms(), BusinessCalendar(ZoneInfo("America/Denver"), holiday_table(_NAMED, {}, ()))
    )


@pytest.fixture(scope="session")
def plan() -> PlanTerms:
    """Exhibit K as shipped."""
    return load_plan_terms()


@pytest.fixture(scope="session")
def basis_under(basis: MeasureBasis) -> Callable[..., MeasureBasis]:
    """Exhibit B under other readings."""
    return lambda **readings: basis.reading(with_parameters(basis.readings, dict(readings)))


@pytest.fixture(scope="session")
def plan_under(plan: PlanTerms) -> Callable[..., PlanTerms]:
    """Exhibit K under other readings."""
    return lambda **readings: replace(plan, readings=with_parameters(plan.readings, dict(readings)))
