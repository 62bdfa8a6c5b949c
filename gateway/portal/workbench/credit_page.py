"""Credit holds: which stop a CLEC's orders, and how much of the ten business days of its notice has gone by."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gateway.portal.pages import Asked, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.portal.workbench.roles import ILEC
from gateway.record.rows import Partner
from validators.agreement.operator_terms import CreditTerms
from validators.agreement.terms import Agreement
from validators.registers.credit import HOLDS, CreditDates, CreditHold, credit_dates
from validators.registers.entry import Entry

_COLUMNS: Final = (
    *("CLEC", "Ground", "Dollars", "Payment due", "Notice delivered", "Business days of notice gone", "Orders stop"),
    *("Services may be disconnected", "To be looked at", "Entry"),
)


@dataclass(frozen=True, slots=True)
class HoldSeen:
    """One hold, with what follows from it today.

    Attributes:
        passed: business days since its notice was delivered, at most those that must pass; None without notice.
        days_left: business days until orders stop; None where they do not, or do already.
    """

    partner: Partner
    entry: Entry[CreditHold]
    dates: CreditDates
    needed: int
    passed: int | None
    days_left: int | None
    stops_now: bool


class CreditPage:
    """Shows them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def show(self, asked: Asked) -> Shown:
        """Show every hold in force, those first that stop orders soonest."""
        del asked
        seen: list[HoldSeen] = []
        for partner in await self._services.record.partners():
            agreement = self._services.desk.agreements.get(partner.agreement_id)
            if agreement is not None and agreement.credit is not None:
                seen += self._of(partner, agreement, agreement.credit)
        seen.sort(key=lambda one: (one.dates.stops or date.max, one.partner.id))
        rows = [
            (
                *(one.partner.id, one.entry.data.ground, one.entry.data.amount, one.dates.due),
                *(one.entry.data.notice_delivered_on, one.passed, one.dates.stops, one.dates.disconnects),
                *("; ".join(one.dates.doubts), one.entry.id),
            )
            for one in seen
        ]
        return Shown("workbench/credit.html", {"holds": seen}, listing=Listing("credit-holds", _COLUMNS, rows))

    def _of(self, partner: Partner, agreement: Agreement, terms: CreditTerms) -> list[HoldSeen]:
        calendar = agreement.calendar
        today = calendar.local_date(self._services.clock.of(partner.id).now())
        found = []
        for entry in self._services.registers.dossier(partner.id).in_force(HOLDS, today):
            dates, noticed = credit_dates(entry.data, terms, calendar), entry.data.notice_delivered_on
            gone = None if noticed is None else max(0, calendar.business_days_between(noticed, today))
            needed = terms.notice_business_days
            stops_now = dates.stops is not None and dates.stops <= today
            left = None if dates.stops is None or stops_now else calendar.business_days_between(today, dates.stops)
            passed = None if gone is None else min(gone, needed)
            found.append(HoldSeen(partner, entry, dates, needed, passed, left, stops_now))
        return found

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("listRegisterEntries",)
        return (
            Page(
                "GET",
                "/portal/workbench/credit-holds",
                "workCredit",
                self.show,
                like,
                "Credit holds",
                "Workbench",
                ILEC,
            ),
        )
