"""`oss-gateway partner certificate`: let a client certificate in."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from gateway.app.commands import open_partners
from gateway.app.storage import system_clock
from gateway.cli.options import plain_errors, settings_from, where
from gateway.doors.tls import certificate_of, subject_of
from gateway.record.rows import Role
from gateway.services.keys import hash_of_fingerprint, hash_of_subject
from gateway.settings import Settings


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--subject", metavar="NAME", help="Every certificate of this subject (RFC 4514): CN=oss,O=Example.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default="clec", show_default=True)
@click.option("--partner", "partner_id", help="Whose it is; for a CLEC's roles.")
@click.option("--label", default="", help="What people call it.")
@where
@plain_errors
def certificate(
    file: Path | None, subject: str | None, role: str, partner_id: str | None, label: str, **place: Any
) -> None:
    """Bind a client certificate (FILE, PEM or DER) by its fingerprint, or all of a subject; print the binding's id.

    A partner may have several at once, so a new one is bound before the old one ends. `partner key list` shows
    them, and `partner key revoke` ends one within a second.
    """
    if (file is None) == (subject is None):
        raise click.UsageError("give either FILE or --subject")
    if Role(role).of_partner != (partner_id is not None):
        raise click.UsageError("--partner goes with a CLEC's roles, and only with them")
    key_hash, ends = _named(file, subject)
    click.echo(asyncio.run(_bind(settings_from(**place), Role(role), partner_id, label, key_hash, ends)))


def _named(file: Path | None, subject: str | None) -> tuple[str, datetime | None]:
    try:
        if file is None:
            return hash_of_subject(subject_of(subject or "")), None
        found = certificate_of(file.read_bytes())
    except ValueError as wrong:
        raise click.ClickException(f"no certificate or subject can be read: {wrong}") from None
    if found.not_after <= system_clock().now():
        raise click.ClickException(f"the certificate ended on {found.not_after.date()}")
    return hash_of_fingerprint(found.thumbprint), found.not_after


async def _bind(
    settings: Settings, role: Role, partner_id: str | None, label: str, key_hash: str, ends: datetime | None
) -> str:
    async with open_partners(settings) as (_, partners):
        bound = await partners.keys.bind_certificate(partners.actor, role, partner_id, label, key_hash, expires_at=ends)
        return bound.id
