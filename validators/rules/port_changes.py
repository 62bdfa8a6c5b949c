"""The rule on changes of a port around its due date: until the evening of that day by supplement, then by call."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

from validators.codes import Code
from validators.messages.field_times import write_date
from validators.messages.lsr import CANCEL, NEW_DATE, OTHER_CHANGE
from validators.rules.case import CLOSED_STATES, RecordCase
from validators.rules.registry import Found, Scope, record_rule

_ID: Final = "port-change-after-due-date"


@record_rule(
    _ID,
    "10.2.5.3.1",
    Code.ORDER_CLOSED,
    Scope(requisitions=frozenset("C"), supplements=frozenset({CANCEL, NEW_DATE, OTHER_CHANGE})),
)
def change_in_time(case: RecordCase) -> Iterable[Found]:
    """A port is re-dated or cancelled until the evening of its due date, then until noon with a call to the center."""
    due, state = case.standing.due_date, case.standing.state
    evening, noon = _time(case, "supplement_until"), _time(case, "call_until")
    if due is None or evening is None or noon is None or state in CLOSED_STATES:
        return ()
    calendar = case.agreement.calendar
    received = calendar.local(case.facts.received_at)
    last_call = _at(calendar.next_business_day(due), noon)
    plain = received.replace(tzinfo=None)
    if plain <= _at(due, evening) or (case.facts.call_reference and plain <= last_call):
        return ()
    when = f"{evening:%H:%M} on the due date {write_date(due)}"
    if plain > last_call:
        cure = "Send a new request under another PON."
        text = f"The port could be changed until {when}, and by call until {last_call:%m-%d-%Y %H:%M}."
    else:
        cure = (
            f"Call the service center before {last_call:%m-%d-%Y %H:%M}, and write CALL REF and its answer in REMARKS."
        )
        text = f"A supplement alone changes a port until {when}; after that the service center must be called."
    return (
        Found(f"{case.facts.top}/SUP", case.facts.supplement_type, text, cure, also=(f"{case.facts.top}/REMARKS",)),
    )


def _time(case: RecordCase, name: str) -> time | None:
    text = case.agreement.setting(_ID).params.get(name)
    return time.fromisoformat(text) if isinstance(text, str) else None


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour)


RULES = (change_in_time,)
