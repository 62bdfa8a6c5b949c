"""The door to the daily reports: what a CLEC lost and what was completed for it, its own only."""

from datetime import date

from aiohttp import web

from gateway.doors.problems import Kind, Problem
from gateway.doors.report_models import DailyReportView
from gateway.doors.representation import answer
from gateway.doors.routes import Answer, Handler, Parameter, Principal, Route
from gateway.record.rows import Role
from gateway.services.daily_reports import DailyReports
from validators.agreement.terms import DailyReportName

_CLEC = frozenset({Role.CLEC})
_DATE = Parameter(
    "date",
    "query",
    "The day in the agreement's zone; without it the last one that is over.",
    {"type": "string", "format": "date"},
)


class ReportsDoor:
    """Handlers and routes for the daily reports."""

    def __init__(self, reports: DailyReports) -> None:
        self._reports = reports

    async def read_loss_report(self, request: web.Request, principal: Principal) -> web.Response:
        """Give what the partner lost on a day."""
        return await self._report(request, principal, "loss")

    async def read_completion_report(self, request: web.Request, principal: Principal) -> web.Response:
        """Give what was completed for the partner on a day."""
        return await self._report(request, principal, "completion")

    async def _report(self, request: web.Request, principal: Principal, name: DailyReportName) -> web.Response:
        report = await self._reports.of_day(principal.partner, name, _day(request))
        return answer(request, DailyReportView.of(report))

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            _route("loss", "readLossReport", "Lines that were disconnected or lost on a day", self.read_loss_report),
            _route(
                "completion", "readCompletionReport", "Orders that were completed on a day", self.read_completion_report
            ),
        )


def _route(name: DailyReportName, operation: str, summary: str, handler: Handler) -> Route:
    return Route(
        "GET",
        f"/v1/reports/{name}",
        operation,
        summary,
        handler,
        _CLEC,
        (Answer(200, "The report; of an empty day an empty one that says so.", DailyReportView),),
        (Kind.NOT_FOUND, Kind.GONE),
        None,
        (_DATE,),
    )


def _day(request: web.Request) -> date | None:
    text = request.query.get("date")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(Kind.MALFORMED_REQUEST, f"date takes a day as 2026-03-09, not {text[:40]!r}") from None
