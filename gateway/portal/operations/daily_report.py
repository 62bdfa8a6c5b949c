"""The loss and completion reports of a day, for the CLEC whose they are."""

from datetime import date
from typing import Final, get_args

from gateway.portal.pages import Asked, Context, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.services.daily_reports import DailyReport, Reported
from gateway.services.refusals import NotFound
from validators.agreement.terms import DailyReportName

_HERE: Final = "/portal/reports/daily"
_NAMES: Final[tuple[DailyReportName, ...]] = get_args(DailyReportName)
_COLUMNS: Final = (
    "Report",
    "Part",
    "Order number",
    "PON",
    "VER",
    "Kind",
    "Product",
    "Account",
    "Circuits and numbers",
    "Name",
    "Address",
    "Changed on",
    "Recorded",
)


class DailyReportPages:
    """What a CLEC lost, and what was completed for it."""

    def __init__(self, services: Services) -> None:
        self._reports = services.offices.daily

    async def show(self, asked: Asked) -> Shown:
        """Show both reports of a day; without one, of the last that is over."""
        day, wrong = _day(asked.query("date"))
        reports: list[DailyReport] = []
        if not wrong:
            try:
                reports = [await self._reports.of_day(asked.principal.partner, name, day) for name in _NAMES]
            except NotFound as nothing:
                wrong = f"There is no such report: {nothing}."
        shown = reports[0].day.isoformat() if reports else asked.query("date")
        context: Context = {"reports": reports, "day_shown": shown, "wrong": wrong}
        rows = [
            (report.report, part.name, *_row(line))
            for report in reports
            for part in report.parts
            for line in part.lines
        ]
        listing = Listing(f"daily-{shown}", _COLUMNS, rows)
        return Shown("operations/daily_report.html", context, 400 if wrong else 200, listing=listing)

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("readLossReport", "readCompletionReport")
        return (Page("GET", _HERE, "dailyReports", self.show, like, "Daily reports", "Partner"),)


def _day(text: str) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, f"{text[:40]!r} is no day; write it as 2026-11-03"


def _row(line: Reported) -> tuple[object, ...]:
    service = line.service
    return (
        line.order_number,
        line.pon,
        line.ver,
        line.kind,
        line.product,
        service.account,
        ", ".join(service.lines),
        service.name,
        service.address,
        line.changed_on,
        line.recorded_at,
    )
