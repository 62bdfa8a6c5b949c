"""Decisions as JSON: the models that bodies are checked by, and that the API descriptions are made from."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from gateway.lifecycle import decisions
from gateway.lifecycle.decisions import BadField, Decision, DecisionInvalid, Milestone, WithoutFacilities
from gateway.lifecycle.happenings import Happening
from gateway.lifecycle.jeopardy_reasons import JEOPARDY_REASONS, NO_LOOP_AVAILABLE
from gateway.lifecycle.vocabulary import Cause
from gateway.lifecycle.wire_access import AccessConfirmationBody, ClarifyBody, Errors
from gateway.lifecycle.wire_happenings import ServiceLostBody, ServiceOrderBody
from gateway.lifecycle.wire_lines import ConfirmedLineBody
from gateway.lifecycle.wire_types import (
    PRINTABLE,
    Appointment,
    BillingAccount,
    Charges,
    CircuitId,
    Code,
    CompanyCode,
    Day,
    FrameDueTime,
    Manual,
    MissReason,
    OrderNumber,
    Prose,
    ReasonCode,
    Remarks,
    Section,
    Telephone,
    by_id,
)
from gateway.lifecycle.wire_types import Body as _Body
from validators.rules.case import FacilityAnswer
from validators.verdict import Finding, Severity


class ConfirmBody(_Body):
    """Firm order confirmation."""

    decision: Literal["confirm"]
    due_date: Day | None = Field(
        default=None, description="Without it the standard interval and the desired due date tell the due date"
    )
    order_number: OrderNumber | None = None
    appointment_time: Appointment | None = None
    frame_due_time: FrameDueTime | None = None
    coordinated: bool = False
    reports_readiness: bool = Field(
        default=False, description="The back end says at the appointment who is ready, so the clocks for that run"
    )
    reports_milestones: bool = Field(
        default=False, description="The back end reports each milestone, so the clocks that wait for one run"
    )
    billing_account: BillingAccount | None = None
    circuit_ids: tuple[CircuitId, ...] = Field(default=(), max_length=1000)
    lines: tuple[ConfirmedLineBody, ...] = Field(default=(), max_length=1000)
    effective_bill_date: Day | None = Field(default=None, description="EBD")
    account: Code | None = Field(default=None, description="AN")
    account_telephone: Telephone | None = Field(default=None, description="ATN")
    representative: str | None = Field(default=None, min_length=1, max_length=15, pattern=PRINTABLE, description="REP")
    representative_telephone: Telephone | None = Field(default=None, description="TEL NO (REP)")
    provider_activity: tuple[Annotated[str, Field(pattern=r"^[A-Z0-9]$")], ...] = Field(
        default=(), max_length=5, description="PIA"
    )
    remarks: Remarks | None = None
    facility: Literal["available"] = "available"
    cut_is_free: bool = Field(
        default=False,
        description="The switch cannot take the trigger (DID), so the managed cut costs nothing",
    )
    charges: Charges = ()
    access: AccessConfirmationBody | None = Field(default=None, description="What only the CN of an ASR has")
    manual: Manual = True
    moved_by: Cause | None = Field(
        default=None, description="Who changed the due date, where that does not follow from what happened before"
    )

    def to_decision(self) -> decisions.Confirm:
        """Give the decision that the body states; what only the measures ask for stays in the history."""
        told = self.model_dump(exclude={"decision", "manual", "moved_by", "charges", "lines", "access"})
        lines = tuple(line.to_line() for line in self.lines)
        access = self.access.to_confirmation() if self.access else None
        return decisions.Confirm(**told, lines=lines, charges=by_id(self.charges), access=access)


class FindingBody(BaseModel):
    """One ground of a reject."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    section: Section
    text: Prose
    code: str = Field(pattern=r"^[A-Z0-9]{1,10}$", description="ERRORCODE: the gateway's own or the provider's")
    rule: str = Field(default="backend", min_length=1, max_length=80, pattern=PRINTABLE)
    path: str = Field(default="", max_length=200, pattern=PRINTABLE)
    value: str | None = Field(default=None, max_length=200, pattern=PRINTABLE)
    cure: str = Field(default="Send a new version of the request", max_length=255, pattern=PRINTABLE)

    def to_finding(self) -> Finding:
        """Give it as a finding that rejects."""
        return Finding(severity=Severity.REJECT, **self.model_dump())


class RejectBody(_Body):
    """Reject of a version before its FOC."""

    decision: Literal["reject"]
    findings: tuple[FindingBody, ...] = Field(min_length=1, max_length=100)
    remarks: Remarks | None = None
    manual: Manual = True

    def to_decision(self) -> decisions.Reject:
        """Give the decision that the body states."""
        return decisions.Reject(self.ver, tuple(finding.to_finding() for finding in self.findings), self.remarks)


