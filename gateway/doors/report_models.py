"""The shapes of the daily reports, in the API and in files alike."""

from datetime import date, datetime

from pydantic import Field

from gateway.doors.models import Shape
from gateway.services.daily_reports import DailyReport, Reported, ReportPart
from validators.agreement.terms import DailyReportName


class ReportedView(Shape):
    """One line: a service that was lost, or an order that was completed."""

    order_number: str | None = Field(description="The provider's service order number.")
    pon: str | None = Field(description="PON of your own order; none where the change came from elsewhere.")
    ver: str | None
    kind: str = Field(description="Of a loss its kind, of a completion the activity (ACT).")
    product: str | None
    account: str | None
    lines: list[str] = Field(description="Circuits and telephone numbers.")
    name: str | None = Field(description="Name at the service address.")
    address: str | None
    changed_on: date = Field(description="The day on which the change was made.")
    recorded_at: datetime = Field(description="When the gateway was told, which puts it into the report of that day.")

    @classmethod
    def of(cls, line: Reported) -> "ReportedView":
        """Show `line`."""
        service = line.service
        return cls(
            order_number=line.order_number,
            pon=line.pon,
            ver=line.ver,
            kind=line.kind,
            product=line.product,
            account=service.account,
            lines=list(service.lines),
            name=service.name,
            address=service.address,
            changed_on=line.changed_on,
            recorded_at=line.recorded_at,
        )


class ReportPartView(Shape):
    """The lines of products that are reported apart; `other` has all others."""

    name: str
    count: int
    lines: list[ReportedView]

    @classmethod
    def of(cls, part: ReportPart) -> "ReportPartView":
        """Show `part`."""
        return cls(name=part.name, count=len(part.lines), lines=[ReportedView.of(line) for line in part.lines])


class DailyReportView(Shape):
    """What was lost or completed on one day. A day on which nothing happened has its report too, and it says so."""

    report: DailyReportName
    partner: str
    day: date = Field(description="The day in the agreement's zone.")
    section: str
    made_at: datetime
    over: bool = Field(description="Whether the day was over when this was made; if not, more may come.")
    count: int
    summary: str
    parts: list[ReportPartView]

    @classmethod
    def of(cls, report: DailyReport) -> "DailyReportView":
        """Show `report`."""
        return cls(
            report=report.report,
            partner=report.partner_id,
            day=report.day,
            section=report.section,
            made_at=report.made_at,
            over=report.over,
            count=report.count,
            summary=report.summary,
            parts=[ReportPartView.of(part) for part in report.parts],
        )


class DailyReportList(Shape):
    """Several reports: of the days of a month, or of several partners."""

    reports: list[DailyReportView]
