"""What is not paid, and what follows from it: holds on orders, disputes, deposits (5.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from validators.agreement.calendar import BusinessCalendar
from validators.agreement.operator_terms import CreditTerms
from validators.agreement.strict import Strict
from validators.registers.entry import Dossier, Entry, Register

_DAY: Final = timedelta(days=1)


class CreditHold(Strict):
    """That orders of a partner are to be stopped. It has no effect before its notice, its delivery and its time."""

    ground: Literal["unpaid", "deposit"] = Field(
        description="`unpaid`: undisputed charges; `deposit`: one that was demanded, or a new one after it was drawn."
    )
    invoiced_on: date | None = Field(None, description="Date of the oldest unpaid invoice; for the ground unpaid.")
    demanded_on: date | None = Field(None, description="Day on which the deposit was demanded; for that ground.")
    amount: float | None = Field(None, gt=0, description="Dollars that are unpaid and not disputed, or demanded.")
    monthly_charges: float | None = Field(None, gt=0, description="Estimated charges of a month, for a deposit.")
    notice_delivered_on: date | None = Field(
        None, description="Day on which the written notice was delivered; without it the hold has no effect."
    )
    notice_by: Literal["personal delivery", "overnight express", "certified mail", "e-mail"] | None = Field(
        None, description="How it was delivered (5.21.1)."
    )

    @model_validator(mode="after")
    def _counts_from_something(self) -> Self:
        if (self.ground == "unpaid") != (self.invoiced_on is not None):
            raise ValueError("the ground unpaid, and only it, goes with invoiced_on")
        if (self.ground == "deposit") != (self.demanded_on is not None):
            raise ValueError("the ground deposit, and only it, goes with demanded_on")
        if (self.notice_delivered_on is None) != (self.notice_by is None):
            raise ValueError("a delivered notice has its day and the way by which it came (5.21.1)")
        return self


class Dispute(Strict):
    """Charges that a partner disputes in good faith."""

    invoiced_on: date = Field(description="Date of the invoice.")
    disputed_on: date = Field(description="Day on which the written notice came.")
    amount: float = Field(gt=0, description="Dollars that are disputed.")
    reason: str = Field(min_length=1, description="Reason and rationale, as the partner gave them.")


class UnpaidCuts(Strict):
    """That managed cuts of a partner are unpaid and not duly disputed (10.2.5.4.4)."""

    amount: float | None = Field(None, gt=0, description="Dollars.")


HOLDS: Final = Register(
    "credit-holds",
    "5.4.2",
    CreditHold,
    "Orders are refused once invoice and notice allow it; withdraw the entry when all is paid.",
    concerns="partner",
)
DISPUTES: Final = Register(
    "disputes",
    "5.4.4",
    Dispute,
    "Charges in dispute: they are no ground of a hold.",
    keyed_by="number of the invoice",
    concerns="partner",
)
UNPAID_CUTS: Final = Register(
    "unpaid-managed-cuts",
    "10.2.5.4.4",
    UnpaidCuts,
    "While it is in force no new managed cut is taken; other ports are.",
    concerns="partner",
)

REGISTERS: Final = (HOLDS, DISPUTES, UNPAID_CUTS)


@dataclass(frozen=True, slots=True)
class CreditDates:
    """What the agreement makes of a hold.

    Attributes:
        due: day by which payment was due, or the deposit was to be paid.
        stops: first day on which orders may be refused; None while no notice is delivered, or none may follow.
        disconnects: first day on which services may be disconnected; None where that is no remedy, or without notice.
        doubts: what a person should look at.
    """

    due: date
    stops: date | None
    disconnects: date | None
    doubts: tuple[str, ...] = ()


def credit_dates(hold: CreditHold, terms: CreditTerms, calendar: BusinessCalendar) -> CreditDates:
    """Reckon when a hold may take effect: after the days of grace, and after the business days of the notice."""
    noticed = hold.notice_delivered_on
    after_notice = None if noticed is None else calendar.add_business_days(noticed, terms.notice_business_days)
    doubts = tuple(_doubts(hold, terms))
    if hold.demanded_on is not None:
        due = hold.demanded_on + timedelta(days=terms.deposit_days)
        return CreditDates(due, _later(due + _DAY, after_notice), None, doubts)
    due = terms.payment_due(hold.invoiced_on or date.min, calendar)
    stops = _later(due + timedelta(days=terms.stop_days) + _DAY, after_notice)
    disconnects = _later(due + timedelta(days=terms.disconnect_days) + _DAY, after_notice)
    return CreditDates(due, stops, disconnects, doubts)


def hold_on(dossier: Dossier, terms: CreditTerms, calendar: BusinessCalendar, day: date) -> Entry[CreditHold] | None:
    """Give a hold that stops orders on `day`; None where none does."""
    for entry in dossier.in_force(HOLDS, day):
        stops = credit_dates(entry.data, terms, calendar).stops
        if stops is not None and stops <= day:
            return entry
    return None


def dispute_doubts(dispute: Dispute, terms: CreditTerms, calendar: BusinessCalendar) -> tuple[str, ...]:
    """Say what is late about a dispute; it is deducted all the same until a person decides."""
    due = terms.payment_due(dispute.invoiced_on, calendar)
    doubts = []
    if dispute.disputed_on > due + timedelta(days=terms.dispute_days):
        doubts.append(f"it came more than {terms.dispute_days} Days after the payment due date {due} (5.4.4)")
    if dispute.disputed_on > dispute.invoiced_on + timedelta(days=terms.retroactive_days):
        doubts.append(f"it adjusts charges from {dispute.disputed_on} on only (5.4.4.3)")
    return tuple(doubts)


def _doubts(hold: CreditHold, terms: CreditTerms) -> Iterator[str]:
    if hold.notice_delivered_on is None:
        yield "no written notice is on record as delivered: it has no effect (5.4.2, 5.21.1)"
    if hold.ground != "deposit" or hold.amount is None:
        return
    if hold.amount > terms.deposit_most:
        yield f"a deposit is never more than ${terms.deposit_most:,} (5.4.7)"
    if hold.monthly_charges is not None and hold.amount > terms.deposit_months * hold.monthly_charges:
        yield f"a deposit is at most {terms.deposit_months} months of estimated charges (5.4.7)"


def _later(earliest: date, after_notice: date | None) -> date | None:
    return None if after_notice is None else max(earliest, after_notice)
