"""Reference data of an ILEC's network that orders depend on: facilities, circuits, numbers, exchanges."""

from datetime import date
from typing import Final, Literal

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Register


class Facility(Strict):
    """What a connecting facility is, and what is provided over it."""

    kind: Literal["entrance-facility", "mid-span-meet", "other"] = Field("other", description="What it is.")
    service: Literal["une", "tariffed", "section-271", "not-tariffed", "not-for-resale"] = Field(
        "une", description="By which terms what runs over it is provided."
    )


class Circuit(Strict):
    """A circuit in service that an order may convert."""

    service: Literal["special-access", "private-line", "retail", "resold", "une"] = Field(description="What it is now.")
    level: Literal[0, 1, 3] = Field(description="Digital level: 0 for DS0 and analog, 1 for DS1, 3 for DS3.")
    surcharge_exempt: bool = Field(False, description="Whether it was exempt from the special access surcharge.")
    feasible: bool = Field(True, description="Whether a conversion is technically feasible.")
    wire_center: str | None = Field(None, description="Wire center that serves its end (CLLI, 8 characters).")
    effective_on: date | None = Field(None, description="Since when it is in service, where that is known.")


class ReservedNumber(Strict):
    """That an end user has reserved a number, until the entry's valid_until."""

    end_user: str | None = Field(None, description="Who reserved it.")


class RateCenter(Strict):
    """The rate center of an exchange or of a place."""

    name: str = Field(min_length=1, description="Name of the rate center.")


FACILITIES: Final = Register(
    "facilities",
    "7.1.2.3",
    Facility,
    "Connecting facilities that are entrance facilities or mid-span meets, or carry what is no UNE.",
    keyed_by="CFA as the service form has it",
)
CIRCUITS: Final = Register(
    "circuits",
    "9.23.3.7.2.11",
    Circuit,
    "Circuits in service that orders may convert.",
    keyed_by="circuit id (ECCKT)",
)
RESERVED_NUMBERS: Final = Register(
    "reserved-numbers",
    "10.2.2.13",
    ReservedNumber,
    "Numbers that end users have reserved; they are ported until the reservation ends.",
    keyed_by="telephone number, ten digits",
    keys=r"\d{10}",
    concerns="all",
)
RATE_CENTERS: Final = Register(
    "rate-centers",
    "10.2.2.14",
    RateCenter,
    "Rate centers of exchanges (NPA-NXX, as 208555) and of places (city and state, as BOISE ID).",
    keyed_by="exchange or place",
    concerns="all",
)

REGISTERS: Final = (FACILITIES, CIRCUITS, RESERVED_NUMBERS, RATE_CENTERS)
