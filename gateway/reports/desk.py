"""Where reports are asked for: by commands and by doors alike."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from gateway.record.histories import Wanted, first_order_at, histories, shares
from gateway.record.sql import SqlRecord
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pap.feed import Feed
from gateway.reports.pap.statement import PapReport, Statement
from gateway.reports.pid.figures import Figure
from gateway.reports.pid.logs import judge_logs
from gateway.reports.pid.record_file import NoRecords, Records
from gateway.reports.pid.report import Part, PidMonth, PidReport
from gateway.reports.pid.stored import months_in, stored_figures
from gateway.reports.pid.trend import Trend
from gateway.reports.plan.terms import PlanTerms
from gateway.reports.workers import Workers
from validators.agreement.calendar import BusinessCalendar
from validators.agreement.terms import Agreement

_NO_FEED: Final = Feed()


class Reports:
    """Makes reports from the record.

    Args:
        record: the system of record.
        agreements: by id.
        terms: Exhibit B.
        workers: judge the orders of great months in processes of their own; None: all is done here.
        now: when reports are made, to say of a month that it is not closed yet; None: none is called provisional.
    """

    def __init__(
        self,
        record: SqlRecord,
        agreements: Mapping[str, Agreement],
        terms: MeasureTerms,
        workers: Workers | None = None,
        now: datetime | None = None,
    ) -> None:
        self._record = record
        self._agreements = agreements
        self._terms = terms
        self._workers = workers
        self._now = now

    @property
    def terms(self) -> MeasureTerms:
        """Exhibit B."""
        return self._terms

    def under(self, terms: MeasureTerms) -> "Reports":
        """Give reports from the same record under other terms of Exhibit B."""
        return Reports(self._record, self._agreements, terms, self._workers, self._now)

    async def pid(self, month: Month, records: Records, partner_id: str | None = None) -> PidReport:
        """Give the performance indicators of a month, of one CLEC or of all, and write their records to `records`.

        Raises:
            RecordUnavailable: the database cannot be reached.
            WorkerLost: a process that judged orders was ended from outside.
        """
        made = PidMonth(month, self._terms, self._agreements)
        return made.report(await self._judged(made, made.wanted(partner_id), records), partner_id, self._now)

    async def _judged(self, made: PidMonth, wanted: Wanted, records: Records) -> Part:
        part = await self._judged_orders(made, wanted, records)
        state = self._first.state
        await judge_logs(self._record, wanted, made.month, self._basis, state, (part, records))
        return part

    async def _judged_orders(self, made: PidMonth, wanted: Wanted, records: Records) -> Part:
        engine, workers = self._record.engine, self._workers
        parted = await shares(engine, wanted, workers.count, workers.least) if workers else []
        if workers is None or not parted:
            return await made.part(histories(engine, wanted), records)
        return await workers.judged(made.month, self._terms, parted, records)

    async def months(self, last: Month, folder: Path | None = None) -> dict[Month, Sequence[Figure]]:
        """Give the figures of all months from the first with an order to `last`, kept ones from `folder`.

        Raises:
            StoredReportWrong: a file of the folder is no report.
            RecordUnavailable: the database cannot be reached.
        """
        began = await first_order_at(self._record.engine)
        calendar = self.calendar
        month = min(last, month_of(calendar.local_date(began))) if began else last
        kept = [found for found in (months_in(folder) if folder else ()) if found < month]
        month = min((month, *kept))
        figures: dict[Month, Sequence[Figure]] = {}
        while month <= last:
            stored = stored_figures(folder, month, self._terms) if folder else None
            figures[month] = stored if stored is not None else (await self.pid(month, NoRecords())).figures
            month = month.later(1)
        return figures

    @property
    def calendar(self) -> BusinessCalendar:
        """The business days of the state: those of the first agreement, by id, that is not a template."""
        return self._first.calendar

    @property
    def _first(self) -> Agreement:
        return min(self._agreements.values(), key=lambda agreement: (agreement.kind == "template", agreement.id))

    @property
    def _basis(self) -> MeasureBasis:
        return MeasureBasis(self._terms, self.calendar)

    async def pap(self, month: Month, terms: PlanTerms, feed: Feed = _NO_FEED, folder: Path | None = None) -> PapReport:
        """Give the payments for a month (Exhibit K), by the figures of all months up to it.

        Raises:
            StoredReportWrong: a file of the folder is no report.
            RecordUnavailable: the database cannot be reached.
        """
        return Statement(terms, self.calendar, feed).of(month, await self.months(month, folder))

    async def trend(self, report: PidReport, months: int, folder: Path | None = None) -> Trend:
        """Give the figures of the months up to a report's own: kept ones from `folder`, else as the log has them now.

        Raises:
            StoredReportWrong: a file of the folder is no report.
            RecordUnavailable: the database cannot be reached.
        """
        found = {report.month: report.figures}
        for back in range(1, months):
            month = report.month.later(-back)
            stored = stored_figures(folder, month, self._terms) if folder and not report.partner_id else None
            found[month] = stored or (await self.pid(month, NoRecords(), report.partner_id)).figures
        return Trend.of(found)


def month_of(day: date) -> Month:
    """Give the month that a date lies in."""
    return Month(day.year, day.month)
