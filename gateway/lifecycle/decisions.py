"""What the back end decides about an order: frozen values, one class a decision."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from gateway.lifecycle.machine import Occurrence
from gateway.lifecycle.vocabulary import Cause, Event, Trigger
from validators.rules.case import FacilityAnswer
from validators.verdict import Finding


@dataclass(frozen=True, slots=True)
class Confirm:
    """Firm order confirmation: facilities are assigned and the due date is a commitment (9.2.4.3.1.2, 9.2.4.4.1).

    Attributes:
        ver: version answered; None = the one in force (so in all decisions).
        due_date: DD, the day on which the service will be provisioned.
        order_number: ORD, the provider's service order number.
        appointment_time: APPTIME as agreed, e.g. `0800AM-1200PM`.
        frame_due_time: FDT as agreed, e.g. `1000AM`.
        coordinated: CHC, a coordinated cut is confirmed.
        reports_readiness: the back end will say at the appointment who is ready (`Readiness`), so its clocks run.
        reports_milestones: the back end will report each `Milestone`, so its silence counts.
        billing_account: BAN1 that was assigned.
        circuit_ids: ECCKT, one a loop, in the order of the lines.
        remarks: REMARKS.
        facility: a FOC says that a loop is assigned, so nothing but `available` can be confirmed.
    """

    ver: str | None
    due_date: date
    order_number: str | None = None
    appointment_time: str | None = None
    frame_due_time: str | None = None
    coordinated: bool = False
    reports_readiness: bool = False
    reports_milestones: bool = False
    billing_account: str | None = None
    circuit_ids: tuple[str, ...] = ()
    remarks: str | None = None
    facility: Literal["available"] = "available"


@dataclass(frozen=True, slots=True)
class Reject:
    """Reject of a version before its FOC (12.2.1.1.6). There is at least one finding; each cites its section."""

    ver: str | None
    findings: tuple[Finding, ...]
    remarks: str | None = None

    @property
    def section(self) -> str:
        """The section of the first finding."""
        return self.findings[0].section


@dataclass(frozen=True, slots=True)
class Jeopardy:
    """The committed due date is in danger (9.2.4.4.1, 12.3.16.1).

    Attributes:
        rcode: reason code, see `jeopardy_reasons`.
        text: the reason in words.
        estimated_due_date: ESDD, when the service is expected now, if known.
        caused_by: whose doing it is.
    """

    ver: str | None
    rcode: str
    text: str
    estimated_due_date: date | None
    caused_by: Cause
    order_number: str | None = None


class WithoutFacilities(StrEnum):
    """What becomes of an order for which there are no facilities."""

    PENDING = "pending"
    """It is kept pending (9.2.2.16)."""
    JOB = "job"
    """An engineering job brings them: jeopardy now, a FOC later (9.1.2.1.3, 9.1.2.1.3.1)."""
    NO_BUILD = "no-build"
    """No job and no duty to build: a reject that cancels (9.1.2.1.3.2, 9.2.2.3.2)."""


@dataclass(frozen=True, slots=True)
class FacilitiesUnavailable:
    """No facilities were found.

    Attributes:
        outcome: what becomes of the order.
        text: what was looked for and not found.
        section: the outcome's own section unless the back end names a closer one.
        estimated_due_date: when the engineering job should be ready, if there is one.
        rcode: reason code of the jeopardy notice, if there is one.
    """

    ver: str | None
    outcome: WithoutFacilities
    text: str
    section: str
    estimated_due_date: date | None = None
    rcode: str = "1D"


@dataclass(frozen=True, slots=True)
class Complete:
    """Service order completion (12.2.1.1.5). `tested`: the results of tests were read to the CLEC (9.2.2.9.2.2)."""

    ver: str | None
    completed_on: date
    order_number: str | None = None
    circuit_ids: tuple[str, ...] = ()
    remarks: str | None = None
    tested: bool = False


@dataclass(frozen=True, slots=True)
class Bill:
    """Billing completion: the service order has posted to billing (12.2.1.1.5)."""

    ver: str | None
    billed_on: date
    order_number: str | None = None
    billing_account: str | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """The ILEC cancels the order, by the right that `section` gives it."""

    ver: str | None
    reason: str
    section: str


@dataclass(frozen=True, slots=True)
class Negotiate:
    """A time has to be agreed before the FOC (9.2.2.9.7.1, 10.2.5.4.1).

    Attributes:
        text: what is to be agreed, and why.
        section: the clause that calls for it.
        proposed_frame_due_time: FDT that the ILEC proposes, if any.
    """

    ver: str | None
    text: str
    section: str
    proposed_frame_due_time: str | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """A party is ready at the appointment of a coordinated installation (9.2.2.9.3, 9.2.2.9.4)."""

    ver: str | None
    ready: Cause


class Milestone(StrEnum):
    """What the ILEC does between the FOC and the end that changes no state, but ends a clock."""

    PORT_TRIGGER_SET = "port-trigger-set"
    PORT_TRIGGER_REMOVED = "port-trigger-removed"
    UNLOCK_SENT = "unlock-sent"
    TEST_RESULTS_SENT = "test-results-sent"


@dataclass(frozen=True, slots=True)
class MilestoneReached:
    """The ILEC has done one of the things that `Milestone` lists (10.2.5.3.1, 10.2.2.12, 9.2.2.9.2.2)."""

    ver: str | None
    reached: Milestone


@dataclass(frozen=True, slots=True)
class FacilityReport:
    """What the ILEC's records say of the facilities (9.2.4.3.1.1, 9.2.4.3.1.2). It decides nothing by itself.

    What follows is the agreement's: a loop that needs conditioning which the LSR does not approve is rejected, and an
    order for a product declared flow-through is confirmed.

    Attributes:
        answer: load coils, bridged tap, copper, whether facilities are assigned.
        order_number: ORD, for a confirmation that follows.
        circuit_ids: ECCKT, likewise.
    """

    ver: str | None
    answer: FacilityAnswer
    order_number: str | None = None
    circuit_ids: tuple[str, ...] = ()


Decision: TypeAlias = (
    Confirm | Reject | Jeopardy | FacilitiesUnavailable | Complete | Bill | Cancel | Negotiate | Readiness
)

_EVENTS: dict[type[Decision], Event] = {
    Confirm: Event.CONFIRM,
    Reject: Event.REJECT,
    Jeopardy: Event.JEOPARDY,
    Complete: Event.COMPLETE,
    Bill: Event.BILL,
    Cancel: Event.CANCEL,
    Negotiate: Event.NEGOTIATE,
}
MILESTONES = {
    Milestone.PORT_TRIGGER_SET: (Trigger.PORT_TRIGGER_SET, "10.2.5.3.1"),
    Milestone.PORT_TRIGGER_REMOVED: (Trigger.PORT_TRIGGER_REMOVED, "10.2.5.3.1"),
    Milestone.UNLOCK_SENT: (Trigger.UNLOCK_SENT, "10.2.2.12"),
    Milestone.TEST_RESULTS_SENT: (Trigger.TEST_RESULTS_SENT, "9.2.2.9.2.2"),
}
"""The trigger and the section of each milestone."""

_READY = {Cause.ILEC: Event.ILEC_READY, Cause.CLEC: Event.CLEC_READY}
_FACILITIES = {
    WithoutFacilities.PENDING: Event.FACILITIES_PENDING,
    WithoutFacilities.JOB: Event.FACILITIES_JOB,
    WithoutFacilities.NO_BUILD: Event.FACILITIES_NO_BUILD,
}


def occurrence_of(decision: Decision) -> Occurrence:
    """Give `decision` as the event that the life cycle knows."""
    if isinstance(decision, FacilitiesUnavailable):
        return Occurrence(_FACILITIES[decision.outcome], decision.ver, Cause.ILEC)
    if isinstance(decision, Readiness):
        return Occurrence(_READY[decision.ready], decision.ver)
    cause = decision.caused_by if isinstance(decision, Jeopardy) else None
    return Occurrence(_EVENTS[type(decision)], decision.ver, cause)


def section_of(decision: Decision, otherwise: str) -> str:
    """Give the section that the decision itself names, else `otherwise` (that of its step)."""
    return getattr(decision, "section", otherwise)


@dataclass(frozen=True, slots=True)
class BadField:
    """One thing wrong with the body of a decision: where (`findings.0.section`), what, and the value as sent."""

    field: str
    text: str
    value: str | None


class DecisionInvalid(ValueError):  # noqa: N818 - reads as what is so, like RecordUnavailable
    """Raised when a body is no decision. `bad_fields` lists every fault found."""

    def __init__(self, bad_fields: tuple[BadField, ...]) -> None:
        super().__init__("; ".join(f"{bad.field}: {bad.text}" for bad in bad_fields))
        self.bad_fields = bad_fields
