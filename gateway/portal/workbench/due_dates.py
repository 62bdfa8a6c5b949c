"""The due date of a FOC, looked at before it is sent: what is proposed and why, what is refused, what is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gateway.record.rows import Order
from gateway.services.access_decisions import check_embargo
from gateway.services.desk import Desk
from gateway.services.due_date import committed_due_date, doubts_about, earliest_due_date
from gateway.services.refusals import DecisionRefused


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be known of one due date.

    Attributes:
        business_days: between the application date and it.
        refused: why no FOC may commit to it.
        doubts: what a person should be sure of.
    """

    due: date
    business_days: int
    refused: tuple[Mapping[str, Any], ...]
    doubts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DueDates:
    """What the due date of an order follows from.

    Attributes:
        applied: the application date.
        interval: the standard interval in business days; None where there is none.
        earliest: the earliest day by that interval.
        wished: DDD.
        proposed: to which the FOC commits if nobody says otherwise; None where nothing tells one.
    """

    applied: date
    interval: int | None
    earliest: date | None
    wished: date | None
    proposed: date | None


class DueDateDesk:
    """Looks at due dates by the calendar, the registers and the intervals of the order's agreement."""

    def __init__(self, desk: Desk, order: Order) -> None:
        self._order = order
        self._agreement = desk.agreement_of(order)
        self._dossier = desk.dossier_of(order.partner_id)

    def known(self) -> DueDates:
        """Give what the due date follows from."""
        order = self._order
        return DueDates(
            applied=self._applied,
            interval=order.facts.get("interval_days"),
            earliest=earliest_due_date(self._agreement, order),
            wished=order.desired_due_date,
            proposed=self._proposed(),
        )

    def check(self, due: date, now: datetime) -> Checked:
        """Look at a due date before a FOC commits to it."""
        refused: tuple[Mapping[str, Any], ...] = ()
        try:
            committed_due_date(self._agreement, self._order, due, self._dossier)
            check_embargo(self._order, self._agreement, self._dossier, due)
        except DecisionRefused as why:
            refused = tuple(finding.as_json() for finding in why.findings)
        calendar = self._agreement.calendar
        doubts = doubts_about(self._agreement, self._order, due, calendar.local_date(now))
        return Checked(
            due,
            calendar.business_days_between(self._applied, due) if due > self._applied else 0,
            refused,
            tuple(doubt.as_json() for doubt in doubts),
        )

    @property
    def _applied(self) -> date:
        return self._agreement.calendar.local_date(self._order.application_at or self._order.received_at)

    def _proposed(self) -> date | None:
        try:
            return committed_due_date(self._agreement, self._order, None, self._dossier)
        except DecisionRefused:
            return None
