"""What the ILEC knows of its Premises beside the applications: full or not, DS3, power to come (8.2.1.13)."""

from datetime import date
from typing import Final

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Dossier, Register


class PremisesStanding(Strict):
    """What holds of one Premises from a day on; the entry ends on the day before space becomes available."""

    full: bool = Field(True, description="Whether its physical space has run out.")
    ds3: bool = Field(True, description="Whether it is equipped for DS3.")
    power_expected_on: date | None = Field(
        None, description="When an addition of power equipment is expected to lift a restriction."
    )
    remote: bool = Field(False, description="Whether it is a remote Premises that was inventoried.")
    address: str = Field("", max_length=120, description="Of a remote Premises: its address.")


PREMISES: Final = Register(
    "premises",
    "8.2.1.13",
    PremisesStanding,
    "Premises that are full or restricted; with the queues of denied requests they make the public list.",
    keyed_by="Premises (CLLI code of 8 or 11 characters)",
    keys=r"[A-Z]{6}([A-Z0-9]{2}|[A-Z0-9]{5})",
    concerns="all",
)

REGISTERS: Final = (PREMISES,)


def premises_full(dossier: Dossier, premises: str, day: date) -> bool:
    """Say whether the register says of a Premises that its physical space has run out."""
    return any(entry.data.full for entry in dossier.in_force(PREMISES, day, premises))
