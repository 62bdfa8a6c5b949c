"""What the back end decides about an order: frozen values, one class a decision."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from gateway.lifecycle.access import AccessConfirmation, AccessError, Clarify
from gateway.lifecycle.machine import Occurrence
from gateway.lifecycle.standing import Standing
from gateway.lifecycle.vocabulary import Cause, Event, State, Trigger
from validators.rules.case import FacilityAnswer
from validators.verdict import Finding


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
    """What was assigned to one line, as the local response has it.

    Attributes:
        line: LNUM of the request.
        circuit_id: ECCKT.
        telephone_number: TNS.
        ported_number: PORTED NBR.
        service_profile: ISPID.
        hunt_lead: TLI.
        terminals: TERS.
        route_index: RTI.
        did_trunk_group: DTGN.
        did_route_index: DRTI.
        switch: LST.
    """

    line: str
    circuit_id: str | None = None
    telephone_number: str | None = None
    ported_number: str | None = None
    service_profile: str | None = None
    hunt_lead: str | None = None
    terminals: str | None = None
    route_index: str | None = None
    did_trunk_group: str | None = None
    did_route_index: str | None = None
    switch: str | None = None


@dataclass(frozen=True, slots=True)
class Confirm:
    """Firm order confirmation: facilities are assigned and the due date is a commitment (9.2.4.3.1.2, 9.2.4.4.1).

    Attributes:
        ver: version answered; None = the one in force (so in all decisions).
        due_date: DD, the day on which the service will be provisioned; None leaves it to the standard interval and the
            desired due date.
        order_number: ORD, the provider's service order number.
        appointment_time: APPTIME as agreed, e.g. `0800AM-1200PM`.
        frame_due_time: FDT as agreed, e.g. `1000AM`.
        coordinated: CHC, a coordinated cut is confirmed.
        reports_readiness: the back end will say at the appointment who is ready (`Readiness`), so its clocks run.
        reports_milestones: the back end will report each `Milestone`, so its silence counts.
        billing_account: BAN1 that was assigned.
        circuit_ids: ECCKT, one a loop, in the order of the lines.
        lines: what else was assigned, line by line.
        effective_bill_date: EBD.
        account, account_telephone: AN and ATN of the account.
        representative, representative_telephone: REP, and where to call.
        provider_activity: PIA, up to five codes that tell why the provider changed something.
        remarks: REMARKS.
        cut_is_free: the switch cannot take the trigger, so the managed cut costs nothing (10.2.5.3.1).
        charges: charges of the agreement that the back end names, by id, with their quantities.
        facility: a FOC says that a loop is assigned, so nothing but `available` can be confirmed.
    """

    ver: str | None
    due_date: date | None = None
    order_number: str | None = None
    appointment_time: str | None = None
    frame_due_time: str | None = None
    coordinated: bool = False
    reports_readiness: bool = False
    reports_milestones: bool = False
    billing_account: str | None = None
    circuit_ids: tuple[str, ...] = ()
    lines: tuple[ConfirmedLine, ...] = ()
    effective_bill_date: date | None = None
    account: str | None = None
    account_telephone: str | None = None
    representative: str | None = None
    representative_telephone: str | None = None
    provider_activity: tuple[str, ...] = ()
    remarks: str | None = None
    facility: Literal["available"] = "available"
    cut_is_free: bool = False
    charges: tuple[tuple[str, int | None], ...] = ()
    access: AccessConfirmation | None = None
    """What only the confirmation of an ASR has."""


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
    errors: tuple[AccessError, ...] = ()
    """Errors of an ASR that were found at the same time."""


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
    """Service order completion (12.2.1.1.5).

    Attributes:
        tested: the results of tests were read to the CLEC (9.2.2.9.2.2).
        losing_carrier: company code of the carrier that the service was taken from, if the provider knows better than
            the request.
        losing_order_number: the service order that disconnected it there.
    """

    ver: str | None
    completed_on: date
    order_number: str | None = None
    circuit_ids: tuple[str, ...] = ()
    remarks: str | None = None
    tested: bool = False
    further_dispatch: bool = False
    """SDI of an ASR: somebody must be sent once more."""
    charges: tuple[tuple[str, int | None], ...] = ()
    losing_carrier: str | None = None
    losing_order_number: str | None = None


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
class Expedite:
    """Whether the expedite that the order asks for is granted (9.1.15.2, 9.1.12).

    Attributes:
        granted: whether resources and the criteria allow it, and nobody else's due date is put off by it.
        text: why, in words.
    """

    ver: str | None
    granted: bool
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """A party is ready at the appointment of a coordinated installation (9.2.2.9.3, 9.2.2.9.4)."""

    ver: str | None
    ready: Cause


class Milestone(StrEnum):
    """What happens to an order that changes no state, but stands in its history, and may end a clock or begin one."""

    PORT_TRIGGER_SET = "port-trigger-set"
    PORT_TRIGGER_REMOVED = "port-trigger-removed"
    UNLOCK_SENT = "unlock-sent"
    TEST_RESULTS_SENT = "test-results-sent"
    TIME_AGREED = "time-agreed"
    """The time under negotiation is agreed; the FOC may follow later."""
    RATE_QUOTE_ASKED = "rate-quote-asked"
    """The CLEC asked for the rate of an individual case."""
    RATE_QUOTED = "rate-quoted"
    """That rate was quoted in writing."""
    CONSTRUCTION_PAID = "construction-paid"
    """The construction charge was paid: the application counts from then."""
    COMMINGLING_READY = "commingling-ready"
    """The ILEC's own work for a commingled arrangement is done: the application counts from then."""
    CLEC_LOOP_INSTALLED = "clec-loop-installed"
    """The CLEC's own loop to a ported number is confirmed to be installed."""
    COMPLETION_CALLED = "completion-called"
    """The CLEC was called, and told that the work is complete, and when."""
    RESTORAL_BEGUN = "restoral-begun"
    """The conversion of numbers failed, the CLEC asked for restoral, and it was begun."""
    ORDER_ISSUED = "order-issued"
    """SID: the order is entered in the ILEC's order distribution."""
    RECORDS_ISSUED = "records-issued"
    """RID: design and assignments went to those who do the work."""
    DESIGN_VERIFIED = "design-verified"
    """DVA: they report that all documents are there."""
    OFFICE_TESTED = "office-tested"
    """WOT: the work in the office is done and tested."""
    PLANT_TESTED = "plant-tested"
    """PTD: the test with the CLEC is done."""


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
    Confirm
    | Reject
    | Jeopardy
    | FacilitiesUnavailable
    | Complete
    | Bill
    | Cancel
    | Negotiate
    | Expedite
    | Readiness
    | Clarify
)

