"""The due date of an order: given by the back end, or reckoned from the standard interval and what the CLEC wishes."""

from datetime import date

from gateway.record.rows import Order
from gateway.services.refusals import DecisionRefused
from validators.agreement.terms import Agreement
from validators.codes import Code
from validators.registers.entry import EMPTY, Dossier
from validators.registers.windows import first_open_day, quiet_periods
from validators.verdict import Finding, Severity

_EXEMPT = frozenset("DR")
"""Disconnects and changes of records, which quiet periods do not bind."""


def committed_due_date(agreement: Agreement, order: Order, given: date | None, dossier: Dossier = EMPTY) -> date:
    """Give the due date of a FOC: `given`, else the desired one, but none sooner than the interval allows (9.2.4.4).

    None lies in a quiet period either (12.3.24.7), where that binds the order.

    Raises:
        DecisionRefused: `given` lies in a quiet period or before the application date; or none is given and no
            interval tells one.
    """
    applied = agreement.calendar.local_date(order.application_at or order.received_at)
    if given is not None:
        if given < applied:
            raise DecisionRefused(order.id, (_too_early(given, applied),))
        lawful = _open_day(agreement, order, given, dossier)
        if lawful != given:
            raise DecisionRefused(order.id, (_quiet(given, lawful),))
        return given
    earliest = earliest_due_date(agreement, order)
    if earliest is None or (order.facts.get("expedite") and order.facts.get("expedite_granted") is not False):
        raise DecisionRefused(order.id, (_not_told(order),))
    return _open_day(agreement, order, max(earliest, order.desired_due_date or earliest), dossier)


def earliest_due_date(agreement: Agreement, order: Order) -> date | None:
    """Give the earliest due date without an expedite, that of conditioning where needed; None without an interval."""
    facts, product = order.facts, agreement.product(order.product)
    applied = agreement.calendar.local_date(order.application_at or order.received_at)
    answer = facts.get("facilities") or {}
    terms = product.conditioning if product else None
    conditioned = facts.get("conditioning_approved") and (answer.get("load_coils") or answer.get("bridged_tap"))
    if conditioned and terms is not None and terms.business_days is not None:
        return agreement.calendar.add_business_days(applied, terms.business_days)
    if facts.get("interval_from") is None or facts.get("interval_days") is None:
        return None
    start = max(date.fromisoformat(facts["interval_from"]), applied)
    return agreement.calendar.add_business_days(start, facts["interval_days"])


def doubts_about(agreement: Agreement, order: Order, due: date, today: date) -> tuple[Finding, ...]:
    """Give what a person should know before a FOC commits to `due`: each is lawful, and perhaps a slip of the pen."""
    off, earliest, wished = agreement.calendar.off_day(due), earliest_due_date(agreement, order), order.desired_due_date
    found = []
    if off is not None:
        working = agreement.calendar.business_day_on_or_after(due)
        found.append(
            _doubt(
                "4.0, 9.23.5.4", Code.DUE_DATE_NOT_WORKED, due, f"{due} is no business day: {off}", f"next: {working}"
            )
        )
    if due < today:
        found.append(
            _doubt("9.2.4.4.1", Code.DUE_DATE_PAST, due, f"{due} lies before today", f"give {today} or a later day")
        )
    if earliest is not None and due < earliest:
        text = f"{due} is sooner than the standard interval, which ends on {earliest}"
        found.append(
            _doubt("9.2.4.4", Code.DUE_DATE_TOO_EARLY, due, text, "see that it can be kept: the FOC commits to it")
        )
    expected = max(filter(None, (earliest, wished)), default=None)
    if expected is not None and due > agreement.calendar.business_day_on_or_after(expected):
        text = f"{due} is later than what the CLEC may expect, which is {expected}"
        found.append(_doubt("9.2.4.4.1", Code.DUE_DATE_NOT_WORKED, due, text, "tell the reason in the remarks"))
    return tuple(found)


def _open_day(agreement: Agreement, order: Order, day: date, dossier: Dossier) -> date:
    """Give `day`, or the first business day after the quiet periods of the order's location in which it lies."""
    facts = order.facts
    if dossier.empty or order.activity in _EXEMPT or order.product == "lnp" or facts.get("emergency"):
        return day
    place = str(facts.get("wire_center") or "")[:8]
    closed = quiet_periods(dossier, agreement.conversions, [place] if place else [], facts.get("exchanges") or ())
    if not any(day in closure.window for closure in closed):
        return day
    return agreement.calendar.business_day_on_or_after(first_open_day(day, closed))


def _quiet(due: date, lawful: date) -> Finding:
    return Finding(
        rule="def-desired-versus-due-date",
        section="12.3.24.7.4",
        code=Code.QUIET_PERIOD,
        severity=Severity.REJECT,
        path="/due_date",
        value=due.isoformat(),
        text=f"due_date {due} lies in the quiet period of a conversion",
        cure=f"give {lawful} or a later day",
    )


def _doubt(section: str, code: Code, due: date, text: str, cure: str) -> Finding:
    return Finding(
        rule="due-date-of-confirmation",
        section=section,
        code=code,
        severity=Severity.WARN,
        path="/due_date",
        value=due.isoformat(),
        text=text,
        cure=cure,
    )


def _too_early(due: date, earliest: date) -> Finding:
    return Finding(
        rule="due-date-after-application",
        section="9.2.4.4",
        code=Code.DUE_DATE_PAST,
        severity=Severity.REJECT,
        path="/due_date",
        value=due.isoformat(),
        text=f"due_date {due} lies before the application date {earliest}",
        cure=f"give {earliest} or a later day",
    )


def _not_told(order: Order) -> Finding:
    return Finding(
        rule="due-date-of-confirmation",
        section="9.2.4.4.1",
        code=Code.FIELD_MISSING,
        severity=Severity.REJECT,
        path="/due_date",
        value=None,
        text=f"due_date is missing: no standard interval tells it for order {order.id}, or an expedite is undecided",
        cure="give the due date to which the FOC commits, or decide the expedite first",
    )
