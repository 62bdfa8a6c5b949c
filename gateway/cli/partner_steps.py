"""`oss-gateway partner steps` and `step-done`: what a partner does before it orders."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from getpass import getuser
from typing import Any

import click

from gateway.app.commands import open_partner_files
from gateway.cli.options import plain_errors, settings_from, where
from gateway.services.partner_files import PartnerFile
from gateway.settings import Settings
from validators.registers.given import EntryInvalid
from validators.registers.onboarding import STEPS

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("partner_id", metavar="ID")
@click.option("--on", "day", type=_DAY, help="Day that is asked about; today if not given.")
@where
@plain_errors
def steps(partner_id: str, day: datetime | None, **place: Any) -> None:
    """Print what a partner has still to do before it orders, and its holds; exit status 1 if its orders are blocked."""
    file = asyncio.run(_file(settings_from(**place), partner_id, day))
    for line in _lines(file):
        click.echo(line)
    if file.tracked and any(step.blocks == "orders" for step in file.missing):
        raise click.exceptions.Exit(1)


async def _file(settings: Settings, partner_id: str, day: datetime | None) -> PartnerFile:
    async with open_partner_files(settings) as files:
        return await files.of(partner_id, day and day.date())


def _lines(file: PartnerFile) -> Iterator[str]:
    how = "tracked: what is missing blocks" if file.tracked else "not tracked: all is assumed to be done"
    yield f"{file.partner.id} on {file.day}, agreement {file.agreement.id} ({how})"
    for step in file.missing:
        blocked = {"orders": "all orders", "products": ", ".join(sorted(step.products)), "nothing": "nothing"}
        yield f"missing  {step.id}  {step.name}  {step.section}  blocks {blocked[step.blocks]}"
    yield f"products  {', '.join(file.products) or 'none'}"
    for hold in file.holds:
        dates = hold.dates
        yield f"hold  {hold.entry}  {hold.ground}  due {dates.due}  orders stop {dates.stops or 'never so far'}"
        yield from (f"    {doubt}" for doubt in dates.doubts)
    for number, doubts in file.disputes:
        yield f"dispute  {number}"
        yield from (f"    {doubt}" for doubt in doubts)


@click.command("step-done")
@click.argument("partner_id", metavar="ID")
@click.argument("step", type=click.Choice([*STEPS, "all"]))
@click.option("--since", required=True, type=_DAY, help="Day since which it is done.")
@click.option("--says", default="{}", help='What the step asks for, as JSON: {"states": ["ID"]}.')
@click.option("--by", default=lambda: f"cli:{getuser()}", show_default="cli: and your user", help="Who enters it.")
@where
@plain_errors
def step_done(partner_id: str, step: str, since: datetime, says: str, by: str, **place: Any) -> None:
    """Put on record that a partner has done a step; `all` puts every missing step and every product on record."""
    try:
        said = json.loads(says)
        count = asyncio.run(_done(settings_from(**place), partner_id, (step, since, by), said))
    except ValueError as error:
        raise click.BadParameter(f"it is no JSON: {error}", param_hint="--says") from None
    except EntryInvalid as invalid:
        raise click.UsageError(str(invalid)) from None
    click.echo(f"{count} entries" if count > 1 else "1 entry")


async def _done(
    settings: Settings, partner_id: str, done: tuple[str, datetime, str], said: Mapping[str, object]
) -> int:
    step, since, by = done
    async with open_partner_files(settings) as files:
        if step == "all":
            return len(await files.all_done(partner_id, since.date(), by))
        await files.step_done(partner_id, step, since.date(), by, said)
        return 1
