"""`oss-gateway audit`: every administrative act, and whether the log of them was tampered with."""

import asyncio
import json
from typing import Any

import click

from gateway.app.commands import open_partners
from gateway.cli.options import plain_errors, settings_from, where
from gateway.record.audit import AuditEntry
from gateway.services.audit import Checked
from gateway.settings import Settings

_PAGE = 1000


@click.group()
def audit() -> None:
    """The log of administrative acts."""


@audit.command("list")
@click.option("--after", type=click.IntRange(0), default=0, help="Only entries after this number.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@where
@plain_errors
def list_command(after: int, *, as_json: bool, **place: Any) -> None:
    """Print the acts, oldest first: number, time, who, what, to what."""
    for entry in asyncio.run(_entries(settings_from(**place), after)):
        click.echo(_json(entry) if as_json else _line(entry))


async def _entries(settings: Settings, after: int) -> list[AuditEntry]:
    found: list[AuditEntry] = []
    async with open_partners(settings) as (_, partners):
        while page := await partners.audit.page(found[-1].seq if found else after, _PAGE):
            found += page
    return found


@audit.command()
@click.option("--seal", metavar="HEX", help="A seal that you kept elsewhere and that must stand in the log.")
@where
@plain_errors
def verify(seal: str | None, **place: Any) -> None:
    """Reckon the whole chain again; exit status 1 if an entry was changed, taken out or put in.

    The chain cannot show by itself that its newest entries were cut off: keep the last seal elsewhere, and give it next
    time.
    """
    checked = asyncio.run(_check(settings_from(**place), seal))
    if checked.broken_at is not None:
        raise click.ClickException(f"the log is broken at entry {checked.broken_at}")
    if not checked.holds_expected:
        raise click.ClickException(f"no entry has the seal {seal}: the end of the log was cut off or replaced")
    click.echo(f"{checked.entries} entries hold; last seal {checked.last_seal or '-'}")


async def _check(settings: Settings, seal: str | None) -> Checked:
    async with open_partners(settings) as (_, partners):
        return await partners.audit.check(seal)


def _line(entry: AuditEntry) -> str:
    detail = ", ".join(f"{name} {value}" for name, value in sorted(entry.detail.items()) if value)
    at = entry.at.isoformat(timespec="seconds")
    return f"{entry.seq}  {at}  {entry.actor}  {entry.action}  {entry.subject}  {detail}".rstrip()


def _json(entry: AuditEntry) -> str:
    return json.dumps({name: getattr(entry, name) for name in entry.__slots__}, default=str)
