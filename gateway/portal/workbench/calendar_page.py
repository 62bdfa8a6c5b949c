"""The calendar of embargoes and quiet periods: three months as tables, and every dated entry with its section."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from gateway.doors.problems import Kind, Problem
from gateway.portal.pages import Asked, Context, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.portal.workbench.closed_days import Closed, closed_days, weeks_of
from gateway.portal.workbench.roles import ILEC
from validators.agreement.terms import Agreement

_MONTHS: Final = 3
_YEARS: Final = range(2000, 2099)
_COLUMNS: Final = ("First day", "Last day", "What", "Where", "Why", "Concerns", "Section", "Entry")


class CalendarPage:
    """Shows it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def show(self, asked: Asked) -> Shown:
        """Show three months, from that which is asked for, else from this one."""
        agreement = self._agreement(asked.query("agreement"))
        today = agreement.calendar.local_date(self._services.clock.now())
        months = _months(_month(asked.query("month")) or today)
        last = _next(months[-1]) - timedelta(days=1)
        partners = await self._services.record.partners()
        closed = closed_days(self._services.registers, agreement, partners, months[0], last)
        context: Context = {
            "agreement": agreement,
            "agreements": sorted(self._services.desk.agreements),
            "today": today,
            "months": [
                (month, [[_cell(day, closed, agreement) for day in week] for week in weeks_of(month)])
                for month in months
            ],
            "closed": closed,
            "before": _months(months[0] - timedelta(days=80))[0],
            "after": _next(months[-1]),
        }
        rows = [
            (one.first, one.last, one.what, one.where, one.why, one.concerns or "all", one.section, one.entry)
            for one in closed
        ]
        return Shown("workbench/calendar.html", context, listing=Listing("closed-days", _COLUMNS, rows))

    def _agreement(self, named: str) -> Agreement:
        agreements = self._services.desk.agreements
        found = agreements.get(named) if named else next(iter(agreements.values()), None)
        if found is None:
            raise Problem(Kind.NOT_FOUND, f"there is no agreement {named[:40]!r}")
        return found

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("listRegisterEntries",)
        return (
            Page(
                "GET", "/portal/workbench/calendar", "workCalendar", self.show, like, "Closed days", "Workbench", ILEC
            ),
        )


def _cell(
    day: date | None, closed: Sequence[Closed], agreement: Agreement
) -> tuple[date | None, str | None, list[tuple[int, Closed]]]:
    """Give one day: with why it is no business day, and what is closed then."""
    if day is None:
        return None, None, []
    return (
        day,
        agreement.calendar.off_day(day),
        [(number, one) for number, one in enumerate(closed, 1) if one.holds_on(day)],
    )


def _month(text: str) -> date | None:
    """Read `2026-03`; anything else is no month."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if month.year in _YEARS else None


def _months(first: date) -> list[date]:
    months = [first.replace(day=1)]
    while len(months) < _MONTHS:
        months.append(_next(months[-1]))
    return months


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