_EVENTS: dict[type[Decision], Event] = {
    Confirm: Event.CONFIRM,
    Reject: Event.REJECT,
    Jeopardy: Event.JEOPARDY,
    Complete: Event.COMPLETE,
    Bill: Event.BILL,
    Cancel: Event.CANCEL,
    Negotiate: Event.NEGOTIATE,
    Expedite: Event.EXPEDITE,
}


@dataclass(frozen=True, slots=True)
class Done:
    """What a milestone means.

    Attributes:
        trigger: what clocks stop and start on.
        section: what it rests on.
        needs_foc: it can only be reached once there was a FOC.
        applies_anew: the application date becomes the day on which it is reached.
        after_completion: it can be reached when the service is there, too.
    """

    trigger: Trigger
    section: str
    needs_foc: bool = True
    applies_anew: bool = False
    after_completion: bool = False

    def possible(self, standing: Standing) -> bool:
        """Tell whether an order that stands so can reach it."""
        too_soon = self.needs_foc and standing.foc_ver is None
        too_late = standing.state in _OVER or (standing.state in _IN_SERVICE and not self.after_completion)
        return not too_soon and not too_late


_OVER = frozenset({State.CANCELLED, State.REJECTED})
_IN_SERVICE = frozenset({State.COMPLETED, State.BILLED})

_CRITICAL_DATES = "9.6.4.1.6"
MILESTONES = {
    Milestone.PORT_TRIGGER_SET: Done(Trigger.PORT_TRIGGER_SET, "10.2.5.3.1"),
    Milestone.PORT_TRIGGER_REMOVED: Done(Trigger.PORT_TRIGGER_REMOVED, "10.2.5.3.1", after_completion=True),
    Milestone.UNLOCK_SENT: Done(Trigger.UNLOCK_SENT, "10.2.2.12", after_completion=True),
    Milestone.TEST_RESULTS_SENT: Done(Trigger.TEST_RESULTS_SENT, "9.2.2.9.2.2", after_completion=True),
    Milestone.TIME_AGREED: Done(Trigger.TIME_AGREED, "9.2.2.9.7.1", needs_foc=False),
    Milestone.RATE_QUOTE_ASKED: Done(Trigger.RATE_QUOTE_ASKED, "Exhibit I 2.1", needs_foc=False),
    Milestone.RATE_QUOTED: Done(Trigger.RATE_QUOTED, "Exhibit I 2.1", needs_foc=False),
    Milestone.CONSTRUCTION_PAID: Done(Trigger.APPLIED_ANEW, "19.4", needs_foc=False, applies_anew=True),
    Milestone.COMMINGLING_READY: Done(Trigger.APPLIED_ANEW, "9.1.1.8.1", needs_foc=False, applies_anew=True),
    Milestone.CLEC_LOOP_INSTALLED: Done(Trigger.CLEC_LOOP_INSTALLED, "10.2.5.4.7", after_completion=True),
    Milestone.COMPLETION_CALLED: Done(Trigger.COMPLETION_CALLED, "9.2.2.9.1", after_completion=True),
    Milestone.RESTORAL_BEGUN: Done(Trigger.RESTORAL_BEGUN, "10.2.5.4.6", after_completion=True),
    Milestone.ORDER_ISSUED: Done(Trigger.ORDER_ISSUED, _CRITICAL_DATES, needs_foc=False),
    Milestone.RECORDS_ISSUED: Done(Trigger.RECORDS_ISSUED, _CRITICAL_DATES, needs_foc=False),
    Milestone.DESIGN_VERIFIED: Done(Trigger.DESIGN_VERIFIED, _CRITICAL_DATES, needs_foc=False),
    Milestone.OFFICE_TESTED: Done(Trigger.OFFICE_TESTED, _CRITICAL_DATES, needs_foc=False),
    Milestone.PLANT_TESTED: Done(Trigger.PLANT_TESTED, _CRITICAL_DATES, needs_foc=False),
}
"""What each milestone means."""

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
    if isinstance(decision, Clarify):
        return Occurrence(Event.CLARIFY if decision.asks_for_supplement else Event.INFORM, decision.ver)
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
