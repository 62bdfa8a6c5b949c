"""Conversions of switches and frames, and the embargoes and quiet periods that they bring (12.3.24)."""

from datetime import date
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from validators.agreement.strict import Strict
from validators.registers.entry import Register

WIRE_CENTER: Final = r"[A-Z0-9]{8}"
"""A CLLI code as far as it names the building."""


class Window(Strict):
    """Some days, the first and the last included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"the last day {self.last} lies before the first, {self.first}")
        return self

    def __contains__(self, day: object) -> bool:
        """Say whether a day lies within."""
        return isinstance(day, date) and self.first <= day <= self.last


class Conversion(Strict):
    """A conversion at a wire center. An upgrade is none, but may bring windows of its own (12.3.24.8)."""

    kind: Literal["switch", "frame", "upgrade"] = Field(description="What is replaced; an upgrade replaces nothing.")
    conversion_date: date = Field(description="Planned day of the cut-over.")
    exchanges: tuple[str, ...] = Field((), description="NPA-NXX of the numbers served there, as 208555.")
    switch: str | None = Field(None, description="CLLI of the switch or frame itself, as BOISIDMADS0.")
    quiet_period: Window | None = Field(None, description="Abbreviated quiet period of an upgrade.")
    embargo: Window | None = Field(None, description="Abbreviated embargo of an upgrade.")

    @model_validator(mode="after")
    def _windows_of_upgrades(self) -> Self:
        if self.kind != "upgrade" and (self.quiet_period or self.embargo):
            raise ValueError("the windows of a conversion follow from its date (12.3.24.5 to 12.3.24.7)")
        return self


class BlockedTime(Strict):
    """A span of a day at which no number can be ported."""

    begins: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Local time of the agreement, as 22:00.")
    ends: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Local time of the agreement, as 23:59.")
    by: Literal["ILEC", "NPAC"] = Field(description="Who cannot work then.")
    reason: str = Field(min_length=1, description="Why.")


CONVERSIONS: Final = Register(
    "conversions",
    "12.3.24.3",
    Conversion,
    "Switch and frame conversions: their embargoes and quiet periods follow from the date.",
    keyed_by="wire center (CLLI, 8 characters)",
    keys=WIRE_CENTER,
    published=True,
)
BLOCKED_TIMES: Final = Register(
    "lnp-blocked-times",
    "10.2.5.3",
    BlockedTime,
    "Times of day at which no port can be worked, from valid_from to valid_until.",
    published=True,
)

REGISTERS: Final = (CONVERSIONS, BLOCKED_TIMES)
