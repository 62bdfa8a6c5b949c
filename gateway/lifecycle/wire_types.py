"""The kinds of values in decisions as JSON, and what all their bodies share."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gateway.lifecycle.jeopardy_reasons import JEOPARDY_REASONS
from gateway.lifecycle.wire_dates import WrittenDay


def _known_reason(code: str) -> str:
    if code not in JEOPARDY_REASONS:
        raise ValueError(f"is none of the reason codes {', '.join(JEOPARDY_REASONS)}")
    return code


PRINTABLE = r"^[ -~\u00A0-\u024F]*$"
"""Printable Latin characters, as `Text` in the schemas."""
_TIME = "(0[1-9]|1[0-2])[0-5][0-9][AP]M"
Ver: TypeAlias = Annotated[str, Field(pattern=r"^[0-9A-Z]{2}$", description="Version answered; absent = in force")]
Section: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=60, pattern=PRINTABLE, description="Section of the agreement")
]
OrderNumber: TypeAlias = Annotated[str, Field(pattern=r"^[A-Z0-9\-]{1,17}$", description="ORD")]
CircuitId: TypeAlias = Annotated[str, Field(min_length=1, max_length=53, pattern=PRINTABLE, description="ECCKT")]
BillingAccount: TypeAlias = Annotated[str, Field(pattern=r"^[A-Z0-9\-]{1,13}$", description="BAN1")]
FrameDueTime: TypeAlias = Annotated[str, Field(pattern=rf"^{_TIME}$", description="FDT, HHMMAM")]
Appointment: TypeAlias = Annotated[
    str, Field(pattern=rf"^{_TIME}(-{_TIME})?$", description="APPTIME, HHMMAM or HHMMAM-HHMMPM")
]
Day: TypeAlias = Annotated[
    WrittenDay, Field(ge=date(2000, 1, 1), le=date(2099, 12, 31), json_schema_extra={"pattern": "^20[0-9]{2}-"})
]
Remarks: TypeAlias = Annotated[str, Field(min_length=1, max_length=160, pattern=PRINTABLE, description="REMARKS")]
Prose: TypeAlias = Annotated[str, Field(min_length=1, max_length=255, pattern=PRINTABLE)]
Manual: TypeAlias = Annotated[
    bool, Field(description="Whether a person worked on the request or the answer (Exhibit B PO-2, PO-3, PO-5)")
]
MissReason: TypeAlias = Literal[
    "customer", "previous_service", "no_access", "hold_for_payment", "weather", "disaster", "work_stoppage"
]
ReasonCode: TypeAlias = Annotated[
    str, AfterValidator(_known_reason), Field(json_schema_extra={"enum": [*JEOPARDY_REASONS]})
]

Code: TypeAlias = Annotated[str, Field(min_length=1, max_length=20, pattern=PRINTABLE)]
CompanyCode: TypeAlias = Annotated[str, Field(pattern=r"^[A-Z0-9]{4}$", description="Company code (CC, OCN or SPID)")]
Telephone: TypeAlias = Annotated[str, Field(pattern=r"^[0-9]{3}-?[0-9]{3}-?[0-9]{4}$")]


class ChargeBody(BaseModel):
    """A charge that applies, as far as only the back end knows it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(min_length=1, max_length=80, pattern=PRINTABLE, description="A charge of the agreement, by its id")
    quantity: int | None = Field(default=None, ge=1, le=100_000)


Charges: TypeAlias = Annotated[
    tuple[ChargeBody, ...], Field(max_length=20, description="Charges to be stated on the notice, never billed here")
]


def by_id(charges: tuple[ChargeBody, ...]) -> tuple[tuple[str, int | None], ...]:
    """Give the charges by their ids, each with its quantity."""
    return tuple((charge.id, charge.quantity) for charge in charges)


class Body(BaseModel):
    """An object with no other members than those named, about one version of an order."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    ver: Ver | None = None
