"""`oss-gateway report pid`: what the log proves about how well the agreement was kept in a month."""

import asyncio
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gateway.cli.options import plain_errors, settings_from, where
from gateway.reports.measures.month import Month
from gateway.settings import Settings

if TYPE_CHECKING:
    from gateway.reports.desk import Reports
    from gateway.reports.pid.record_file import RecordFile
    from gateway.reports.pid.report import PidReport


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
@click.option("--base-url", default="", help="HTML: where the gateway is, for links to orders.")
@click.option("--measures", "measures_file", type=click.Path(path_type=Path), help="Other terms of Exhibit B.")
@where
@plain_errors
def pid(  # noqa: PLR0913, PLR0917 - click hands over each option by itself
    month: Month,
    measures_file: Path | None,
    output: Path | None,
    partner_id: str | None,
    records_file: Path | None,
    trend: int,
    base_url: str,
    form: str,
    *,
    figures_only: bool,
    **place: Any,
) -> None:
    """Performance indicators of a month (Exhibit B), each figure with the orders that it is made of."""
    wish = _Wish(month, form, output, partner_id, records_file, trend, base_url, figures_only)
    asyncio.run(_pid(settings_from(**place), wish, measures_file))


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for."""

    month: Month
    form: str
    output: Path | None
    partner_id: str | None
    records_file: Path | None
    trend: int
    base_url: str
    figures_only: bool


async def _pid(settings: Settings, wish: _Wish, measures_file: Path | None) -> None:
    from gateway.app import open_reports
    from gateway.reports.pid.as_csv import records_csv
    from gateway.reports.pid.record_file import RecordFile

    async with open_reports(settings, measures_file) as reports:
        with RecordFile() as records:
            made = await reports.pid(wish.month, records, wish.partner_id)
            _write(await _pieces(reports, made, records, wish), wish.output)
            if wish.records_file is not None:
                _write(records_csv(records), wish.records_file)


async def _pieces(reports: "Reports", made: "PidReport", records: "RecordFile", wish: _Wish) -> Iterable[str]:
    from gateway.reports.pid.as_csv import figures_csv
    from gateway.reports.pid.as_html import PidPage
    from gateway.reports.pid.as_json import report_json, summary_json
    from gateway.reports.pid.shown_records import ShownRecords

    if wish.form == "csv":
        return figures_csv(made)
    if wish.form == "json":
        return summary_json(made) if wish.figures_only else report_json(made, records)
    trend = await reports.trend(made, wish.trend)
    return (PidPage(made, ShownRecords(records.records()), trend, reports.terms, wish.base_url).html(),)


def _write(pieces: Iterable[str], output: Path | None) -> None:
    if output is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)
