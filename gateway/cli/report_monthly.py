"""`oss-gateway report pid|pap`: how well the agreement was kept in a month, and what is owed where it was not."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gateway.cli.options import plain_errors, settings_from, where
from gateway.reports.measures.month import Month
from gateway.settings import Settings

if TYPE_CHECKING:
    from gateway.reports.desk import Reports
    from gateway.reports.measures.terms import MeasureTerms
    from gateway.reports.pap.diary import Diary
    from gateway.reports.pap.feed import Feed
    from gateway.reports.pap.statement import PapReport
    from gateway.reports.pid.record_file import RecordFile
    from gateway.reports.plan.terms import PlanTerms
    from validators.agreement.calendar import BusinessCalendar

    _Opened = Callable[[], AbstractAsyncContextManager[Reports]]


class _Month(click.ParamType[Month]):
    """A month as YYYY-MM."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        """Read the month."""
        if isinstance(value, Month):
            return value
        try:
            return Month.parse(value)
        except ValueError:
            self.fail(f"{value!r} is no month; write it as 2026-11", param, ctx)


_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_PROCESSES = click.option(
    "--processes",
    default=lambda: len(os.sched_getaffinity(0)),
    show_default="one a core",
    type=click.IntRange(1, 64),
    help="Processes that judge the orders of a great month.",
)

_HISTORY = click.option(
    "--history",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of kept reports pid-YYYY-MM.json; months that are not there are computed from the log.",
)


@click.command()
@click.option("--month", required=True, type=_Month(), help="Reporting month.")
@click.option("--format", "form", type=click.Choice(["json", "csv", "html"]), default="json", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write there, not to standard output.")
@click.option("--partner", "partner_id", metavar="ID", help="Of one CLEC only.")
@click.option(
    "--records",
    "records_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every record as CSV there.",
)
@click.option("--figures-only", is_flag=True, help="JSON without the records.")
@click.option(
    "--trend", default=6, show_default=True, type=click.IntRange(1, 36), help="HTML: months to draw, this one included."
)
@click.option(
    "--compare-readings",
    "other_file",
    type=_FILE,
    help="Print what these other terms of Exhibit B change: readings, figures, records (JSON).",
)
@_HISTORY
@click.option("--base-url", default="", help="HTML: where the gateway is, for links to orders.")
@click.option("--measures", "measures_file", type=_FILE, help="Other terms of Exhibit B.")
@_PROCESSES
@where
@plain_errors
def pid(  # noqa: PLR0913, PLR0917 - click hands over each option by itself
    month: Month,
    measures_file: Path | None,
    output: Path | None,
    partner_id: str | None,
    records_file: Path | None,
    trend: int,
    history: Path | None,
    other_file: Path | None,
    base_url: str,
    form: str,
    processes: int,
    *,
    figures_only: bool,
    **place: Any,
) -> None:
    """Performance indicators of a month (Exhibit B), each figure with the orders that it is made of."""
    wish = _Wish(month, form, output, partner_id, records_file, trend, history, base_url, figures_only)
    opened = partial(_opened, settings_from(**place), measures_file, processes)
    asyncio.run(_compare(opened, wish, other_file) if other_file else _pid(opened, wish))


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for."""

    month: Month
    form: str
    output: Path | None
    partner_id: str | None
    records_file: Path | None
    trend: int
    history: Path | None
    base_url: str
    figures_only: bool


def _opened(settings: Settings, measures_file: Path | None, processes: int) -> AbstractAsyncContextManager["Reports"]:
    from gateway.app.commands import open_reports

    return open_reports(settings, measures_file, processes)


async def _pid(opened: "_Opened", wish: _Wish) -> None:
    from gateway.reports.pid.as_csv import records_csv
    from gateway.reports.pid.record_file import RecordFile

    async with opened() as reports:
        gc.freeze()  # what is loaded by now stays; the collector need not look at it again with every page of orders
        with RecordFile() as records:
            _write(await _pieces(reports, records, wish), wish.output)
            if wish.records_file is not None:
                if wish.form == "html" or wish.figures_only:
                    await reports.pid(wish.month, records, wish.partner_id)
                _write(records_csv(records), wish.records_file)


async def _compare(opened: "_Opened", wish: _Wish, other_file: Path) -> None:
    from gateway.reports.measures.terms_file import load_measure_terms
    from gateway.reports.pid.comparison import comparison_json
    from gateway.reports.pid.record_file import RecordFile

    other = load_measure_terms(other_file)
    async with opened() as reports:
        with RecordFile() as old, RecordFile() as new:
            before = await reports.pid(wish.month, old, wish.partner_id)
            after = await reports.under(other).pid(wish.month, new, wish.partner_id)
            _write(comparison_json(before, after, old, new), wish.output)


