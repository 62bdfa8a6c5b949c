"""What the ILEC tells its CLECs beside their orders, and the cases that operators follow up."""

from datetime import date
from typing import Final, Literal

from pydantic import Field

from validators.agreement.strict import Strict
from validators.registers.entry import Register


class Announcement(Strict):
    """Something that the CLECs it concerns are told."""

    kind: Literal["downtime", "maintenance", "outage", "embargo", "change-management", "business-rules"] = Field(
        description="What it is about."
    )
    title: str = Field(min_length=1, max_length=120, description="A line of it.")
    text: str = Field(min_length=1, max_length=4000, description="What CLECs must know.")
    place: str | None = Field(None, description="Where, as a wire center; none for everywhere.")
    document: str | None = Field(None, description="Where the whole of it can be read.")


class Case(Strict):
    """Something between the parties that a person follows up."""

    kind: Literal["impairment", "authorization", "une-use", "eel-eligibility", "eel-audit", "eel-true-up"] = Field(
        description="What it is about."
    )
    subject: str = Field(min_length=1, description="Circuit, order or matter.")
    follow_up_on: date = Field(description="Day on which a person looks at it again.")
    text: str = Field("", description="What was alleged, found or agreed.")


ANNOUNCEMENTS: Final = Register(
    "announcements",
    "12.3.10.2",
    Announcement,
    "What CLECs are told beside their orders: downtime, maintenance, outages, changes, business rules.",
    published=True,
)
CASES: Final = Register(
    "cases",
    "5.3.2",
    Case,
    "Matters with a partner that a person follows up; withdraw the entry when it is settled.",
    concerns="partner",
)


class RuleVersion(Strict):
    """A version of a rule by which messages are judged; `valid_from` of its entry is its effective date."""

    version: str = Field(min_length=1, max_length=20, description="Its version, as 2 or 3.1.")
    change_request: str = Field(min_length=1, description="Number of the change request in change management.")
    text: str = Field("", description="What has changed, in words.")


RULE_VERSIONS: Final = Register(
    "rule-versions",
    "12.2.6",
    RuleVersion,
    "Versions of the rules by which messages are judged, as change management has approved them.",
    keyed_by="rule, as `oss-gateway rules list` names it",
    concerns="all",
    published=True,
)

REGISTERS: Final = (ANNOUNCEMENTS, CASES, RULE_VERSIONS)
