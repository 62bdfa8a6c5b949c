"""Rules on an ASR among the versions of its PON: as those on LSRs, and what the clauses on ASRs add."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from validators.codes import Code
from validators.messages.asr import AccessServiceRequest
from validators.messages.field_times import write_date
from validators.rules import versions
from validators.rules.asr.needed_fields import ASOG
from validators.rules.case import CLOSED_STATES, RecordCase
from validators.rules.registry import Found, Rule, Scope, record_rule
from validators.verdict import Severity

_ANY: Final = Scope(family="asr", supplements=frozenset({None, "1", "2", "3", "4"}))
_CHANGES: Final = Scope(family="asr", supplements=frozenset({None, "2", "3", "4"}))
_CONFIRMED: Final = frozenset({"CONFIRMED", "JEOPARDY"})
_BEFORE_FOC: Final = frozenset({"ACCEPTED", "NEGOTIATING", "PENDING_FACILITIES"})
_AFTER, _BEFORE = "3", "4"


def _same_on_asr(rule: Rule[RecordCase], code: Code, scope: Scope) -> Rule[RecordCase]:
    return record_rule(f"asr-{rule.id}", ASOG, code, scope)(rule.check)


type_required = _same_on_asr(versions.supplement_type_required, Code.SUPPLEMENT_MISSING, _ANY)
without_order = _same_on_asr(versions.supplement_without_order, Code.SUPPLEMENT_NOT_ALLOWED, _ANY)
after_close = _same_on_asr(versions.supplement_after_close, Code.ORDER_CLOSED, _CHANGES)
date_only = _same_on_asr(
    versions.due_date_supplement_only, Code.SUPPLEMENT_TOO_WIDE, Scope(family="asr", supplements=frozenset({"2"}))
)


@record_rule("asr-number-of-order", ASOG, Code.ORDER_NUMBER, _ANY, severity=Severity.WARN)
def number_of_order(case: RecordCase) -> Iterable[Found]:
    """ASR NO, the ILEC's number of the order, comes on no first issue, and on a supplement is that of the order."""
    facts, standing = case.facts, case.standing
    if facts.number is None or (standing.versions and standing.number in (None, facts.number)):
        return ()
    if standing.versions:
        text = f"ASR NO {facts.number} is not the number of the order of PON {facts.pon}, {standing.number}."
    else:
        text = f"ASR NO {facts.number} stands on a first issue: the ILEC gives the number with its answer."
    cure = "Nothing is to be done if PON is right: it names the order."
    return (Found(f"{facts.top}/ASR_NO", facts.number, text, cure, also=(f"{facts.top}/PON",)),)


@record_rule("asr-supplement-phase", ASOG, Code.SUPPLEMENT_NOT_ALLOWED, _CHANGES, severity=Severity.WARN)
def supplement_phase(case: RecordCase) -> Iterable[Found]:
    """What changes before the confirmation is a correction (SUP 4), after it a change (SUP 3); it only warns."""
    facts, state = case.facts, case.standing.state
    wrong = (facts.supplement_type == _AFTER and state in _BEFORE_FOC) or (
        facts.supplement_type == _BEFORE and state in _CONFIRMED
    )
    if not wrong:
        return ()
    right = _BEFORE if facts.supplement_type == _AFTER else _AFTER
    text = f"SUP {facts.supplement_type} came where the order is {state}."
    return (Found(f"{facts.top}/SUP", facts.supplement_type, text, f"Send SUP {right} the next time."),)


@record_rule("asr-fixed-fields", ASOG, Code.SUPPLEMENT_TOO_WIDE, _CHANGES)
def fixed_fields(case: RecordCase) -> Iterable[Found]:
    """A supplement changes neither the customer nor the service nor the activity nor the center that it is sent to."""
    before, facts = case.standing.in_force, case.facts
    if not isinstance(before, AccessServiceRequest) or facts.access is None:
        return
    fixed = (
        ("CCNA", before.ccna, facts.ccna),
        ("REQTYP", before.service_letter, facts.requisition_type[:1]),
        ("ACT", before.activity, facts.activity),
        ("ICSC", before.field("ADMIN", "ICSC"), facts.access.service_center),
    )
    for field, old, new in fixed:
        if (old or "") != (new or ""):
            text = f"{field} was {old or 'absent'} and is {new or 'absent'} now: it is fixed for the life of a request."
            cure = "Cancel this request by SUP 1, and send a new one under another PON."
            yield Found(f"{facts.top}/{field}", new or None, text, cure, also=(f"{facts.top}/SUP",))


def _cancelled(product: str) -> Scope:
    return Scope(family="asr", products=frozenset({product}), supplements=frozenset({"1"}))


def _closed(case: RecordCase) -> Iterable[Found]:
    facts = case.facts
    if case.standing.state not in CLOSED_STATES:
        return ()
    text = f"PON {facts.pon} is {(case.standing.state or '').lower()}: there is nothing pending to cancel."
    cure = "Send a new request with ACT D under another PON to end the service."
    return (Found(f"{facts.top}/SUP", facts.supplement_type, text, cure, also=(f"{facts.top}/PON",)),)


@record_rule("lis-cancel-window", "7.4.8", Code.ORDER_CLOSED, _cancelled("lis"))
def cancel_trunks(case: RecordCase) -> Iterable[Found]:
    """An order for trunks may be cancelled until notice that the service is available."""
    return _closed(case)


def _past_due_or_closed(case: RecordCase) -> Iterable[Found]:
    """An order may be cancelled up to and including its due date."""
    facts, due = case.facts, case.standing.due_date
    received = case.agreement.calendar.local_date(facts.received_at)
    if case.standing.state not in CLOSED_STATES and due is not None and received > due:
        text = f"The due date {write_date(due)} of PON {facts.pon} has passed."
        cure = "Take the service, or end it by a request with ACT D under another PON."
        yield Found(f"{facts.top}/SUP", facts.supplement_type, text, cure, also=(f"{facts.top}/PON",))
    yield from _closed(case)


_UP_TO_DUE_DATE: Final[tuple[Rule[RecordCase], ...]] = tuple(
    record_rule(rule_id, section, Code.ORDER_CLOSED, _cancelled(product))(partial(_past_due_or_closed))
    for rule_id, section, product in (
        ("udit-cancel-window", "9.6.4.1.5", "udit"),
        ("udf-cancel-window", "9.7.3.4", "dark-fiber"),
    )
)


RULES = (
    type_required,
    without_order,
    number_of_order,
    supplement_phase,
    cancel_trunks,
    *_UP_TO_DUE_DATE,
    fixed_fields,
    after_close,
    date_only,
)
