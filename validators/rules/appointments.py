"""Rules on the hour of the work: appointments, frame due times, coordinated cuts, installation out of hours."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Final

from validators.codes import Code
from validators.messages.field_times import read_time, read_window
from validators.messages.lsr import LocalServiceRequest
from validators.rules.case import Case
from validators.rules.installation import OUT_OF_HOURS
from validators.rules.registry import Found, Scope, content_rule
from validators.verdict import Severity

_WORK: Final = frozenset("NCTVW")
_TIMES: Final = frozenset({"APPTIME", "APPTIME_DDDO", "DFDT"})


@content_rule(
    "appointment-time-required",
    "9.2.2.9.3",
    Code.TIME_MISSING,
    Scope(requisitions=frozenset("A"), activities=_WORK),
)
def appointment_time_required(case: Case) -> Iterable[Found]:
    """A coordinated installation names its appointment time."""
    head = case.message.head
    if head.fields.get("CHC") != "Y" or "APPTIME" in head.fields or "DFDT" in head.fields:
        return ()
    return (
        Found.at(
            head,
            "APPTIME",
            "APPTIME is missing: a coordinated installation (CHC Y) has a specific appointment time.",
            "Send APPTIME, or DFDT where the cut at the frame is meant.",
            also=(head.path_of("CHC"), head.path_of("DFDT")),
        ),
    )


@content_rule("coordinated-cut-needs-frame-time", "12.2.1.1.2", Code.TIME_MISSING, Scope(requisitions=frozenset("BC")))
def frame_time_of_coordinated_cut(case: Case) -> Iterable[Found]:
    """A coordinated hot cut of numbers names its frame due time."""
    head = case.message.head
    if head.fields.get("CHC") != "Y" or "DFDT" in head.fields:
        return ()
    return (
        Found.at(
            head,
            "DFDT",
            "DFDT is missing: a coordinated hot cut (CHC Y) needs the frame due time.",
            "Send DFDT, the time on the due date at which the cut begins.",
            also=(head.path_of("CHC"),),
        ),
    )


@content_rule("appointment-time-valid", "12.2.1.1.2", Code.TIME_NOT_VALID, Scope())
def appointment_time_valid(case: Case) -> Iterable[Found]:
    """An appointment is a time of day, or a window that does not run backward."""
    head = case.message.head
    if _TIMES.isdisjoint(head.fields):
        return ()
    found = [
        Found.at(
            head,
            field,
            f"{field} {text} is no time of day, or runs backward.",
            "Send HHMMAM-HHMMPM, the begin before the end, as in 0800AM-1200PM.",
        )
        for field in ("APPTIME", "APPTIME_DDDO")
        if (text := head.fields.get(field)) is not None and read_window(text) is None
    ]
    if (frame := head.fields.get("DFDT")) is not None and read_time(frame) is None:
        found.append(Found.at(head, "DFDT", f"DFDT {frame} is no time of day.", "Send HHMMAM or HHMMPM, as in 1000AM."))
    return found


@content_rule(
    "out-of-hours-coordinated-request",
    "9.2.4.10.3",
    Code.DEPENDENT_FIELD,
    Scope(requisitions=frozenset("A"), activities=_WORK),
)
def out_of_hours_in_remarks(case: Case) -> Iterable[Found]:
    """A coordinated installation outside the standard hours says so in the remarks."""
    message = case.message
    head = message.head.fields
    if head.get("CHC") != "Y" or not _out_of_hours(case) or OUT_OF_HOURS in head.get("REMARKS", "").upper():
        return ()
    hours = case.agreement.installation_hours
    return (
        Found.at(
            message.head,
            "REMARKS",
            "The coordinated installation lies outside the standard hours "
            f"({hours.begin:%H:%M} to {hours.end:%H:%M} local on business days), and REMARKS does not ask for that.",
            "Write OUT OF HOURS COORDINATED INSTALLATION into REMARKS, or move it into the standard hours.",
            also=(message.head.path_of("DDD"), message.head.path_of("APPTIME"), message.head.path_of("DFDT")),
        ),
    )


@content_rule("maintenance-window", "12.3.23.2", Code.TIME_NOT_VALID, Scope(activities=_WORK), severity=Severity.WARN)
def outside_maintenance(case: Case) -> Iterable[Found]:
    """Work that is asked for while switches are generally maintained is taken, with a warning."""
    terms, desired, head = case.agreement.maintenance, case.message.desired_due_date, case.message.head
    if terms is None or desired is None or _TIMES.isdisjoint(head.fields):
        return ()
    begin = _begin(case.message)
    if begin is None or not terms.holds_at(datetime.combine(desired, begin)):
        return ()
    return (
        Found.at(
            head,
            "APPTIME" if "APPTIME" in head.fields else "DFDT",
            f"At {begin:%H:%M} on {desired:%m-%d-%Y} switches are generally maintained: nights, {terms.begin:%H:%M} "
            f"to {terms.end:%H:%M} and from Saturday night to Monday morning.",
            "Nothing is to be done; another time of day is safer.",
            also=(head.path_of("DDD"),),
        ),
    )


def _out_of_hours(case: Case) -> bool:
    desired = case.message.desired_due_date
    if desired is None:
        return False
    begin = _begin(case.message)
    hours = case.agreement.installation_hours
    worked = case.agreement.calendar.is_business_day(desired)
    return not worked or (begin is not None and not hours.begin <= begin < hours.end)


def _begin(message: LocalServiceRequest) -> time | None:
    window = read_window(message.head.get("APPTIME") or "")
    return window[0] if window else read_time(message.head.get("DFDT"))


RULES = (
    appointment_time_required,
    frame_time_of_coordinated_cut,
    appointment_time_valid,
    out_of_hours_in_remarks,
    outside_maintenance,
)
