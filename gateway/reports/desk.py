"""Where reports are asked for: by commands and by doors alike."""

from collections.abc import Mapping

from gateway.record.histories import histories
from gateway.record.sql import SqlRecord
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pid.record_file import NoRecords, Records
from gateway.reports.pid.report import PidMonth, PidReport
from gateway.reports.pid.trend import Trend
from validators.agreement.terms import Agreement


class Reports:
    """Makes reports from the record.

    Args:
        record: the system of record.
        agreements: by id.
        terms: Exhibit B.
    """

    def __init__(self, record: SqlRecord, agreements: Mapping[str, Agreement], terms: MeasureTerms) -> None:
        self._record = record
        self._agreements = agreements
        self._terms = terms

    @property
    def terms(self) -> MeasureTerms:
        """Exhibit B."""
        return self._terms

    async def pid(self, month: Month, records: Records, partner_id: str | None = None) -> PidReport:
        """Give the performance indicators of a month, of one CLEC or of all, and write their records to `records`.

        Raises:
            RecordUnavailable: the database cannot be reached.
        """
        made = PidMonth(month, self._terms, self._agreements)
        wanted = made.wanted(partner_id)
        return await made.report(histories(self._record.engine, wanted), wanted, records)

    async def trend(self, report: PidReport, months: int) -> Trend:
        """Give the figures of the months up to a report's own, as the log has them now.

        Raises:
            RecordUnavailable: the database cannot be reached.
        """
        found = {report.month: report.figures}
        for back in range(1, months):
            month = report.month.later(-back)
            found[month] = (await self.pid(month, NoRecords(), report.partner_id)).figures
        return Trend.of(found)