async def _pieces(reports: "Reports", records: "RecordFile", wish: _Wish) -> Iterable[str]:
    from gateway.reports.pid.as_csv import figures_csv
    from gateway.reports.pid.as_html import PidPage
    from gateway.reports.pid.as_json import report_json, summary_json
    from gateway.reports.pid.record_file import NoRecords
    from gateway.reports.pid.shown_records import ShownRecords

    if wish.form == "html":
        shown = ShownRecords()
        made = await reports.pid(wish.month, shown, wish.partner_id)
        trend = await reports.trend(made, wish.trend, wish.history)
        return (PidPage(made, shown, trend, reports.terms, wish.base_url).html(),)
    if wish.form == "json" and wish.figures_only:
        return summary_json(await reports.pid(wish.month, NoRecords(), wish.partner_id))
    made = await reports.pid(wish.month, records, wish.partner_id)
    return figures_csv(made) if wish.form == "csv" else report_json(made, records)


def _write(pieces: Iterable[str], output: Path | None) -> None:
    if output is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


@click.command()
@click.option("--month", required=True, type=_Month(), help="Performance month.")
@click.option("--format", "form", type=click.Choice(["json", "csv", "html"]), default="json", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write there, not to standard output.")
@click.option("--feed", "feed_file", type=_FILE, help="CSV of retail and repair results, see the guide to reports.")
@click.option("--diary", "diary_file", type=_FILE, help="CSV of what became of reports and payments, see the guide.")
@_HISTORY
@click.option("--pid-page", default="", help="HTML: address of the page of the month's indicators, for links.")
@click.option("--measures", "measures_file", type=_FILE, help="Other terms of Exhibit B.")
@click.option("--plan", "plan_file", type=_FILE, help="Other terms of Exhibit K.")
@_PROCESSES
@where
@plain_errors
def pap(  # noqa: PLR0913, PLR0917 - click hands over each option by itself
    month: Month,
    form: str,
    output: Path | None,
    feed_file: Path | None,
    diary_file: Path | None,
    history: Path | None,
    pid_page: str,
    measures_file: Path | None,
    plan_file: Path | None,
    processes: int,
    **place: Any,
) -> None:
    """Payments for a month under the performance assurance plan (Exhibit K), with the months that led to them.

    Rows of the feed or the diary that cannot be read are told of, each with its line; then the exit status is 1.
    """
    from gateway.reports.plan.terms_file import load_plan_terms

    feed = _feed(feed_file)
    opened = partial(_opened, settings_from(**place), measures_file, processes)
    made = asyncio.run(_pap(opened, month, load_plan_terms(plan_file), feed, history))
    diary = _diary(diary_file, made)
    _write(_pap_pieces(made, diary, form, pid_page), output)
    problems = [*((feed_file, bad) for bad in feed.problems), *((diary_file, bad) for bad in diary.problems)]
    for file, bad in problems:
        click.echo(f"{file}, {bad}", err=True)
    sys.exit(1 if problems else 0)


@dataclass(frozen=True, slots=True)
class _Made:
    report: "PapReport"
    plan: "PlanTerms"
    calendar: "BusinessCalendar"
    measures: "MeasureTerms"


async def _pap(opened: "_Opened", month: Month, plan: "PlanTerms", feed: "Feed", history: Path | None) -> _Made:
    async with opened() as reports:
        made = await reports.pap(month, plan, feed, history)
        return _Made(made, plan, reports.calendar, reports.terms)


def _feed(file: Path | None) -> "Feed":
    from gateway.reports.pap.feed import Feed, read_feed

    if file is None:
        return Feed()
    with file.open(encoding="utf-8", newline="") as lines:
        try:
            return read_feed(lines)
        except ValueError as wrong:
            raise click.UsageError(f"{file}: {wrong}") from None


def _diary(file: Path | None, made: _Made) -> "Diary":
    from gateway.reports.pap.diary import Diary, read_diary

    if file is None:
        return Diary()
    with file.open(encoding="utf-8", newline="") as lines:
        try:
            return read_diary(lines, made.plan, made.calendar, made.report.owed)
        except ValueError as wrong:
            raise click.UsageError(f"{file}: {wrong}") from None


def _pap_pieces(made: _Made, diary: "Diary", form: str, pid_page: str) -> Iterable[str]:
    from gateway.reports.pap.as_html import PapPage
    from gateway.reports.pap.as_json import pap_csv, pap_json

    if form == "csv":
        return pap_csv(made.report)
    if form == "json":
        return pap_json(made.report, diary)
    return (PapPage(made.report, diary, made.measures, pid_page).html(),)
