"""`oss-gateway partner`: trading partners and the keys of everybody who calls the gateway."""

import asyncio
from datetime import date
from getpass import getuser
from typing import Any

import click

from gateway.app.commands import open_partner_files, open_partners
from gateway.cli.certificates import certificate
from gateway.cli.keys import key
from gateway.cli.options import plain_errors, settings_from, where
from gateway.cli.partner_steps import step_done, steps
from gateway.record.rows import Role
from gateway.settings import Settings
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path

_LONG_AGO = date(2000, 1, 1)
"""Before anything that a manual clock is set to."""


@click.group()
def partner() -> None:
    """Trading partners and keys."""


partner.add_command(key)
partner.add_command(certificate)
partner.add_command(steps)
partner.add_command(step_done)


@partner.command()
@click.argument("partner_id", metavar="ID")
@click.option("--name", required=True, help="The partner's name.")
@click.option("--agreement", default="template", show_default=True, help="Id of the agreement that governs it.")
@click.option("--ccna", multiple=True, help="A customer carrier name abbreviation of the partner; may be repeated.")
@click.option("--cc", multiple=True, help="A company code of the partner; may be repeated.")
@click.option("--onboarded", is_flag=True, help="Put every step before the first order on record as done since 2000.")
@where
@plain_errors
def add(
    partner_id: str,
    name: str,
    agreement: str,
    ccna: tuple[str, ...],
    cc: tuple[str, ...],
    onboarded: bool,  # noqa: FBT001 - click gives a flag so
    **place: Any,
) -> None:
    """Add a trading partner and print its first key, which is shown this once."""
    settings = settings_from(**place)
    known = load_agreements(settings.agreements or bundled_path("config") / "agreements")
    if agreement not in known:
        raise click.BadParameter(f"there is no {agreement!r}; there are {', '.join(known)}", param_hint="--agreement")
    first_key = asyncio.run(_add(settings, partner_id, name, agreement, list(ccna), list(cc)))
    if onboarded:
        asyncio.run(_onboard(settings, partner_id))
    elif (terms := known[agreement].onboarding) is not None and terms.tracking == "tracked":
        click.echo(f"its orders wait for steps: `oss-gateway partner steps {partner_id}` names them", err=True)
    click.echo(first_key)


async def _onboard(settings: Settings, partner_id: str) -> None:
    async with open_partner_files(settings) as files:
        await files.all_done(partner_id, _LONG_AGO, f"cli:{getuser()}")


async def _add(settings: Settings, partner_id: str, name: str, agreement: str, ccna: list[str], cc: list[str]) -> str:
    async with open_partners(settings) as (_, partners):
        await partners.add(partner_id, name, agreement, ccna=ccna, cc=cc)
        return await partners.issue_key(Role.CLEC, partner_id, "first key")


@partner.command("list")
@where
@plain_errors
def list_command(**place: Any) -> None:
    """Print every partner with its agreement and codes."""
    for line in asyncio.run(_lines(settings_from(**place))):
        click.echo(line)


async def _lines(settings: Settings) -> list[str]:
    async with open_partners(settings) as (record, _):
        return [
            f"{partner.id}  {partner.name}  agreement {partner.agreement_id}  "
            f"CCNA {', '.join(partner.codes['ccna']) or '-'}  CC {', '.join(partner.codes['cc']) or '-'}"
            for partner in await record.partners()
        ]
