"""`oss-gateway report loss` and `report completion`: the daily reports, printed or as files to collect."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click

from gateway.app.commands import open_daily_reports
from gateway.cli.options import plain_errors, settings_from, where
from gateway.cli.report_files import FORMATS, printed, write
from gateway.services.daily_reports import DailyReport
from gateway.settings import Settings
from validators.agreement.terms import DailyReportName

Asked = tuple[DailyReportName, tuple[date | None, ...], tuple[str, ...]]

_OPTIONS = (
    click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; without it the last that is over."),
    click.option("--month", type=click.DateTime(["%Y-%m"]), help="Each day of a month."),
    click.option("--partner", "partners", multiple=True, help="Whose; may be repeated. Without it every partner's."),
    click.option(
        "--format", "formats", type=click.Choice(FORMATS), multiple=True, help="May be repeated; without it csv."
    ),
    click.option(
        "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for files; without it they are printed."
    ),
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return where(plain_errors(command))


@click.command()
@_options
def loss(**asked: Any) -> None:
    """Report the lines that were disconnected or lost on a day (12.2.5.2.4).

    A day on which nothing happened gets a report that says so. Digital loops and ports have reports of their own. With
    --out each file is complete as soon as it has its name, so that whatever collects them never sees half of one.
    """
    _report("loss", **asked)


@click.command()
@_options
def completion(**asked: Any) -> None:
    """Report the orders that were completed on a day (12.2.5.2.5); as `report loss` in all else."""
    _report("completion", **asked)


def _report(
    name: DailyReportName,
    day: datetime | None,
    month: datetime | None,
    partners: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    **place: Any,
) -> None:
    if day is not None and month is not None:
        raise click.UsageError("give --date or --month, not both")
    formats = formats or ("csv",)
    if out is None and len(formats) > 1:
        raise click.UsageError("several formats go into files: give --out")
    days = _days(month) if month else (day.date() if day else None,)
    reports = asyncio.run(_reports(settings_from(**place), (name, days, partners)))
    if out is None:
        click.echo(printed(reports, formats[0]), nl=False)
        return
    for file in write(reports, formats, out):
        click.echo(file)


def _days(month: datetime) -> tuple[date, ...]:
    first = month.date()
    days = (first + timedelta(days=more) for more in range(31))
    return tuple(day for day in days if day.month == first.month)


async def _reports(settings: Settings, asked: Asked) -> list[DailyReport]:
    name, days, named = asked
    async with open_daily_reports(settings) as (record, reports):
        ids = named or tuple(partner.id for partner in await record.partners() if partner.active)
        made = (partial(reports.of_day, partner_id, name, day) for partner_id in ids for day in days)
        return [await make() for make in made]
