"""Makes reports beside the work of the gateway: in a thread with a connection of its own, one at a time."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Literal

from gateway.clock import Clock
from gateway.reports.desk import Reports, month_of
from gateway.reports.measures.month import Month
from gateway.reports.pages.page import Places
from gateway.reports.pap.as_html import PapPage
from gateway.reports.pap.as_json import pap_csv, pap_json
from gateway.reports.pap.diary import Diary
from gateway.reports.pid.as_csv import figures_csv
from gateway.reports.pid.as_html import PidPage
from gateway.reports.pid.as_json import summary_json
from gateway.reports.pid.record_file import NoRecords
from gateway.reports.pid.shown_records import ShownRecords
from gateway.reports.plan.terms_file import load_plan_terms

Form = Literal["json", "csv", "html"]

_TREND_MONTHS = 3


class ReportsOnRequest:
    """Reports for a door.

    Args:
        opened: opens the record for reports.
        clock: tells which month is over.
    """

    def __init__(self, opened: Callable[[], AbstractAsyncContextManager[Reports]], clock: Clock) -> None:
        self._opened = opened
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()

    async def pid(self, month: str | None, form: Form, partner_id: str | None) -> str:
        """Give the performance of a month (`YYYY-MM`; None: the last one that is over), towards one CLEC or all.

        Raises:
            ValueError: there is no such month.
            RecordUnavailable: the database cannot be reached.
        """
        wanted = Month.parse(month) if month else None
        async with self._one_at_a_time:
            return await asyncio.to_thread(lambda: asyncio.run(self._made(wanted, form, partner_id)))

    async def pap(self, month: str | None, form: Form) -> str:
        """Give the payments for a month (`YYYY-MM`; None: the last one that is over), with no results from elsewhere.

        Raises:
            ValueError: there is no such month.
            RecordUnavailable: the database cannot be reached.
        """
        wanted = Month.parse(month) if month else None
        async with self._one_at_a_time:
            return await asyncio.to_thread(lambda: asyncio.run(self._payments(wanted, form)))

    async def pid_body(self, month: str, partner_id: str | None, places: Places) -> str:
        """Give the page of `pid` without its frame, with links to `places`.

        Raises:
            ValueError, RecordUnavailable: as `pid` does.
        """
        wanted = Month.parse(month)
        async with self._one_at_a_time:
            page = await asyncio.to_thread(lambda: asyncio.run(self._page(wanted, partner_id, places)))
        return "".join(page)

    async def pap_body(self, month: str, pid_page: str) -> str:
        """Give the page of `pap` without its frame; `pid_page` is the address of the month's indicators.

        Raises:
            ValueError, RecordUnavailable: as `pap` does.
        """
        wanted = Month.parse(month)
        async with self._one_at_a_time:
            return await asyncio.to_thread(lambda: asyncio.run(self._payment_body(wanted, pid_page)))

    async def _page(self, month: Month, partner_id: str | None, places: Places) -> Sequence[str]:
        async with self._opened() as reports:
            shown = ShownRecords()
            made = await reports.pid(month, shown, partner_id)
            trend = await reports.trend(made, _TREND_MONTHS)
            return PidPage(made, shown, trend, reports.terms, places=places).body()

    async def _payment_body(self, month: Month, pid_page: str) -> str:
        async with self._opened() as reports:
            made = await reports.pap(month, load_plan_terms())
            return "".join(PapPage(made, Diary(), reports.terms, pid_page).body())

    async def _payments(self, wanted: Month | None, form: Form) -> str:
        async with self._opened() as reports:
            made = await reports.pap(wanted or self._last_over(reports), load_plan_terms())
            match form:
                case "html":
                    return PapPage(made, Diary(), reports.terms).html()
                case "csv":
                    return "".join(pap_csv(made))
                case _:
                    return "".join(pap_json(made, Diary()))

    def _last_over(self, reports: Reports) -> Month:
        return month_of(reports.calendar.local_date(self._clock.now())).later(-1)

    async def _made(self, wanted: Month | None, form: Form, partner_id: str | None) -> str:
        async with self._opened() as reports:
            month = wanted or self._last_over(reports)
            if form == "html":
                shown = ShownRecords()
                made = await reports.pid(month, shown, partner_id)
                trend = await reports.trend(made, _TREND_MONTHS)
                return PidPage(made, shown, trend, reports.terms).html()
            made = await reports.pid(month, NoRecords(), partner_id)
            return "".join(summary_json(made) if form == "json" else figures_csv(made))
