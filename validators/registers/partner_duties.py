"""What operators put on record of written requests, reports and papers between the parties that are no messages."""

from datetime import date
from typing import Final, Literal

from pydantic import AwareDatetime, Field

from validators.agreement.strict import Strict
from validators.registers.entry import Register
from validators.registers.trunks import SWITCH


class PlanningInformation(Strict):
    """That the Parties exchanged what a joint planning meeting rests on; `valid_from` is the day."""

    spare_capacity: bool = Field(False, description="Whether the ILEC's report of spare capacity was among it.")


class TerminalRequest(Strict):
    """A written notice or request of a CLEC about the terminal of a building (MTE)."""

    asks: Literal["intent", "owner-claim", "inventory", "rearrangement", "conditions"] = Field(
        description="`intent` to serve its end users, the owner's written claim, an inventory, a rearrangement, or the "
        "conditions of access to a configuration that has no standard terms."
    )
    received_on: date = Field(description="Day on which it was received.")
    determined_before: bool = Field(
        False, description="Of an intent: whether the ownership of the cable there was determined before."
    )


class TroubleReport(Strict):
    """A trouble report on a service or number of a CLEC."""

    received_at: AwareDatetime = Field(description="When it was received, with its offset from UTC.")
    service: Literal["lnp", "other"] = Field(description="What it is about; a ported number has a time to be met.")
    found_in: Literal["ILEC network", "CLEC network", "not known"] = Field(
        description="Where the trouble was isolated; enter it again once that is known."
    )


class TroubleCleared(Strict):
    """That a trouble was repaired."""

    cleared_at: AwareDatetime = Field(description="When it was repaired, with its offset from UTC.")


class FiberReclaim(Strict):
    """A step of the ILEC towards taking back dark fiber that serves no end user; `valid_from` is its day."""

    step: Literal["notice", "proceeding"] = Field(
        description="The notice to the CLEC, or the beginning of the proceeding before the Commission."
    )


class UsageFileSent(Strict):
    """That a daily usage file went out to a CLEC that resells; `valid_from` is the day."""

    records: int | None = Field(None, ge=0, description="How many records were in it.")


PLANNING_INFORMATION: Final = Register(
    "planning-information",
    "7.2.2.8.7",
    PlanningInformation,
    "Information exchanged before a joint planning meeting.",
    keyed_by="switch of the CLEC (CLLI, 11 characters)",
    keys=SWITCH,
    concerns="partner",
    published=True,
)
TERMINAL_REQUESTS: Final = Register(
    "terminal-requests",
    "9.3.5.4.1",
    TerminalRequest,
    "Written notices and requests about terminals of buildings; `building-terminals` has what came of them.",
    keyed_by="building (house number, street, city and state, as the end user form has them, in capitals)",
    concerns="partner",
    published=True,
)
TROUBLES: Final = Register(
    "trouble-reports",
    "10.2.6.3",
    TroubleReport,
    "Trouble reports whose repair has a time; `troubles-cleared` ends them.",
    keyed_by="number of the report",
    concerns="partner",
    published=True,
)
TROUBLES_CLEARED: Final = Register(
    "troubles-cleared",
    "10.2.6.3",
    TroubleCleared,
    "Repairs of what stands in `trouble-reports`.",
    keyed_by="number of the report",
    concerns="partner",
    published=True,
)
FIBER_RECLAIMS: Final = Register(
    "fiber-reclaims",
    "9.7.2.10",
    FiberReclaim,
    "Notices that the ILEC means to reclaim dark fiber of a partner, and proceedings that follow them.",
    keyed_by="circuit or route",
    concerns="partner",
    published=True,
)
USAGE_FILES: Final = Register(
    "usage-files",
    "12.2.5.2.1",
    UsageFileSent,
    "Daily usage files as they were sent; the next is then expected on the next business day.",
    concerns="partner",
)

REGISTERS: Final = (PLANNING_INFORMATION, TERMINAL_REQUESTS, TROUBLES, TROUBLES_CLEARED, FIBER_RECLAIMS, USAGE_FILES)
