"""The monthly reports: performance indicators towards all CLECs or one, and what is owed for them."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from gateway.portal.operations.registers import partner_names
from gateway.portal.pages import Answer, Asked, Context, Page, Shown
from gateway.portal.services import Services
from gateway.reports.desk import month_of
from gateway.reports.pages.page import Places

_PID: Final = "/portal/reports/pid"
_OWN: Final = "/portal/reports/own"
_PAP: Final = "/portal/reports/pap"
_MONTH: Final = re.compile(r"(199[6-9]|20[0-9][0-9])-(0[1-9]|1[0-2])")
_ORDERS: Final = "/portal/orders/"
_OF_OPERATORS: Final = Places(_ORDERS, "/portal/registers/")
_OF_CLECS: Final = Places(_ORDERS, "")
"""Registers are not for CLECs."""


class MonthlyReportPages:
    """Reports of a month. One is made only when a month was asked for: it reads all that happened then."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._reports = services.offices.monthly

    async def all(self, asked: Asked) -> Answer:
        """Show the indicators towards all CLECs, or towards the one that is asked for."""
        partner = asked.query("partner") or None
        return await self._indicators(asked, partner, _OF_OPERATORS, await partner_names(self._services))

    async def own(self, asked: Asked) -> Answer:
        """Show the indicators towards the CLEC that asks."""
        return await self._indicators(asked, asked.principal.partner, _OF_CLECS, {})

    async def payments(self, asked: Asked) -> Answer:
        """Show what is owed for a month."""
        month, wrong = self._month(asked)
        if month and asked.wants_csv:
            return _file(f"payments-{month}", await self._reports.pap(month, "csv"))
        pid_page = f"{_PID}?{urlencode({'month': month})}"
        drawn = await self._reports.pap_body(month, pid_page) if month else ""
        return self._shown(asked, "Performance payments", drawn, wrong, {})

    async def _indicators(
        self, asked: Asked, partner: str | None, places: Places, partners: Mapping[str, str]
    ) -> Answer:
        month, wrong = self._month(asked)
        if month and asked.wants_csv:
            return _file(f"performance-{month}", await self._reports.pid(month, "csv", partner))
        drawn = await self._reports.pid_body(month, partner, places) if month else ""
        return self._shown(asked, "Performance indicators", drawn, wrong, partners)

    def _month(self, asked: Asked) -> tuple[str, str]:
        """Give the month that is asked for, and what is wrong with it; nothing of both where none is."""
        month = asked.query("month")
        if not month or _MONTH.fullmatch(month):
            return month, ""
        return "", f"{month[:40]!r} is no month; write it as 2026-11"

    def _shown(self, asked: Asked, title: str, drawn: str, wrong: str, partners: Mapping[str, str]) -> Shown:
        today = self._services.desk.calendar_for(None).local_date(self._services.clock.now())
        context: Context = {
            "name": title,
            "drawn": drawn,
            "month": asked.query("month") or str(month_of(today).later(-1)),
            "wrong": wrong,
            "partners": partners,
        }
        return Shown("operations/monthly_report.html", context, 400 if wrong else 200)

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (
            Page("GET", _PID, "performance", self.all, ("readPerformance",), "Performance", "Operations"),
            Page("GET", _PAP, "payments", self.payments, ("readPayments",), "Payments", "Operations"),
            Page("GET", _OWN, "ownPerformance", self.own, ("readOwnPerformance",), "Performance", "Partner"),
        )


def _file(name: str, text: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return web.Response(text=text, content_type="text/csv", headers=headers)
