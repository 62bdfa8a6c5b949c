"""Terms of the agreement that count with what operators put on record: conversions, credit, and who may order what."""

from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import Field

from validators.agreement.calendar import BusinessCalendar
from validators.agreement.strict import LocalTime, Strict


class DaysAround(Strict):
    """Days around a conversion date, both ends included."""

    days_before: int = Field(ge=0)
    days_after: int = Field(ge=0)
    section: str


class ConversionTerms(Strict):
    """What a conversion of a switch or frame brings."""

    quiet_period: DaysAround
    embargo: DaysAround
    """For facilities that mirror what exists."""
    embargo_with_changes: DaysAround
    """For a CLEC that asks for added capacity or changed circuits."""
    port_change_until: LocalTime
    """Time of day until which a port in a quiet period is re-dated: by supplement the day before, by call the day
    after."""
    section: str


class RetentionTerms(Strict):
    """How long the record of a transaction is kept, for audits of it."""

    months: int = Field(ge=0)
    """Months after which a transaction is accepted and no longer subject to audit."""
    section: str


class CreditTerms(Strict):
    """When order processing may stop, and services may be disconnected, for what is not paid."""

    payment_days: int = Field(ge=0)
    """Days from the date of the invoice until payment is due."""
    stop_days: int = Field(ge=0)
    """Days that must pass after the payment due date before orders may be refused."""
    disconnect_days: int = Field(ge=0)
    """Days that must pass after it before services may be disconnected."""
    notice_business_days: int = Field(ge=0)
    """Business days between the written notice and either."""
    spared_billing_cycles: int = Field(ge=0)
    """First billing cycles of a new CLEC that no disconnection reaches."""
    dispute_days: int = Field(ge=0)
    """Days after the payment due date in which a dispute is notified."""
    retroactive_days: int = Field(ge=0)
    """Days after the invoice in which a dispute reaches back."""
    deposit_days: int = Field(ge=0)
    """Days after its demand in which a deposit is paid."""
    deposit_months: int = Field(ge=0)
    """Months of charges that a deposit may come to."""
    deposit_most: int = Field(ge=0)
    """Dollars that it may come to at most."""
    section: str

    def payment_due(self, invoiced_on: date, calendar: BusinessCalendar) -> date:
        """Give the day by which an invoice is paid.

        From a Sunday, or a holiday on a Monday, it moves on to the next day that is no holiday; from a Saturday, or a
        holiday on another day, back to the last one (5.4.1).
        """
        due = invoiced_on + timedelta(days=self.payment_days)
        forward = due.weekday() == _SUNDAY or (due.weekday() == _MONDAY and due in calendar.holidays)
        if not forward and due.weekday() != _SATURDAY and due not in calendar.holidays:
            return due
        step = timedelta(days=1 if forward else -1)
        due += step
        while due in calendar.holidays:
            due += step
        return due


class MaintenanceTerms(Strict):
    """When switches are generally maintained: nights that begin Monday to Friday, and the weekend from Saturday on."""

    begin: LocalTime
    """Time of day at which a night, and on Saturday the weekend, begins."""
    end: LocalTime
    """Time of day at which a night, and on Monday the weekend, ends."""
    section: str

    def holds_at(self, local: datetime) -> bool:
        """Say whether a local date and time lies in a window; ends are not included."""
        day, clock = local.weekday(), local.time()
        if day == _SUNDAY or (day == _SATURDAY and clock >= self.begin):
            return True
        # The small hours of a day belong to the night before; those of Saturday to Friday's, of Monday to the weekend.
        return clock < self.end or (day != _SATURDAY and clock >= self.begin)


class OnboardingTerms(Strict):
    """Whether the gateway keeps account of what a CLEC must have done before it orders."""

    tracking: Literal["tracked", "assumed-complete"]
    """`tracked`: what is not on record as done blocks the orders that wait for it; `assumed-complete`: nothing does."""
    rest_of_questionnaire_days: int = Field(ge=0)
    """Days after the first part of the questionnaire in which the rest is finished."""
    rate_loading_days: int = Field(ge=0)
    """Days after a product's questionnaire in which its rates are loaded."""
    section: str


_MONDAY, _SATURDAY, _SUNDAY = 0, 5, 6
