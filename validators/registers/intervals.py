"""Standard intervals of products as the ILEC publishes them: dated tables, laid over those of the agreement."""

from datetime import date
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from validators.agreement.product_terms import Interval, Intervals
from validators.agreement.strict import LocalTime, Strict
from validators.registers.entry import Dossier, Register


class StandardIntervals(Strict):
    """A table of intervals. It holds for application dates from the entry's valid_from to its valid_until."""

    port: Literal["simple", "complex"] | None = Field(None, description="Kind of port that it is for; none for any.")
    received_by: LocalTime | None = Field(
        None, description="Time of day after which it counts from the next business day, as 13:00."
    )
    bands: tuple[Interval, ...] = Field(
        min_length=1, description="Quantity bands that rise: up_to and business_days; without days a case of its own."
    )
    sample: bool = Field(False, description="Whether it stands in for a table that is not published yet.")

    @model_validator(mode="after")
    def _is_a_table(self) -> Self:
        self.as_table("9.2.4.4")
        return self

    def as_table(self, section: str) -> Intervals:
        """Give it as a term of a product.

        Raises:
            ValueError: its bands do not rise.
        """
        return Intervals(
            section=section, sample=self.sample, port=self.port, received_by=self.received_by, bands=self.bands
        )


INTERVALS: Final = Register(
    "standard-intervals",
    "9.2.4.4",
    StandardIntervals,
    "Standard intervals of a product, in place of those in the agreement file.",
    keyed_by="product id",
    published=True,
)

REGISTERS: Final = (INTERVALS,)


def intervals_on_record(dossier: Dossier, product: str, day: date, port: str | None) -> Intervals | None:
    """Give the table in force on an application date for a product; one for its kind of port goes before one for any.

    None where none is entered, so that the agreement's own holds.
    """
    if not dossier.has(INTERVALS):
        return None
    tables = [entry for entry in dossier.in_force(INTERVALS, day, product) if entry.data.port in (None, port)]
    last = max(tables, key=lambda one: (one.data.port is not None, one.valid_from, one.id), default=None)
    return None if last is None else last.data.as_table(last.section)