class JeopardyBody(_Body):
    """The committed due date is in danger."""

    decision: Literal["jeopardy"]
    rcode: ReasonCode
    text: Prose | None = None
    estimated_due_date: Day | None = None
    caused_by: Cause | None = None
    order_number: OrderNumber | None = None
    errors: Errors = Field(default=(), description="Errors of an ASR that were found at the same time")

    @model_validator(mode="after")
    def _detail(self) -> "JeopardyBody":
        if self.text is None and JEOPARDY_REASONS[self.rcode].needs_detail:
            raise ValueError(f"reason code {self.rcode} needs its reason in words: give text")
        return self

    def to_decision(self) -> decisions.Jeopardy:
        """Give the decision that the body states; text and cause come from the reason code if the body has none."""
        reason = JEOPARDY_REASONS[self.rcode]
        return decisions.Jeopardy(
            ver=self.ver,
            rcode=self.rcode,
            text=self.text or reason.text,
            estimated_due_date=self.estimated_due_date,
            caused_by=self.caused_by or reason.cause,
            order_number=self.order_number,
            errors=tuple(error.to_error() for error in self.errors),
        )


_OUTCOME_SECTIONS = {
    WithoutFacilities.PENDING: "9.2.2.16",
    WithoutFacilities.JOB: "9.1.2.1.3",
    WithoutFacilities.NO_BUILD: "9.1.2.1.3.2",
}


class FacilitiesUnavailableBody(_Body):
    """No facilities were found."""

    decision: Literal["facilities-unavailable"]
    outcome: WithoutFacilities
    text: Prose = "No facilities are available for this order"
    section: Section | None = None
    estimated_due_date: Day | None = None
    rcode: ReasonCode = NO_LOOP_AVAILABLE

    def to_decision(self) -> decisions.FacilitiesUnavailable:
        """Give the decision that the body states; the section is the outcome's if the body names none."""
        section = self.section or _OUTCOME_SECTIONS[self.outcome]
        return decisions.FacilitiesUnavailable(**self.model_dump(exclude={"decision", "section"}), section=section)


class CompleteBody(_Body):
    """Service order completion."""

    decision: Literal["complete"]
    completed_on: Day
    order_number: OrderNumber | None = None
    circuit_ids: tuple[CircuitId, ...] = Field(default=(), max_length=1000)
    remarks: Remarks | None = None
    tested: bool = Field(default=False, description="Test results were read to the CLEC and are to be sent")
    further_dispatch: bool = Field(default=False, description="SDI of an ASR: somebody must be sent once more")
    losing_carrier: CompanyCode | None = Field(
        default=None, description="The carrier that lost the service, if it is not the ONSP of the request"
    )
    losing_order_number: OrderNumber | None = Field(default=None, description="ORD of the disconnect at that carrier")
    miss_reason: MissReason | None = Field(
        default=None, description="Why the due date was missed, where that is none of the ILEC's doing (Exhibit B OP-3)"
    )
    dispatched: bool | None = Field(default=None, description="Whether a technician was sent (Exhibit B OP-3, OP-4)")
    in_msa: bool | None = Field(default=None, description="Whether the place lies inside a metropolitan area")
    zone: Literal[1, 2] | None = Field(default=None, description="Interval zone of the place")
    charges: Charges = ()

    def to_decision(self) -> decisions.Complete:
        """Give the decision that the body states; what only the measures ask for stays in the history."""
        told = self.model_dump(exclude={"decision", "miss_reason", "dispatched", "in_msa", "zone", "charges"})
        return decisions.Complete(**told, charges=by_id(self.charges))


class BillBody(_Body):
    """Billing completion."""

    decision: Literal["bill"]
    billed_on: Day
    order_number: OrderNumber | None = None
    billing_account: BillingAccount | None = None

    def to_decision(self) -> decisions.Bill:
        """Give the decision that the body states."""
        return decisions.Bill(**self.model_dump(exclude={"decision"}))


class CancelBody(_Body):
    """The ILEC cancels the order."""

    decision: Literal["cancel"]
    reason: Prose
    section: Section

    def to_decision(self) -> decisions.Cancel:
        """Give the decision that the body states."""
        return decisions.Cancel(**self.model_dump(exclude={"decision"}))


class NegotiateBody(_Body):
    """A time has to be agreed before the FOC."""

    decision: Literal["negotiate"]
    text: Prose
    section: Section = "9.2.2.9.7.1"
    proposed_frame_due_time: FrameDueTime | None = None

    def to_decision(self) -> decisions.Negotiate:
        """Give the decision that the body states."""
        return decisions.Negotiate(**self.model_dump(exclude={"decision"}))


class ExpediteBody(_Body):
    """Whether the expedite that the order asks for (EXP Y) is granted; the CLEC is told either way."""

    decision: Literal["expedite"]
    granted: bool
    text: Prose | None = None

    def to_decision(self) -> decisions.Expedite:
        """Give the decision that the body states."""
        return decisions.Expedite(self.ver, self.granted, self.text)


