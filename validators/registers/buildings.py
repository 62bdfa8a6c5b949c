"""What stands at buildings, terminals and wire centers, as far as orders depend on it (9.1.1.4.3, 9.2.2.3.1, 9.3)."""

from datetime import date
from typing import Final, Literal

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.conversions import WIRE_CENTER
from validators.registers.entry import Register


class WireCenterListing(Strict):
    """That a wire center stands on a list of the Commission."""

    listed_as: Literal[
        "non-impaired-ds1", "non-impaired-ds3", "non-impaired-dark-fiber", "eel-closed", "udit-offered"
    ] = Field(description="Which list.")
    approved_on: date | None = Field(None, description="Day of the Commission's approval; none where it is not known.")


class LoopsInService(Strict):
    """Loops that a partner has at a building without orders of this gateway."""

    product: str = Field(description="Product id, as loop-ds1.")
    loops: int = Field(ge=0, description="How many are in service or on order.")


class ConnectionPoint(Strict):
    """A field connection point of a CLEC at a detached terminal."""

    in_place: bool = Field(description="Whether it is in place.")


class BuildingTerminal(Strict):
    """The terminal of a building (MTE) at which a CLEC orders subloops."""

    cable_owner: Literal["ILEC", "owner of the building", "not known"] = Field(
        "not known", description="Who owns the cable within the building."
    )
    conditions_told: bool = Field(
        False, description="Whether the CLEC was told the conditions of what has no standard terms (9.3.1.1.4)."
    )
    ready: bool = Field(description="Whether notice, cross-connect field, inventory and construction are done.")


WIRE_CENTERS: Final = Register(
    "wire-centers",
    "9.1.1.4.3",
    WireCenterListing,
    "Wire centers on the Commission's lists, beside those in the agreement file.",
    keyed_by="wire center (CLLI, 8 characters)",
    keys=WIRE_CENTER,
    concerns="all",
    published=True,
)
LOOPS: Final = Register(
    "building-loops",
    "9.2.2.3.1.1.1",
    LoopsInService,
    "DS1 and DS3 loops of a partner at a building, for the caps of a building.",
    keyed_by="building (house number, street, city and state, as the end user form has them, in capitals)",
    concerns="partner",
)
CONNECTION_POINTS: Final = Register(
    "connection-points",
    "9.3.1.4.1",
    ConnectionPoint,
    "Field connection points for subloops at detached terminals.",
    keyed_by="point of termination (APOT)",
    concerns="partner",
)
TERMINALS: Final = Register(
    "building-terminals",
    "9.3.1.3.2",
    BuildingTerminal,
    "Terminals of buildings for subloops: ownership, cross-connect field, inventory, construction.",
    keyed_by="building (house number, street, city and state, as the end user form has them, in capitals)",
    concerns="partner",
)

REGISTERS: Final = (WIRE_CENTERS, LOOPS, CONNECTION_POINTS, TERMINALS)
