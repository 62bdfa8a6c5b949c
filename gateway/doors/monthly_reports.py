"""The door to the monthly reports of performance: operators see all CLECs, a CLEC its own records and no others."""

import re
from collections.abc import Mapping
from typing import Final, Literal, Protocol

from aiohttp import web

from gateway.doors.problems import Kind, Problem
from gateway.doors.routes import Answer, Handler, Parameter, Principal, Route
from gateway.record.rows import Role

Form = Literal["json", "csv", "html"]

_MEDIA: Final[Mapping[Form, str]] = {"json": "application/json", "csv": "text/csv", "html": "text/html"}
_FORMS: Final[Mapping[str, Form]] = {form: form for form in _MEDIA}
_MONTH_TEXT: Final = re.compile(r"(199[6-9]|20[0-9][0-9])-(0[1-9]|1[0-2])")
_MONTH = Parameter(
    "month",
    "query",
    "The month, YYYY-MM; without it the last one that is over.",
    {"type": "string", "pattern": f"^{_MONTH_TEXT.pattern}$"},
)
_FORMAT = Parameter(
    "format", "query", "JSON or CSV of the figures, or a page with their orders.", {"type": "string", "enum": [*_MEDIA]}
)
_PARTNER = Parameter("partner", "query", "Of this CLEC only.")


class MonthlyReports(Protocol):
    """What makes the reports."""

    async def pid(self, month: str | None, form: Form, partner_id: str | None) -> str:
        """Give the performance indicators of a month (None: the last one that is over), of one CLEC or of all."""

    async def pap(self, month: str | None, form: Form) -> str:
        """Give the payments for a month (None: the last one that is over), of all CLECs."""


class MonthlyReportsDoor:
    """Handlers and routes for the monthly reports."""

    def __init__(self, reports: MonthlyReports) -> None:
        self._reports = reports

    async def read_all(self, request: web.Request, principal: Principal) -> web.Response:
        """Give the performance of a month towards all CLECs, or the one that is asked for."""
        del principal
        return await self._answer(request, request.query.get("partner"))

    async def read_own(self, request: web.Request, principal: Principal) -> web.Response:
        """Give the performance of a month towards the CLEC that asks."""
        return await self._answer(request, principal.partner)

    async def read_payments(self, request: web.Request, principal: Principal) -> web.Response:
        """Give the payments for a month."""
        del principal
        month, form = _asked(request)
        return _shown(await self._reports.pap(month, form), form)

    async def _answer(self, request: web.Request, partner_id: str | None) -> web.Response:
        month, form = _asked(request)
        return _shown(await self._reports.pid(month, form, partner_id), form)

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            _route(
                "/v1/operations/reports/pid",
                "readPerformance",
                "Performance indicators of a month, of all CLECs",
                self.read_all,
                frozenset({Role.OPERATIONS}),
                (_MONTH, _FORMAT, _PARTNER),
            ),
            _route(
                "/v1/reports/pid",
                "readOwnPerformance",
                "Performance indicators of a month towards this CLEC",
                self.read_own,
                frozenset({Role.CLEC}),
                (_MONTH, _FORMAT),
            ),
            _route(
                "/v1/operations/reports/pap",
                "readPayments",
                "Payments for a month under the assurance plan, by the event log alone",
                self.read_payments,
                frozenset({Role.OPERATIONS}),
                (_MONTH, _FORMAT),
            ),
        )


def _asked(request: web.Request) -> tuple[str | None, Form]:
    month, form = request.query.get("month"), request.query.get("format", "json")
    if month is not None and not _MONTH_TEXT.fullmatch(month):
        raise Problem(Kind.MALFORMED_REQUEST, f"month takes a month as 2026-11, not {month[:40]!r}")
    if form not in _FORMS:
        raise Problem(Kind.MALFORMED_REQUEST, f"format is one of {', '.join(_MEDIA)}, not {form[:40]!r}")
    return month, _FORMS[form]


def _shown(text: str, form: Form) -> web.Response:
    return web.Response(text=text, content_type=_MEDIA[form], charset="utf-8")


def _route(
    path: str, name: str, summary: str, handler: Handler, roles: frozenset[Role], parameters: tuple[Parameter, ...]
) -> Route:
    good = Answer(200, "The figures, each with what it is made of.", None, tuple(_MEDIA.values()))
    return Route("GET", path, name, summary, handler, roles, (good,), (), None, parameters)