class ReadinessBody(_Body):
    """A party is ready at the appointment of a coordinated installation; the ILEC, which contacts the CLEC, first."""

    decision: Literal["readiness"]
    ready: Cause

    def to_decision(self) -> decisions.Readiness:
        """Give the decision that the body states."""
        return decisions.Readiness(self.ver, self.ready)


class MilestoneBody(_Body):
    """Something that changes no state was done: a clock that waits for it stops."""

    decision: Literal["milestone"]
    reached: Milestone

    def to_decision(self) -> decisions.MilestoneReached:
        """Give the report that the body states."""
        return decisions.MilestoneReached(self.ver, self.reached)


FACILITIES_TOLD = tuple(field.name for field in fields(FacilityAnswer))
"""What a facility report may say, by the names of its answer."""


class FacilityReportBody(_Body):
    """What the records say of the facilities. The gateway rejects or confirms only where the agreement says so."""

    decision: Literal["facility-answer"]
    available: bool | None = Field(default=None, description="Whether facilities are assigned to the order")
    load_coils: bool | None = None
    bridged_tap: bool | None = Field(default=None, description="Bridged tap beyond what the product allows")
    copper: bool | None = Field(default=None, description="false: digital loop carrier, no capable copper found")
    fiber_only: bool | None = Field(default=None, description="Only a fiber loop serves the premises")
    served_before: bool | None = Field(default=None, description="Whether a loop served them before the fiber")
    retired_copper: bool | None = Field(default=None, description="Retired copper would have to be restored")
    loaded_pairs_only: bool | None = Field(default=None, description="There are distribution pairs, all of them loaded")
    spare_protectors: int | None = Field(default=None, ge=0, description="Protectors of the NID that are spare")
    transport: bool | None = Field(default=None, description="Whether there is transport for a combination")
    multiplexed_facility: bool | None = Field(default=None, description="Whether there is one to multiplex on")
    order_number: OrderNumber | None = None
    circuit_ids: tuple[CircuitId, ...] = Field(default=(), max_length=1000)

    def to_decision(self) -> decisions.FacilityReport:
        """Give the report that the body states."""
        answer = FacilityAnswer(**{name: getattr(self, name) for name in FACILITIES_TOLD})
        return decisions.FacilityReport(self.ver, answer, self.order_number, self.circuit_ids)


DecisionBody: TypeAlias = Annotated[
    ConfirmBody
    | RejectBody
    | JeopardyBody
    | FacilitiesUnavailableBody
    | CompleteBody
    | BillBody
    | CancelBody
    | NegotiateBody
    | ExpediteBody
    | ReadinessBody
    | MilestoneBody
    | ServiceOrderBody
    | ServiceLostBody
    | FacilityReportBody
    | ClarifyBody,
    Field(discriminator="decision"),
]
"""The body of a decision; `decision` says which."""


@cache
def _adapter() -> TypeAdapter[DecisionBody]:
    return TypeAdapter(DecisionBody)


def decision_from(
    body: Mapping[str, Any],
) -> Decision | decisions.FacilityReport | decisions.MilestoneReached | Happening:
    """Read the JSON object `body` as a decision.

    Raises:
        DecisionInvalid: with every bad field, not only the first.
    """
    try:
        return _adapter().validate_python(body).to_decision()
    except ValidationError as invalid:
        raise DecisionInvalid(_bad_fields(invalid)) from invalid


def decision_json_schema(ref_template: str = "#/components/schemas/{model}") -> dict[str, Any]:
    """Give the JSON Schema of a decision (2020-12, definitions under `$defs`) for the API descriptions."""
    return _adapter().json_schema(ref_template=ref_template)


def _bad_fields(invalid: ValidationError) -> tuple[BadField, ...]:
    errors = invalid.errors(include_url=False)
    places = [error["loc"] for error in errors]
    return tuple(_bad_field(error) for error in errors if not _only_follows(error, places))


def _only_follows(error: Mapping[str, Any], places: list[tuple[int | str, ...]]) -> bool:
    """Whether a list is called too short only because its items are bad and are told of one by one."""
    place = error["loc"]
    return error["type"] == "too_short" and any(other != place and other[: len(place)] == place for other in places)


def _bad_field(error: Mapping[str, Any]) -> BadField:
    place = [str(part) for part in error["loc"]]
    known = place[1:] if place and place[0] in DECISIONS else place
    value = error.get("input")
    shown = None if error["type"] == "missing" or isinstance(value, Mapping) else str(value)[:200]
    return BadField(".".join(known) or "decision", error["msg"].removeprefix("Value error, "), shown)


DECISIONS = frozenset(
    {
        "confirm",
        "reject",
        "jeopardy",
        "facilities-unavailable",
        "complete",
        "bill",
        "cancel",
        "negotiate",
        "expedite",
        "readiness",
        "milestone",
        "service-order",
        "service-lost",
        "facility-answer",
        "clarify",
    }
)
"""The decisions about orders of the families whose life cycles are written here."""
