"""`oss-gateway partner key`: the keys of everybody who calls the gateway."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from gateway.app.commands import open_partners
from gateway.app.storage import system_clock
from gateway.cli.options import plain_errors, settings_from, where
from gateway.record.rows import Credential, Role
from gateway.settings import Settings

_OF_PARTNERS = " and ".join(role.value for role in Role if role.of_partner)


@click.group(invoke_without_command=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), default="clec", show_default=True)
@click.option("--partner", "partner_id", help=f"Whose key; for the roles {_OF_PARTNERS}.")
@click.option("--label", default="", help="What people call it.")
@click.option("--expires", metavar="TIME", help="When it ends, with its offset: 2027-03-01T00:00:00-07:00.")
@where
@click.pass_context
@plain_errors
def key(
    context: click.Context, /, role: str, partner_id: str | None, label: str, expires: str | None, **place: Any
) -> None:
    """Issue a further key and print it, which is done this once; or list, rotate and revoke keys."""
    if context.invoked_subcommand is not None:
        return
    if Role(role).of_partner != (partner_id is not None):
        raise click.UsageError(f"--partner goes with --role {_OF_PARTNERS}, and only with them")
    ends = None if expires is None else _instant(expires)
    click.echo(asyncio.run(_issue(settings_from(**place), Role(role), partner_id, label, ends)))


async def _issue(
    settings: Settings, role: Role, partner_id: str | None, label: str, expires_at: datetime | None
) -> str:
    async with open_partners(settings) as (_, partners):
        return await partners.issue_key(role, partner_id, label, expires_at=expires_at)


@key.command("list")
@click.option("--partner", "partner_id", help="Only this partner's.")
@where
@plain_errors
def list_command(partner_id: str | None, **place: Any) -> None:
    """Print every key and certificate: id, role, partner, whether it is good, and what people call it."""
    now = system_clock().now()
    for credential in asyncio.run(_all(settings_from(**place), partner_id)):
        click.echo(_line(credential, now))


async def _all(settings: Settings, partner_id: str | None) -> list[Credential]:
    async with open_partners(settings) as (_, partners):
        return list(await partners.keys.of_partner(partner_id))


@key.command()
@click.argument("key_id", metavar="ID")
@where
@plain_errors
def revoke(key_id: str, **place: Any) -> None:
    """End a key or certificate now; a running gateway refuses it within a second."""
    asyncio.run(_revoke(settings_from(**place), key_id))
    click.echo(f"{key_id} is revoked")


async def _revoke(settings: Settings, key_id: str) -> None:
    async with open_partners(settings) as (_, partners):
        await partners.keys.revoke(partners.actor, key_id)


@key.command()
@click.argument("key_id", metavar="ID")
@click.option("--overlap-hours", type=click.IntRange(0, 8760), default=24, show_default=True, help="Both are good.")
@where
@plain_errors
def rotate(key_id: str, overlap_hours: int, **place: Any) -> None:
    """Print a new key like another one, which stays good for some hours more."""
    click.echo(asyncio.run(_rotate(settings_from(**place), key_id, timedelta(hours=overlap_hours))))


async def _rotate(settings: Settings, key_id: str, overlap: timedelta) -> str:
    async with open_partners(settings) as (_, partners):
        return (await partners.keys.rotate(partners.actor, key_id, overlap)).key


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no instant", param_hint="--expires") from None
    if instant.tzinfo is None:
        raise click.BadParameter("give the offset too, e.g. 2027-03-01T00:00:00-07:00", param_hint="--expires")
    if instant <= system_clock().now():
        raise click.BadParameter("a key cannot end before it begins", param_hint="--expires")
    return instant.astimezone(UTC)


def _line(credential: Credential, now: datetime) -> str:
    if credential.revoked_at is not None:
        standing = f"revoked {credential.revoked_at.isoformat(timespec='seconds')}"
    elif not credential.valid_at(now):
        standing = "expired"
    elif credential.expires_at is not None:
        standing = f"good until {credential.expires_at.isoformat(timespec='seconds')}"
    else:
        standing = "good"
    whose = credential.partner_id or "-"
    return f"{credential.id}  {credential.kind}  {credential.role}  {whose}  {standing}  {credential.label}".rstrip()
