"""The CLEC's certification that a high-capacity EEL is eligible, statement by statement (9.1.1.10.2)."""

from typing import Final, Literal

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Register


class Eligibility(Strict):
    """What a CLEC has certified, since the entry's valid_from."""

    state_authority: str | None = Field(None, description="Certification or tariff of the state for local voice.")
    per_circuit: bool = Field(False, description="The criteria are met for every DS1 circuit and DS1 equivalent.")
    ds1_circuits: int = Field(1, ge=1, description="DS1 circuits and DS1 equivalents that it is for.")
    telephone_numbers: int = Field(0, ge=0, description="Local numbers assigned to them before service.")
    emergency_service: bool = Field(False, description="911 or E911 is there before service.")
    collocation: str | None = Field(None, description="Collocation in the end user's LATA in which they end (CLLI).")
    at_point_of_presence: bool = Field(False, description="That place is a long-distance carrier's point of presence.")
    ds1_trunks: int = Field(0, ge=0, description="Active DS1 local interconnection trunks.")
    ds0_trunks: int = Field(0, ge=0, description="DS0 equivalents of local interconnection trunks beside them.")
    ds1_trunks_with_number: int = Field(0, ge=0, description="DS1 trunks that pass the calling party's number.")
    switch: str | None = Field(None, description="Switch that serves them (CLLI).")
    switch_as: Literal["class-5", "certified"] | None = Field(
        None, description="Whether the LERG has it as Class 5, or the CLEC certifies that it switches local voice."
    )


ELIGIBILITY: Final = Register(
    "eel-certifications",
    "9.1.1.10.2",
    Eligibility,
    "Certifications that high-capacity EELs are eligible, one a request.",
    keyed_by="PON of the request",
    concerns="partner",
)

REGISTERS: Final = (ELIGIBILITY,)
