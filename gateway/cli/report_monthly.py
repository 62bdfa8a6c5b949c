"""`oss-gateway report pid`: what the log proves about how well the agreement was kept in a month."""

import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from gateway.cli.options import plain_errors, settings_from, where
from gateway.reports.measures.month import Month
from gateway.settings import Settings


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
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("--partner", "partner_id", metavar="ID", help="Of one CLEC only.")
@click.option("--measures", "measures_file", type=click.Path(path_type=Path), help="Other terms of Exhibit B.")
@where
@plain_errors
def pid(month: Month, form: str, partner_id: str | None, measures_file: Path | None, **place: Any) -> None:
    """Performance indicators of a month (Exhibit B), each figure with the orders that it is made of."""
    asyncio.run(_pid(settings_from(**place), month, form, partner_id, measures_file))


async def _pid(settings: Settings, month: Month, form: str, partner_id: str | None, measures_file: Path | None) -> None:
    from gateway.app import open_reports
    from gateway.reports.pid.as_csv import figures_csv
    from gateway.reports.pid.as_json import report_json
    from gateway.reports.pid.record_file import RecordFile

    async with open_reports(settings, measures_file) as reports:
        with RecordFile() as records:
            made = await reports.pid(month, records, partner_id)
            _write(report_json(made, records) if form == "json" else figures_csv(made))


def _write(pieces: Iterable[str]) -> None:
    for piece in pieces:
        sys.stdout.write(piece)
