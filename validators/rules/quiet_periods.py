"""Rules on quiet periods: what is issued or dated while a switch or frame is converted (12.3.24.7)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from validators.codes import Code
from validators.messages.field_times import write_date
from validators.messages.lsr import NEW_DATE, PORT
from validators.registers.windows import Closure, first_open_day, quiet_periods
from validators.rules.case import Case, RecordCase
from validators.rules.emergencies import EMERGENCY, emergency_with_reason
from validators.rules.intervals import earliest_due_date
from validators.rules.lsr_case import exchanges_of
from validators.rules.registry import Found, Scope, content_rule, record_rule
from validators.rules.wire_centers import serving_and_far
from validators.verdict import Severity

_DISCONNECT: Final = "D"
_RECORD: Final = "R"
_PORTS: Final = Scope(requisitions=frozenset("BC"), activities=frozenset("VZ"), supplements=frozenset({NEW_DATE}))
_AROUND: Final = timedelta(days=1)


@content_rule("quiet-period-reject", "12.3.24.7.4", Code.QUIET_PERIOD, Scope())
def outside_quiet_period(case: Case) -> Iterable[Found]:
    """An LSR is neither issued in a quiet period of its location nor dated into one, unless it is exempt."""
    closed = _closures(case)
    if not closed or _exempt(case) or _emergency(case):
        return ()
    issued = case.agreement.calendar.local_date(case.received_at)
    at_issue = next((closure for closure in closed if issued in closure.window), None)
    desired = case.message.desired_due_date
    at_date = next((closure for closure in closed if desired is not None and desired in closure.window), None)
    closure = at_issue or at_date
    if closure is None:
        return ()
    return (_refused(case, closure, closed, issued, dated=at_issue is None),)


def _refused(case: Case, closure: Closure, closed: Iterable[Closure], issued: date, *, dated: bool) -> Found:
    head, calendar = case.message.head, case.agreement.calendar
    issue_on = first_open_day(issued, closed)
    wanted = max(issue_on, earliest_due_date(case), case.message.desired_due_date or issue_on)
    lawful = calendar.business_day_on_or_after(first_open_day(wanted, closed))
    what = "is dated into" if dated else "was issued in"
    unless = " EMERGENCY in REMARKS needs its reason beside it." if case.message.remarks_say(EMERGENCY) else ""
    when = "" if issue_on == issued else f"Issue it on {write_date(issue_on)} or later. "
    return Found.at(
        head,
        "DDD",
        f"The request {what} the quiet period {write_date(closure.window.first)} to {write_date(closure.window.last)} "
        f"of the {closure.conversion.kind} at {closure.wire_center}.{unless}",
        f"{when}The earliest lawful due date is {write_date(lawful)}.",
        also=(head.path_of("LST"),),
    )


@content_rule("quiet-period-exempt", "12.3.24.7", Code.QUIET_PERIOD, Scope(), severity=Severity.DEFER)
def emergency_order(case: Case) -> Iterable[Found]:
    """An emergency order with its reason is taken in a quiet period, and a person looks at it first."""
    if not _emergency(case) or _exempt(case):
        return ()
    closed, desired = _closures(case), case.message.desired_due_date
    issued = case.agreement.calendar.local_date(case.received_at)
    if not any(issued in closure.window or (desired and desired in closure.window) for closure in closed):
        return ()
    return (
        Found.at(
            case.message.head,
            "REMARKS",
            "The request is an emergency order in a quiet period: a person decides about it.",
            "Nothing is to be done; a confirmation or a reject follows.",
        ),
    )


@content_rule(
    "quiet-disconnect-deferred",
    "12.3.24.7.5",
    Code.QUIET_PERIOD,
    Scope(activities=frozenset(_DISCONNECT)),
    severity=Severity.WARN,
)
def disconnect_worked_later(case: Case) -> Iterable[Found]:
    """A disconnect that is issued in a quiet period is taken, and worked once the period is over."""
    closed = _closures(case)
    issued = case.agreement.calendar.local_date(case.received_at)
    closure = next((closure for closure in closed if issued in closure.window), None)
    if closure is None:
        return ()
    worked = first_open_day(issued, closed)
    return (
        Found.at(
            case.message.head,
            "DDD",
            f"The {closure.conversion.kind} at {closure.wire_center} is converted: the disconnect is worked after the "
            f"quiet period, from {write_date(worked)} on, whatever its date.",
            "Nothing is to be done.",
        ),
    )


@record_rule("quiet-lnp-change-noon", "12.3.24.7.6", Code.QUIET_PERIOD, _PORTS, severity=Severity.WARN)
def change_is_an_emergency_order(case: RecordCase) -> Iterable[Found]:
    """A new date for a port that is scheduled in a quiet period is handled as an emergency order."""
    scheduled = _scheduled_in_quiet(case)
    if scheduled is None or case.agreement.conversions is None:
        return ()
    return (
        Found(
            f"{case.facts.top}/DDD",
            None,
            f"The port was scheduled for {write_date(scheduled)}, in a quiet period: the change is handled as an "
            "emergency order.",
            "Nothing is to be done.",
        ),
    )


@record_rule("quiet-lnp-change-late", "12.3.24.7.7", Code.QUIET_PERIOD, _PORTS)
def late_change_needs_a_call(case: RecordCase) -> Iterable[Found]:
    """After noon of the day before, such a change needs a call; after noon of the day after, none is taken."""
    scheduled, terms = _scheduled_in_quiet(case), case.agreement.conversions
    if scheduled is None or terms is None:
        return ()
    received = case.agreement.calendar.local(case.facts.received_at).replace(tzinfo=None)
    by_supplement = datetime.combine(scheduled - _AROUND, terms.port_change_until)
    by_call = datetime.combine(scheduled + _AROUND, terms.port_change_until)
    if received <= by_supplement or (received <= by_call and case.facts.call_reference):
        return ()
    if received <= by_call:
        cure = f"Call the service center before {by_call:%m-%d-%Y %H:%M}, and write CALL REF and its answer in REMARKS."
    else:
        cure = "Escalate to the service center; the port can be changed no more."
    return (
        Found(
            f"{case.facts.top}/SUP",
            case.facts.supplement_type,
            f"The port is scheduled for {write_date(scheduled)}, in a quiet period: a supplement changes it until "
            f"{by_supplement:%m-%d-%Y %H:%M}, with a call until {by_call:%m-%d-%Y %H:%M}.",
            cure,
            also=(f"{case.facts.top}/REMARKS",),
        ),
    )


def _scheduled_in_quiet(case: RecordCase) -> date | None:
    standing = case.standing
    scheduled = standing.due_date or standing.desired_due_date
    if scheduled is None or case.agreement.conversions is None:
        return None
    place = (case.facts.wire_center or "")[:8]
    closed = quiet_periods(standing.dossier, case.agreement.conversions, [place] if place else [], case.facts.exchanges)
    return scheduled if any(scheduled in closure.window for closure in closed) else None


def _closures(case: Case) -> tuple[Closure, ...]:
    dossier, terms = case.partner.dossier, case.agreement.conversions
    if terms is None or dossier.empty:
        return ()
    ends = [end for end in serving_and_far(case.message) if end]
    return quiet_periods(dossier, terms, ends[:1], exchanges_of(case.message))


def _exempt(case: Case) -> bool:
    """Whether it only disconnects, a port alone included, or only changes records."""
    message = case.message
    return message.activity in (_DISCONNECT, _RECORD) or (message.requisition_type or "")[:1] == PORT


def _emergency(case: Case) -> bool:
    """Whether REMARKS say that it is an emergency order, and something beside that: why."""
    return emergency_with_reason(case.message.head.fields.get("REMARKS"))


RULES: Final = (outside_quiet_period, emergency_order, disconnect_worked_later)
RECORD_RULES: Final = (change_is_an_emergency_order, late_change_needs_a_call)
