"""Rules on the dates that a request asks for. Each finding names the earliest lawful date."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.messages.field_times import read_date, write_date
from validators.rules.case import Case
from validators.rules.intervals import earliest_due_date, standard_interval
from validators.rules.registry import Found, Scope, content_rule
from validators.verdict import Severity

_DATE_FIELDS: Final = ("DDDO", "DDD_CC", "DATED", "D_TSENT", "D_TREC")
_LOOPS: Final = frozenset("AB")
_WORK: Final = frozenset("NCTVW")
"""ACT codes that need work on the due date; on a disconnect the date only ends billing."""


@content_rule("date-exists", "12.2.1.1.2", Code.DATE_NOT_REAL, Scope())
def date_exists(case: Case) -> Iterable[Found]:
    """Every date on the administrative form is a day of the calendar."""
    head = case.message.head
    unreal = [
        field for field in _DATE_FIELDS if (text := head.fields.get(field)) is not None and read_date(text) is None
    ]
    if case.message.desired_due_date is None and "DDD" in head.fields:
        unreal.append("DDD")
    return [
        Found.at(
            head, field, f"{field} is {head.fields[field]}: there is no such day.", "Send a day that the calendar has."
        )
        for field in unreal
    ]


@content_rule("desired-due-date-past", "9.2.4.4", Code.DUE_DATE_PAST, Scope())
def due_date_past(case: Case) -> Iterable[Found]:
    """The desired due date does not lie before the application date."""
    desired = case.message.desired_due_date
    if desired is None or desired >= case.application_date:
        return ()
    earliest = earliest_due_date(case)
    return (
        Found.at(
            case.message.head,
            "DDD",
            f"DDD {write_date(desired)} lies before the application date {write_date(case.application_date)}.",
            f"Send {write_date(earliest)} or later: the earliest date without an expedite.",
        ),
    )


@content_rule(
    "expedite-request-on-order",
    "9.1.15.1",
    Code.DUE_DATE_TOO_EARLY,
    Scope(requisitions=_LOOPS, activities=_WORK, supplements=frozenset({None})),
)
def interval_or_expedite(case: Case) -> Iterable[Found]:
    """A desired due date shorter than the standard interval asks for the expedite: EXP = Y.

    A supplement may also keep the date that is set, which only the record knows: `expedite-what-counts` judges it.
    """
    desired, head = case.message.desired_due_date, case.message.head
    if desired is None or desired < case.application_date or head.fields.get("EXP") == "Y":
        return ()
    interval = standard_interval(case)
    if interval is None or desired >= interval.earliest:
        return ()
    return (
        Found.at(
            head,
            "DDD",
            f"DDD {write_date(desired)} is shorter than the standard interval of {interval.business_days} business "
            f"days from the application date {write_date(case.application_date)}.",
            f"Send {write_date(interval.earliest)} or later, or ask for the expedite "
            "and accept its charges with EXP Y.",
            also=(head.path_of("EXP"),),
        ),
    )


@content_rule(
    "due-date-on-business-day",
    "9.2.4.10.1",
    Code.DUE_DATE_NOT_WORKED,
    Scope(requisitions=_LOOPS, activities=_WORK),
)
def due_date_on_business_day(case: Case) -> Iterable[Found]:
    """A loop is installed on a business day, unless an out of hours coordinated installation is asked for."""
    desired, head = case.message.desired_due_date, case.message.head
    calendar = case.agreement.calendar
    if desired is None or calendar.is_business_day(desired) or head.fields.get("CHC") == "Y":
        return ()
    lawful = calendar.business_day_on_or_after(max(desired, earliest_due_date(case)))
    return (
        Found.at(
            head,
            "DDD",
            f"DDD {write_date(desired)} is {_off_day(calendar.off_day(desired))}: installation is on business days.",
            f"Send {write_date(lawful)} or later, "
            "or ask for an out of hours coordinated installation (CHC Y, its time, REMARKS).",
            also=(head.path_of("CHC"),),
        ),
    )


@content_rule(
    "port-interval",
    "10.2.5.2",
    Code.DUE_DATE_TOO_EARLY,
    Scope(requisitions=frozenset("C"), activities=frozenset("VZ")),
    severity=Severity.WARN,
)
def port_interval(case: Case) -> Iterable[Found]:
    """A port sooner than its standard interval is told so; any date on which the trigger can be set is lawful."""
    desired, head = case.message.desired_due_date, case.message.head
    if desired is None or desired < case.application_date or head.fields.get("EXP") == "Y":
        return ()
    interval = standard_interval(case)
    if interval is None or desired >= interval.earliest:
        return ()
    days = "1 business day" if interval.business_days == 1 else f"{interval.business_days} business days"
    return (
        Found.at(
            head,
            "DDD",
            f"DDD {write_date(desired)} is sooner than the standard interval of {days} from "
            f"{write_date(interval.counted_from)}.",
            f"Expect {write_date(interval.earliest)} in the confirmation, unless the trigger can be set sooner; "
            "EXP Y asks for that.",
            also=(head.path_of("EXP"),),
        ),
    )


def _off_day(reason: str | None) -> str:
    return f"a {reason}" if reason in ("Saturday", "Sunday") else str(reason)


RULES = (date_exists, due_date_past, interval_or_expedite, port_interval, due_date_on_business_day)
