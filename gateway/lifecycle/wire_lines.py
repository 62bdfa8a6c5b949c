"""What a confirmation says of single lines, as JSON."""

from pydantic import BaseModel, ConfigDict, Field

from gateway.lifecycle import decisions
from gateway.lifecycle.wire_types import CircuitId, Code, Telephone


class ConfirmedLineBody(BaseModel):
    """What was assigned to one line."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    line: str = Field(pattern=r"^[0-9]{1,5}$", description="LNUM")
    circuit_id: CircuitId | None = None
    telephone_number: str | None = Field(default=None, pattern=r"^[0-9\-]{10,17}$", description="TNS")
    ported_number: str | None = Field(default=None, pattern=r"^[0-9\-]{10,17}$", description="PORTED NBR")
    service_profile: Code | None = Field(default=None, description="ISPID")
    hunt_lead: Telephone | None = Field(default=None, description="TLI")
    terminals: str | None = Field(default=None, pattern=r"^[A-Z0-9\-]{1,9}$", description="TERS")
    route_index: str | None = Field(default=None, pattern=r"^[A-Z0-9\-]{1,9}$", description="RTI")
    did_trunk_group: str | None = Field(default=None, pattern=r"^[A-Z0-9\-]{1,6}$", description="DTGN")
    did_route_index: str | None = Field(default=None, pattern=r"^[A-Z0-9\-]{1,9}$", description="DRTI")
    switch: str | None = Field(default=None, pattern=r"^[A-Z0-9]{8,11}$", description="LST, a CLLI code")

    def to_line(self) -> decisions.ConfirmedLine:
        """Give what the body states."""
        return decisions.ConfirmedLine(**self.model_dump())
