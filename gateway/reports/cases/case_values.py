"""What the inputs of cases are written with: instants, months, weekly hours, product codes."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.measures.schedule import Schedule
from gateway.reports.measures.terms import ProductTerms
from gateway.reports.measures.weekly_hours import Span, WeeklyHours
from validators.agreement.calendar import BusinessCalendar
from validators.agreement.strict import Strict

Day = Annotated[date, Field(ge=date(1996, 1, 1), le=date(2100, 12, 31))]
"""A date of the years that the calendar knows."""
Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime(1996, 1, 1, tzinfo=UTC), le=datetime(2101, 1, 1, tzinfo=UTC)),
    AfterValidator(lambda instant: instant.astimezone(UTC)),
]
MonthText = Annotated[Month, BeforeValidator(lambda value: Month.parse(str(value)))]


class CaseInput(Strict):
    """An input of a case; ids may be written as numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, coerce_numbers_to_str=True)


def weekly_hours(schedule: Schedule, calendar: BusinessCalendar) -> WeeklyHours:
    """Give the hours of a schedule."""
    hours: dict[int, tuple[Span, ...]] = dict(schedule)
    return WeeklyHours(calendar, hours)


def product_of(code: str | None, basis: MeasureBasis) -> ProductTerms:
    """Give the terms of a product code.

    Raises:
        ValueError: Exhibit B has no such product here.
    """
    product = basis.terms.products.get(code or "")
    if product is None:
        raise ValueError(f"no product is called {code!r}; known are {', '.join(basis.terms.products)}")
    return product
