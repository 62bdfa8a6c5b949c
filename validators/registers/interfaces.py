"""When an interface could not be used: outages and maintenance, as Exhibit B GA-1, GA-4 and GA-7 count them."""

from datetime import datetime
from typing import Annotated, Final, Self

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from validators.agreement.strict import Strict
from validators.registers.entry import Register


def _to_the_second(instant: datetime) -> datetime:
    if instant.microsecond:
        raise ValueError("instants of this log are to the second")
    return instant


Moment = Annotated[AwareDatetime, AfterValidator(_to_the_second)]

INTERFACE: Final = "lsr-gateway|asr-system"
"""The interfaces of GA-1 and GA-4."""


class Outage(Strict):
    """A critical or serious loss of an interface's function on the ILEC's side.

    While it lasts it has no end; when it is over, withdraw the entry and enter it with its end.
    """

    began_at: Moment = Field(description="When it was detected, by monitoring or by a report.")
    restored_at: Moment | None = Field(None, description="When function was restored, or lost data recovered.")
    what: str = Field(min_length=1, max_length=400, description="What could not be used, in a line.")
    release: str | None = Field(
        None, pattern=r"^r[1-9][0-9]*$", description="The software release that it came of, for GA-7; see `releases`."
    )
    release_in_use: bool = Field(True, description="Whether a CLEC had migrated to that release.")
    first_lost_at: Moment | None = Field(
        None, description="When the first transaction was sent that could not be processed, where data were lost."
    )
    acknowledged: bool = Field(True, description="Whether lost data had been acknowledged with a number (GA-7 note 3).")
    duplicate_of: str | None = Field(None, description="Id of the entry that tells of the same defect.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.restored_at is not None and self.restored_at < self.began_at:
            raise ValueError(f"restored at {self.restored_at}, before it began at {self.began_at}")
        return self


class Maintenance(Strict):
    """Maintenance or an upgrade that takes an interface down."""

    begins_at: Moment = Field(description="When it begins.")
    ends_at: Moment = Field(description="When the interface is up again.")
    announced_at: Moment | None = Field(None, description="When CLECs were told; none: never. See GA-1 for the notice.")
    what: str = Field(min_length=1, max_length=400, description="What is done, in a line.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends_at <= self.begins_at:
            raise ValueError(f"it ends at {self.ends_at}, not after {self.begins_at}")
        return self


OUTAGES: Final = Register(
    "interface-outages",
    "Exhibit B GA-1, GA-4, GA-7",
    Outage,
    "Outages of the interfaces: availability and the time to resolve what a release broke are reckoned from them.",
    keyed_by="interface: lsr-gateway or asr-system",
    keys=INTERFACE,
    concerns="all",
    published=True,
)
MAINTENANCE: Final = Register(
    "interface-maintenance",
    "Exhibit B GA-1, GA-4",
    Maintenance,
    "Maintenance of the interfaces: announced in time it is no lost time, otherwise it is an outage.",
    keyed_by="interface: lsr-gateway or asr-system",
    keys=INTERFACE,
    concerns="all",
    published=True,
)

REGISTERS: Final = (OUTAGES, MAINTENANCE)
