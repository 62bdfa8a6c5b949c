"""What the ILEC says of ASRs alone, as JSON."""

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gateway.lifecycle import access
from gateway.lifecycle.wire_types import PRINTABLE, Body, CircuitId, Day, OrderNumber, Prose, Section

_STRICT: Final = ConfigDict(extra="forbid", frozen=True)
_OCTET: Final = "([01][0-9]{2}|2[0-4][0-9]|25[0-5])"
Reference: TypeAlias = Annotated[str, Field(pattern=r"^[0-9]{4}$", description="REF NUM")]


class AccessCircuitBody(BaseModel):
    """What was assigned to one circuit of an ASR."""

    model_config = _STRICT
    reference: Reference
    circuit_id: CircuitId | None = None
    trunks: int | None = Field(default=None, ge=1, le=99_999, description="TRKQTY")
    order_number: OrderNumber | None = None


class AccessConfirmationBody(BaseModel):
    """The fields of a confirmation (CN) that only ASRs have."""

    model_config = _STRICT
    two_six_code: str | None = Field(default=None, pattern=r"^[A-Z]{2}[A-Z0-9]{6}$", description="TSC")
    design_layout_date: Day | None = Field(default=None, description="DLRD")
    plant_test_date: Day | None = Field(default=None, description="PTD")
    point_code: str | None = Field(default=None, pattern=rf"^{_OCTET}-{_OCTET}-{_OCTET}$", description="ECSPC")
    provisioning_days: int | None = Field(
        default=None, ge=0, le=999, description="PROVINT: the interval that an inquiry is answered with"
    )
    new_facilities: bool = Field(default=False, description="NFR: new facilities put the due date off")
    circuits: tuple[AccessCircuitBody, ...] = Field(default=(), max_length=1000)

    def to_confirmation(self) -> access.AccessConfirmation:
        """Give the fields that the body states."""
        circuits = tuple(access.AccessCircuit(**circuit.model_dump()) for circuit in self.circuits)
        return access.AccessConfirmation(**self.model_dump(exclude={"circuits"}), circuits=circuits)


class AccessErrorBody(BaseModel):
    """An error in an ASR that was found after its receipt."""

    model_config = _STRICT
    tag: str = Field(pattern=r"^[A-Z0-9 /()\-]{1,12}$", description="ERROR TAG: a field, or a provider's code")
    message: str = Field(min_length=1, max_length=120, pattern=PRINTABLE, description="ERROR MESSAGE")
    reference: Reference | None = None
    occurrence: int | None = Field(default=None, ge=1, le=999, description="OCC")
    supplement: bool = Field(default=True, description="SUPI: it asks for a supplement")

    def to_error(self) -> access.AccessError:
        """Give the error that the body states."""
        return access.AccessError(**self.model_dump())


Errors: TypeAlias = Annotated[tuple[AccessErrorBody, ...], Field(max_length=100)]
AddressField: TypeAlias = Literal["SAPR", "SANO", "SASF", "SASD", "SASN", "SATH", "SASS", "CITY", "STATE", "ZIP"]


class ClarifyBody(Body):
    """Clarification/notification request (C/NR) on an ASR: errors found later, remarks, or a corrected address."""

    model_config = ConfigDict(
        json_schema_extra={
            "not": {
                "required": ["errors", "address"],
                "properties": {"errors": {"minItems": 1}, "address": {"minProperties": 1}},
            }
        }
    )

    decision: Literal["clarify"]
    text: Prose
    errors: Errors = ()
    address: dict[AddressField, Annotated[str, Field(min_length=1, max_length=60, pattern=PRINTABLE)]] = Field(
        default_factory=dict, description="The address as it was corrected"
    )
    section: Section = "7.4.1"

    @model_validator(mode="after")
    def _one_thing(self) -> "ClarifyBody":
        if self.errors and self.address:
            raise ValueError("errors and a corrected address are two notifications: send them apart")
        return self

    def to_decision(self) -> access.Clarify:
        """Give the decision that the body states."""
        errors = tuple(error.to_error() for error in self.errors)
        return access.Clarify(self.ver, self.text, errors, tuple(self.address.items()), self.section)
