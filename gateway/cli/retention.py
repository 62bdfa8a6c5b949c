"""`oss-gateway retention`: what personal data of end users stand in the record, and how they are purged."""

import asyncio
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import click

from gateway.app.commands import open_retention
from gateway.cli.options import plain_errors, settings_from, where
from gateway.record.retention import KINDS
from gateway.services.retention import Retention, Standing
from gateway.settings import Settings

_AGE: Final = re.compile(r"([1-9][0-9]{0,3}) ?(month|year)s?")
_NEVER: Final = date(1970, 1, 1)
_MONTHS: Final = {"month": 1, "year": 12}

_OPTIONS = (
    click.option("--before", type=click.DateTime(["%Y-%m-%d"]), help="What is older than this day (UTC)."),
    click.option("--older-than", metavar="AGE", help='What is older than that, as in "30 months" or "3 years".'),
    click.option(
        "--spare",
        multiple=True,
        metavar="PARTNER",
        help="Keep this partner's, as during an audit; may be repeated.",
    ),
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return where(plain_errors(command))


@click.group()
def retention() -> None:
    """Personal data of end users: names, addresses, telephone numbers."""


@retention.command()
@_options
def show(before: datetime | None, older_than: str | None, spare: tuple[str, ...], **place: Any) -> None:
    """Print where personal data stand, how much there is and since when, and how much of it is due.

    Without --before and --older-than what is due follows the setting `retention_months`; without that, too, nothing is.
    """
    settings = settings_from(**place)
    for line in asyncio.run(_show(settings, _asked(before, older_than, settings), spare)):
        click.echo(line)


@retention.command()
@_options
@click.option("--dry-run", is_flag=True, help="Only print what would be purged.")
def purge(
    before: datetime | None, older_than: str | None, spare: tuple[str, ...], *, dry_run: bool, **place: Any
) -> None:
    """Take the personal data out of closed orders that are old, and of what else is old.

    What audits, measures, clocks and reports need stays. It may run beside a gateway, be interrupted, and be run again.
    What an agreement has kept for audits is not purged. Each step stands in the audit log with its counts.
    """
    settings = settings_from(**place)
    asked = _asked(before, older_than, settings)
    if asked is None:
        raise click.UsageError("give --before or --older-than, or set retention_months")
    counts = asyncio.run(_purge(settings, asked, spare, dry_run=dry_run))
    done = "would be purged" if dry_run else "purged"
    for kind, count in counts.items():
        click.echo(f"{kind:<16} {count:>9} {done}")


Asked = Callable[[Retention], date]


def _asked(before: datetime | None, older_than: str | None, settings: Settings) -> Asked | None:
    """Give what says the day, once the clock is there; None where nobody says one.

    Raises:
        click.UsageError: both were given, or the age cannot be read.
    """
    if before is not None and older_than is not None:
        raise click.UsageError("give --before or --older-than, not both")
    if before is not None:
        day = before.date()
        return lambda _: day
    months = settings.retention_months if older_than is None else _months(older_than)
    return None if months is None else lambda retention: retention.months_before(months)


def _months(age: str) -> int:
    read = _AGE.fullmatch(age.strip())
    if read is None:
        raise click.UsageError(f'{age!r} is no age: write it as in "30 months" or "3 years"')
    return int(read[1]) * _MONTHS[read[2]]


async def _show(settings: Settings, asked: Asked | None, spare: tuple[str, ...]) -> list[str]:
    async with open_retention(settings) as retention:
        day = _NEVER if asked is None else asked(retention)
        standing = await retention.show(await retention.due_before(day, spare))
        listed = [f"{table:<16} {columns}: {holds}; {when}" for table, columns, holds, when in retention.listed.rows()]
        dated = f"before {day}" if asked else "nothing without --before, --older-than or retention_months"
        return [*listed, "", f"{'kind':<16} {'rows':>9} {'oldest':<10} {'due':>9}  ({dated})", *map(_line, standing)]


def _line(one: Standing) -> str:
    since = one.stands.since.date().isoformat() if one.stands.since else "-"
    return f"{one.kind:<16} {one.stands.rows:>9} {since:<10} {one.due:>9}"


async def _purge(settings: Settings, asked: Asked, spare: tuple[str, ...], *, dry_run: bool) -> dict[str, int]:
    async with open_retention(settings) as retention:
        due = await retention.due_before(asked(retention), spare)
        if dry_run:
            return {one.kind: one.due for one in await retention.show(due)}
        done = dict.fromkeys(KINDS, 0)
        async for kind, count in retention.purge(due):
            done[kind] += count
        return done
