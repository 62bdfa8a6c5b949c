"""What operators put on record about trunks and transport: meetings, forecasts, TGSRs, tiers, circuits (7, 9.6)."""

from datetime import date
from typing import Final, Literal

from pydantic import AwareDatetime, Field

from validators.agreement.strict import Strict
from validators.registers.conversions import WIRE_CENTER
from validators.registers.entry import Register

SWITCH: Final = r"[A-Z0-9]{11}"
"""A CLLI code of a switch."""
ROUTE: Final = r"[A-Z0-9]{8}-[A-Z0-9]{8}"
"""Two wire centers, the lower code first."""


class PlanningMeeting(Strict):
    """That the Parties met to plan the first trunks to a switch of the CLEC, and agreed."""

    held_on: date = Field(description="Day of the meeting.")
    established: bool = Field(False, description="Whether trunks to this switch are in service already.")


class TrunkForecast(Strict):
    """What the CLEC forecasts for a trunk group: two years, every half year."""

    trunks: int = Field(ge=0, description="Trunks in the group at the end of the time that the entry holds for.")


class ServicingRequest(Strict):
    """A trunk group servicing request (TGSR) that the ILEC has sent to the CLEC."""

    sent_on: date = Field(description="Day on which the CLEC received it.")
    asks_for: Literal["augment", "new group", "disconnect", "conversion"] = Field(description="What is asked for.")
    switch: str | None = Field(None, description="CLLI of the ILEC's switch, as BOISIDMA99T.")
    changes: bool = Field(False, description="For a conversion: whether capacity or characteristics change with it.")
    text: str = Field("", description="What is asked for in words.")


class ServicingAnswer(Strict):
    """What a CLEC answered to a TGSR; the gateway enters the answer itself where an ASR names the TGSR in BIC ID."""

    answer: Literal["asr", "declined", "other"] = Field(description="An ASR, a refusal, or other words.")
    answered_at: AwareDatetime = Field(description="When it was received, with its offset from UTC.")
    pon: str = Field("", description="PON of the ASR.")
    text: str = Field("", description="The answer in words.")


class ConstructionRefused(Strict):
    """That a route is not built: the ILEC's refusal, or the CLEC's written demand to build or to proceed."""

    said_on: date = Field(description="Day of the writing.")
    said_by: Literal["ILEC", "CLEC"] = Field(description="Whose writing it is.")


class ProceedingBegun(Strict):
    """That the ILEC began a proceeding on construction charges before the Commission; `valid_from` is the day."""

    docket: str = Field("", description="Number of the case.")


class Tier(Strict):
    """The tier of a wire center."""

    tier: Literal[1, 2, 3] = Field(description="1, 2 or 3.")


class TransportInService(Strict):
    """Unbundled transport that a partner has on a route without orders of this gateway."""

    level: Literal["DS1", "DS3"] = Field(description="Bandwidth.")
    circuits: int = Field(ge=0, description="How many are in service or on order.")


PLANNING_MEETINGS: Final = Register(
    "planning-meetings",
    "7.4.4",
    PlanningMeeting,
    "Joint planning meetings before the first trunks to a switch of a CLEC.",
    keyed_by="switch of the CLEC (CLLI, 11 characters)",
    keys=SWITCH,
    concerns="partner",
)
FORECASTS: Final = Register(
    "trunk-forecasts",
    "7.2.2.8.4",
    TrunkForecast,
    "Forecasts of trunk groups; confidential, so no partner sees another's.",
    keyed_by="switch of the ILEC (CLLI, 11 characters)",
    keys=SWITCH,
    concerns="partner",
)
SERVICING_REQUESTS: Final = Register(
    "trunk-servicing-requests",
    "7.2.2.8.11",
    ServicingRequest,
    "TGSRs that the ILEC has sent; an ASR answers one by its number in BIC ID.",
    keyed_by="number of the TGSR (BIC ID)",
    keys=r"[A-Z0-9\-]{1,12}",
    concerns="partner",
    published=True,
)
SERVICING_ANSWERS: Final = Register(
    "trunk-servicing-answers",
    "7.2.2.8.11",
    ServicingAnswer,
    "Answers of CLECs to TGSRs.",
    keyed_by="number of the TGSR (BIC ID)",
    keys=r"[A-Z0-9\-]{1,12}",
    concerns="partner",
    published=True,
)
CONSTRUCTION_REFUSALS: Final = Register(
    "construction-refusals",
    "7.2.2.8.16",
    ConstructionRefused,
    "Refusals to build trunk facilities for extraordinary circumstances, and demands to build or proceed.",
    keyed_by="route (two wire centers of 8 characters, the lower first, with a hyphen)",
    keys=ROUTE,
    concerns="partner",
    published=True,
)
PROCEEDINGS: Final = Register(
    "construction-proceedings",
    "7.2.2.8.16",
    ProceedingBegun,
    "Proceedings on construction charges before the Commission.",
    keyed_by="route (two wire centers of 8 characters, the lower first, with a hyphen)",
    keys=ROUTE,
    concerns="partner",
    published=True,
)
TIERS: Final = Register(
    "wire-center-tiers",
    "9.6.2.0.1",
    Tier,
    "Tiers of wire centers, by which transport between them is unbundled or not.",
    keyed_by="wire center (CLLI, 8 characters)",
    keys=WIRE_CENTER,
    concerns="all",
    published=True,
)
TRANSPORT: Final = Register(
    "transport-circuits",
    "9.6.2.0.1.1",
    TransportInService,
    "Unbundled DS1 and DS3 transport of a partner on a route, for the caps of a route.",
    keyed_by="route (two wire centers of 8 characters, the lower first, with a hyphen)",
    keys=ROUTE,
    concerns="partner",
)

REGISTERS: Final = (
    PLANNING_MEETINGS,
    FORECASTS,
    SERVICING_REQUESTS,
    SERVICING_ANSWERS,
    CONSTRUCTION_REFUSALS,
    PROCEEDINGS,
    TIERS,
    TRANSPORT,
)
