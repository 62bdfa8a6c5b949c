"""Where reports are asked for: by commands and by doors alike."""

from collections.abc import Mapping

from gateway.record.histories import histories
from gateway.record.sql import SqlRecord
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pid.record_file import RecordFile
from gateway.reports.pid.report import PidMonth, PidReport
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

    async def pid(self, month: Month, records: RecordFile, partner_id: str | None = None) -> PidReport:
        """Give the performance indicators of a month, of one CLEC or of all, and write their records to `records`.

        Raises:
            RecordUnavailable: the database cannot be reached.
        """
        made = PidMonth(month, self._terms, self._agreements)
        wanted = made.wanted(partner_id)
        return await made.report(histories(self._record.engine, wanted), wanted, records)
