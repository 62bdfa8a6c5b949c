"""The life cycle of an LSR order, as a table.

Where the agreement is silent, the table takes these readings:

- **A rejected version orders nothing, and takes nothing back.** A later version that intake refuses never came into
  force: the order goes on under the earlier version, its FOC and its clocks included. If the later version was accepted
  and then rejected by the ILEC, what the ILEC had told the CLEC about the earlier version (its FOC, its jeopardy, that
  it is kept pending) stands again, since 9.2.4.4.1 makes the due date of a FOC a commitment that only a jeopardy and a
  new FOC change. A version that was replaced before the ILEC answered it does not come back.
- **One outcome a version.** A rejected version is not confirmed, a confirmed one is not rejected: after the FOC it is a
  jeopardy (12.2.1.1.6). Before the FOC nothing is in jeopardy, unless an engineering job brings the facilities
  (9.1.2.1.3).
- **Another due date needs a jeopardy first, then the new FOC** (9.2.4.4.1 wants both).
- **Lack of facilities has three outcomes**: pending (9.2.2.16), an engineering job and a jeopardy (9.1.2.1.3,
  9.1.2.1.3.1), or a reject that cancels (9.1.2.1.3.2). An order that was kept pending in vain ends with such a reject
  (reading of 9.2.2.16, which does not say how it ends).
- **At the appointment of a coordinated installation the ILEC contacts the CLEC** (9.2.2.9.3, 9.2.2.9.4), so its own
  readiness is told first. A CLEC that is not ready in its time must supplement for a new date, which is a jeopardy of
  its making. An ILEC that is not ready waives its charge; a jeopardy follows only if the day passes too.
- **The ILEC cancels 30 Days after the original due date only if the CLEC or its end user was not ready** (9.1.12 f); an
  order that is late by the ILEC's own doing stays.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from gateway.lifecycle.machine import Because, Guard, Machine, Occurrence, Step, Table
from gateway.lifecycle.standing import Standing
from gateway.lifecycle.vocabulary import Cause, Event, NoticeKind, State, Trigger


def _resumes(state: State) -> Guard:
    return Guard(
        name=f"an earlier version stands as {state}",
        otherwise="No earlier version stands",
        holds=lambda standing: standing.resumes is not None and standing.resumes.state is state,
    )


_HAS_FOC = Guard(
    name="a FOC is in force",
    otherwise="No FOC was ever sent for this version, so there is nothing to complete: confirm it first",
    holds=lambda standing: standing.foc_ver is not None,
)
_CUSTOMER_NOT_READY = Guard(
    name="the CLEC or its end user was not ready",
    otherwise="The delay is not of the CLEC's or its end user's making, so the order is not cancelled after 30 Days",
    holds=lambda standing: standing.cause is Cause.CLEC,
)

_ILEC_IS_READY = Guard(
    name="the ILEC is ready at the appointment",
    otherwise="At the appointment the ILEC contacts the CLEC, so its own readiness comes first",
    holds=lambda standing: standing.ilec_ready,
)

_REJECT = Step(State.REJECTED, Trigger.REJECTED, NoticeKind.REJECT, "12.2.1.1.6")
_REJECT_LATER_VERSION = (
    replace(_REJECT, to=State.CONFIRMED, also_triggers=(Trigger.CONFIRMED,), when=_resumes(State.CONFIRMED)),
    replace(_REJECT, to=State.JEOPARDY, also_triggers=(Trigger.JEOPARDY,), when=_resumes(State.JEOPARDY)),
    replace(
        _REJECT,
        to=State.PENDING_FACILITIES,
        also_triggers=(Trigger.FACILITIES_UNAVAILABLE,),
        when=_resumes(State.PENDING_FACILITIES),
    ),
    _REJECT,
)
_CONFIRM = Step(State.CONFIRMED, Trigger.CONFIRMED, NoticeKind.FOC, "9.2.4.4.1")
_NEW_FOC = replace(_CONFIRM, section="9.1.2.1.3.1")
_NEW_VERSION = Step(
    State.ACCEPTED,
    Trigger.SUPERSEDED,
    None,
    "9.2.4.3.1.2.2",
    also_triggers=(Trigger.RECEIVED, Trigger.ACCEPTED),
)
_NEW_DATE = replace(_NEW_VERSION, section="9.1.2.1.3.1")
_CANCELLED_BY_CLEC = Step(State.CANCELLED, Trigger.CANCELLED, NoticeKind.CANCELLED, "9.1.12")
_CANCELLED_BY_ILEC = _CANCELLED_BY_CLEC
_PENDING = Step(State.PENDING_FACILITIES, Trigger.FACILITIES_UNAVAILABLE, NoticeKind.FACILITIES, "9.2.2.16")
_JOB = Step(State.JEOPARDY, Trigger.JEOPARDY, NoticeKind.JEOPARDY, "9.1.2.1.3")
_NO_BUILD = Step(
    State.CANCELLED,
    Trigger.REJECTED,
    NoticeKind.REJECT,
    "9.1.2.1.3.2",
    also_triggers=(Trigger.CANCELLED,),
)
_JEOPARDY = Step(State.JEOPARDY, Trigger.JEOPARDY, NoticeKind.JEOPARDY, "9.2.4.4.1")
_COMPLETE = Step(State.COMPLETED, Trigger.COMPLETED, NoticeKind.SOC, "12.2.1.1.5")


def _from(*states: State, **steps: Step | tuple[Step, ...]) -> dict[tuple[str, str], tuple[Step, ...]]:
    return {
        (state, Event[event.upper()]): step if isinstance(step, tuple) else (step,)
        for state in states
        for event, step in steps.items()
    }


def _in_place(state: State) -> Step:
    """A refused later version leaves the order as it is; no clock moves."""
    return Step(state, None, NoticeKind.REJECT, "12.2.1.1.6")


_LIVE = (State.REJECTED, State.ACCEPTED, State.NEGOTIATING, State.PENDING_FACILITIES, State.CONFIRMED, State.JEOPARDY)
_AWAITING_FOC = (State.ACCEPTED, State.NEGOTIATING, State.PENDING_FACILITIES)

_TABLE: Table = MappingProxyType(
    _from(
        State.RECEIVED,
        accept=Step(State.ACCEPTED, Trigger.ACCEPTED, None, "9.2.4.4"),
        reject=_REJECT,
    )
    | _from(
        *_LIVE,
        supplement_cancel=_CANCELLED_BY_CLEC,
        supplement_date=_NEW_DATE,
        supplement_change=_NEW_VERSION,
        cancel=_CANCELLED_BY_ILEC,
    )
    | {(state, Event.REJECT_SUPPLEMENT): (_in_place(state),) for state in State if state is not State.RECEIVED}
    | _from(State.REJECTED, supersede=_NEW_VERSION)
    | _from(
        *_AWAITING_FOC,
        confirm=_CONFIRM,
        reject=_REJECT_LATER_VERSION,
        facilities_job=_JOB,
        facilities_no_build=_NO_BUILD,
    )
    | {(state, Event.EXPEDITE): (Step(state, None, NoticeKind.STATUS, "9.1.15.2"),) for state in _AWAITING_FOC}
    | _from(State.ACCEPTED, State.NEGOTIATING, facilities_pending=_PENDING)
    | _from(State.ACCEPTED, negotiate=Step(State.NEGOTIATING, Trigger.NEGOTIATING, NoticeKind.STATUS, "9.2.2.9.7.1"))
    | _from(
        State.PENDING_FACILITIES,
        pending_facilities_expired=replace(_NO_BUILD, section="9.2.2.16"),
    )
    | _from(
        State.CONFIRMED,
        jeopardy=_JEOPARDY,
        facilities_job=_JOB,
        complete=_COMPLETE,
        ilec_ready=Step(State.CONFIRMED, Trigger.ILEC_READY, None, "9.2.2.9.3, 9.2.2.9.4"),
        clec_ready=Step(State.CONFIRMED, Trigger.CLEC_READY, None, "9.2.2.9.3, 9.2.2.9.4", when=_ILEC_IS_READY),
        clec_not_ready=replace(_JEOPARDY, section="9.2.2.9.3, 9.2.2.9.4"),
        due_date_missed=replace(_JEOPARDY, trigger=Trigger.DUE_DATE_MISSED, also_triggers=(Trigger.JEOPARDY,)),
    )
    | _from(
        State.JEOPARDY,
        confirm=_NEW_FOC,
        jeopardy=_JEOPARDY,
        facilities_job=_JOB,
        complete=replace(_COMPLETE, when=_HAS_FOC),
        due_date_missed=Step(State.JEOPARDY, Trigger.DUE_DATE_MISSED, None, "9.2.4.4.1"),
        cancel_after_30_days=replace(_CANCELLED_BY_ILEC, when=_CUSTOMER_NOT_READY),
    )
    | _from(State.COMPLETED, bill=Step(State.BILLED, Trigger.BILLED, NoticeKind.BCN, "12.2.1.1.5"))
)

_BEFORE_FOC = Because(
    "Before the FOC no committed due date can be in jeopardy: reject it or tell of the facilities", "9.2.4.4.1"
)
_AFTER_FOC = Because(
    "This version is confirmed, and a confirmed version is not rejected: send a jeopardy", "12.2.1.1.6"
)
_FACILITIES_AFTER_FOC = Because(
    "The FOC said that facilities are assigned: what comes after it is a jeopardy", "9.2.4.3.1.2"
)

_REFUSALS: Mapping[tuple[str, str], Because] = MappingProxyType(
    {
        **{(state, Event.JEOPARDY): _BEFORE_FOC for state in _AWAITING_FOC},
        **{(state, Event.REJECT): _AFTER_FOC for state in (State.CONFIRMED, State.JEOPARDY)},
        **{
            (state, event): _FACILITIES_AFTER_FOC
            for state in (State.CONFIRMED, State.JEOPARDY)
            for event in (Event.FACILITIES_PENDING, Event.FACILITIES_NO_BUILD)
        },
        (State.CONFIRMED, Event.CONFIRM): Because(
            "This version is confirmed already; another due date is told by a jeopardy first, then by a new FOC",
            "9.2.4.4.1",
        ),
        (State.REJECTED, Event.CONFIRM): Because(
            "This version was rejected, and a rejected version is not confirmed: a new version is needed", "12.2.1.1.6"
        ),
        (State.REJECTED, Event.REJECT): Because("This version was rejected already", "12.2.1.1.6"),
        (State.CONFIRMED, Event.BILL): Because("Billing follows the completion of the service order", "12.2.1.1.5"),
        (State.JEOPARDY, Event.BILL): Because("Billing follows the completion of the service order", "12.2.1.1.5"),
        (State.COMPLETED, Event.COMPLETE): Because("The service order is completed already", "12.2.1.1.5"),
        (State.PENDING_FACILITIES, Event.FACILITIES_PENDING): Because("It is kept pending already", "9.2.2.16"),
        (State.CONFIRMED, Event.CANCEL_AFTER_30_DAYS): Because(_CUSTOMER_NOT_READY.otherwise, "9.1.12"),
    }
)

_DONE = "The service was notified as available, so the order can be neither changed nor cancelled: send a new request"

_REFUSALS_BY_STATE: Mapping[str, Because] = MappingProxyType(
    {
        State.RECEIVED: Because("The order is not judged yet", "9.2.4.4"),
        State.REJECTED: Because("The version was rejected; only a new version moves the order on", "12.2.1.1.6"),
        State.ACCEPTED: Because("The FOC is still owed", "9.2.4.4.1"),
        State.NEGOTIATING: Because("A time is being agreed, and the FOC is still owed", "9.2.2.9.7.1"),
        State.PENDING_FACILITIES: Because("The order is kept pending for want of facilities", "9.2.2.16"),
        State.CONFIRMED: Because("The order is confirmed and is to be completed by its due date", "9.2.4.4.1"),
        State.JEOPARDY: Because(
            "The order is in jeopardy and waits for a new FOC, a supplement or its completion", "9.2.4.4.1"
        ),
        State.COMPLETED: Because(_DONE, "9.1.12"),
        State.BILLED: Because(_DONE, "9.1.12"),
        State.CANCELLED: Because("The order is cancelled: send a new request", "9.1.12"),
    }
)

_NEW_VERSIONS = frozenset(
    {
        Event.SUPPLEMENT_CANCEL,
        Event.SUPPLEMENT_DATE,
        Event.SUPPLEMENT_CHANGE,
        Event.SUPERSEDE,
        Event.REJECT_SUPPLEMENT,
    }
)
_KEPT = frozenset({State.CONFIRMED, State.JEOPARDY, State.PENDING_FACILITIES})


def _follow(standing: Standing, step: Step, occurrence: Occurrence) -> Standing:
    if occurrence.event is Event.REJECT_SUPPLEMENT:
        return _after_refused_version(standing, occurrence)
    if occurrence.event in _NEW_VERSIONS:
        return _after_new_version(standing, step, occurrence)
    if step.to is State.CONFIRMED and occurrence.event is Event.CONFIRM:
        return Standing(State.CONFIRMED, standing.ver, foc_ver=standing.ver)
    if occurrence.event is Event.REJECT and standing.resumes is not None:
        return standing.resumes
    if Trigger.JEOPARDY in step.triggers:
        return replace(standing, state=step.to, cause=occurrence.cause or Cause.ILEC)
    ready = standing.ilec_ready or occurrence.event is Event.ILEC_READY
    return replace(standing, state=step.to, ilec_ready=ready)


def _after_refused_version(standing: Standing, occurrence: Occurrence) -> Standing:
    if standing.state is State.REJECTED and occurrence.ver is not None:
        return replace(standing, ver=occurrence.ver)
    return standing


def _after_new_version(standing: Standing, step: Step, occurrence: Occurrence) -> Standing:
    ver = occurrence.ver or standing.ver
    if step.to is State.CANCELLED:
        return replace(standing, state=step.to, ver=ver)
    return Standing(step.to, ver, resumes=standing if standing.state in _KEPT else standing.resumes)


LSR_ORDER = Machine(
    name="LSR order",
    first=State.RECEIVED,
    table=_TABLE,
    refusals=_REFUSALS,
    refusals_by_state=_REFUSALS_BY_STATE,
    brings_version=_NEW_VERSIONS,
    follow=_follow,
    supplements=MappingProxyType(
        {"1": Event.SUPPLEMENT_CANCEL, "2": Event.SUPPLEMENT_DATE, "3": Event.SUPPLEMENT_CHANGE, "": Event.SUPERSEDE}
    ),
    stale_version_section="9.2.4.3.1.2.2",
    unlisted=frozenset(
        {
            Event.REJECT_SUPPLEMENT,
            Event.CLEC_NOT_READY,
            Event.DUE_DATE_MISSED,
            Event.PENDING_FACILITIES_EXPIRED,
            Event.CANCEL_AFTER_30_DAYS,
        }
    ),
)
"""The life cycle of an LSR order."""
