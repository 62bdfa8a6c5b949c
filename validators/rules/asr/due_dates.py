"""Rules on the desired due date of an ASR, and on asking for an earlier one than the interval gives."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Final

from validators.codes import Code
from validators.messages.field_times import write_date
from validators.registers.trunks import PLANNING_MEETINGS
from validators.rules.asr.case import AsrCase
from validators.rules.asr.needed_fields import ANY_ISSUE, ASOG
from validators.rules.registry import Found, Rule, Scope, content_rule
from validators.verdict import Severity

_WORK: Final = frozenset("NCT")


def standard_days(case: AsrCase) -> int | None:
    """Give the standard interval in business days; None where there is none, or it is set case by case."""
    product, message = case.product, case.message
    if product is None or (message.activity or "") not in _WORK or at_new_switch(case):
        return None
    return product.interval(message.quantity)


def earliest_due_date(case: AsrCase) -> date | None:
    """Give the earliest due date without an expedite; None where no interval tells it."""
    days = standard_days(case)
    return None if days is None else case.agreement.calendar.add_business_days(case.application_date, days)


def at_new_switch(case: AsrCase) -> bool:
    """Say whether these are the first trunks to a switch, as its planning meeting has it (7.4.6)."""
    message = case.message
    switch = message.of_service("CSL") or message.field("ADMIN", "PSL")
    if message.group_activity != "C" or switch is None:
        return False
    met = case.partner.dossier.last(PLANNING_MEETINGS, case.application_date, switch)
    return met is not None and not met.data.established


@content_rule("asr-due-date-past", ASOG, Code.DUE_DATE_PAST, ANY_ISSUE)
def due_date_past(case: AsrCase) -> Iterable[Found]:
    """No work is asked for before the request counts as applied for, and no billing stops before it."""
    desired, applied = case.message.desired_due_date, case.application_date
    if desired is None or desired >= applied:
        return ()
    return (
        Found.at(
            case.message.head,
            "DDD",
            f"DDD {write_date(desired)} lies before the application date {write_date(applied)}.",
            f"Send {write_date(applied)} or a later day.",
        ),
    )


def _too_early(case: AsrCase) -> Iterable[Found]:
    """A day before the end of the standard interval is asked for as an expedite (EXP Y), together with that day."""
    desired, earliest = case.message.desired_due_date, earliest_due_date(case)
    if desired is None or earliest is None or not case.application_date <= desired < earliest:
        return ()
    if case.message.field("ADMIN", "EXP") == "Y":
        return ()
    return (
        Found.at(
            case.message.head,
            "DDD",
            f"DDD {write_date(desired)} is shorter than the standard interval, which ends on {write_date(earliest)}.",
            f"Send {write_date(earliest)} or later, or ask for the expedite with EXP Y.",
            also=(case.message.head.path_of("EXP"),),
        ),
    )


def _expedite(rule_id: str, section: str, product: str) -> Rule[AsrCase]:
    scope = Scope(family="asr", products=frozenset({product}), supplements=frozenset({None, "2", "3", "4"}))
    return content_rule(rule_id, section, Code.DUE_DATE_TOO_EARLY, scope)(partial(_too_early))


trunks_expedite = _expedite("lis-expedite-fields", "7.3.5.2.1", "lis")
transport_expedite = _expedite("asr-expedite-of-transport", "9.1.15.1", "udit")


@content_rule(
    "lis-expedite-charge",
    "7.3.5.2",
    Code.INDIVIDUAL_CASE,
    Scope(family="asr", products=frozenset({"lis"}), supplements=frozenset({None, "2", "3", "4"})),
    Severity.WARN,
)
def expedite_charge(case: AsrCase) -> Iterable[Found]:
    """An approved expedite is charged for each day by which the interval is shortened."""
    desired, earliest = case.message.desired_due_date, earliest_due_date(case)
    if case.message.field("ADMIN", "EXP") != "Y" or desired is None or earliest is None or desired >= earliest:
        return ()
    return (
        Found.at(
            case.message.head,
            "EXP",
            f"If the expedite is approved, {(earliest - desired).days} days are charged.",
            "Nothing is to be done if the charge is accepted; else send a later day without EXP.",
        ),
    )


RULES = (due_date_past, trunks_expedite, transport_expedite, expedite_charge)
