"""The model of one charge in the agreement file, and of the hours that make work basic, overtime or premium."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, PositiveInt, model_validator

from validators.agreement.strict import LocalTime, Strict, contradiction


class Band(StrEnum):
    """What an hour of work costs: by the clock, or the same at any time."""

    ANY = "any"
    BASIC = "basic"
    OVERTIME = "overtime"
    PREMIUM = "premium"


class BandHours(Strict):
    """The basic hours of a day from Monday to Friday.

    Other hours, and Saturdays, are overtime; Sundays and holidays are premium.
    """

    begin: LocalTime
    end: LocalTime
    section: str


Amount = Annotated[Decimal, Field(ge=0, decimal_places=2)]


class ChargeTerm(Strict):
    """One charge. `id` is its id in the rule catalogue, the key in the file."""

    id: str
    section: str
    name: str
    line: str
    """Line of Exhibit A."""
    per: Literal["order", "day", "loop", "dispatch", "half hour", "trunk"]
    least: PositiveInt | None = None
    """Fewest units that are charged; None where as many as there are."""
    bands: str | None = None
    """Name of the time bands that decide on the amount; None where it is the same at any time."""
    amounts: Mapping[Band, Amount] = {}
    """Dollars a unit. A band without an amount has no charge."""
    tariff: str | None = None
    """The tariff that has the amount, where Exhibit A names one instead."""
    hours_before: PositiveInt | None = None
    """For a late change: how long before the negotiated time it begins to be late."""
    waived_after_delay: PositiveInt | None = None
    """For a cancellation: a due date that is put off by so many business days makes it free."""
    waived_days_before: PositiveInt | None = None
    """For a cancellation: so many Days before a due date that lies beyond the standard interval it is free."""
    authorised: bool = True
    """False while the Commission has not authorised it: then it is never stated."""
    note: str | None = None

    @model_validator(mode="after")
    def _bands_fit(self) -> Self:
        if bool(self.amounts) == (self.tariff is not None):
            raise contradiction("a charge has its amounts, or a tariff that has them", "give one of them")
        if self.tariff is not None:
            return self
        if (self.bands is None) != (Band.ANY in self.amounts):
            raise contradiction("amounts by time need their bands, and others are `any`", "give bands, or any alone")
        return self
