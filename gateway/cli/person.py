"""`oss-gateway person`: who signs in to the pages with a password and a code."""

import asyncio
from collections.abc import Sequence
from getpass import getuser
from typing import Any

import click

from gateway.app.commands import open_people
from gateway.cli.options import plain_errors, settings_from, where
from gateway.record.people import Person
from gateway.record.rows import Role
from gateway.services.people import Enrolment
from gateway.settings import Settings

_OF_PARTNERS = " and ".join(role.value for role in Role if role.of_partner)
_OF_PEOPLE = [role.value for role in Role if role is not Role.BACKEND]

_password = click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    envvar="OSS_GATEWAY_NEW_PASSWORD",
    show_envvar=True,
    help="Asked for if not given, which keeps it out of the list of processes.",
)


@click.group()
def person() -> None:
    """People who sign in to the pages."""


@person.command()
@click.argument("login")
@click.option("--role", type=click.Choice(_OF_PEOPLE), required=True)
@click.option("--partner", "partner_id", help=f"Whose person; for the roles {_OF_PARTNERS}.")
@_password
@where
@plain_errors
def add(login: str, role: str, partner_id: str | None, password: str, **place: Any) -> None:
    """Add a person and print the address that enrols an authenticator, which is done this once."""
    if Role(role).of_partner != (partner_id is not None):
        raise click.UsageError(f"--partner goes with --role {_OF_PARTNERS}, and only with them")
    enrolled = asyncio.run(_add(settings_from(**place), login, Role(role), partner_id, password))
    click.echo(enrolled.uri)


async def _add(settings: Settings, login: str, role: Role, partner_id: str | None, password: str) -> Enrolment:
    async with open_people(settings) as people:
        return await people.add(_actor(), login, role, partner_id, password)


@person.command("list")
@where
@plain_errors
def list_command(**place: Any) -> None:
    """Print everybody: id, login, role, partner, and whether they may sign in."""
    for known in asyncio.run(_all(settings_from(**place))):
        standing = "may sign in" if known.ended_at is None else f"gone {known.ended_at.isoformat(timespec='seconds')}"
        click.echo(f"{known.id}  {known.login}  {known.role}  {known.partner_id or '-'}  {standing}")


async def _all(settings: Settings) -> Sequence[Person]:
    async with open_people(settings) as people:
        return await people.all()


@person.command()
@click.argument("login")
@_password
@where
@plain_errors
def password(login: str, password: str, **place: Any) -> None:
    """Give a person another password; a lock is lifted, and every session ends."""
    asyncio.run(_set_password(settings_from(**place), login, password))
    click.echo(f"{login} has another password")


async def _set_password(settings: Settings, login: str, password: str) -> None:
    async with open_people(settings) as people:
        await people.set_password(_actor(), login, password)


@person.command()
@click.argument("login")
@where
@plain_errors
def enrol(login: str, **place: Any) -> None:
    """Print the address that enrols another authenticator; the one before is good no more."""
    click.echo(asyncio.run(_enrol(settings_from(**place), login)).uri)


async def _enrol(settings: Settings, login: str) -> Enrolment:
    async with open_people(settings) as people:
        return await people.enrol(_actor(), login)


@person.command()
@click.argument("login")
@where
@plain_errors
def end(login: str, **place: Any) -> None:
    """Let a person in no more, at once."""
    asyncio.run(_end(settings_from(**place), login))
    click.echo(f"{login} may not sign in any more")


async def _end(settings: Settings, login: str) -> None:
    async with open_people(settings) as people:
        await people.end(_actor(), login)


def _actor() -> str:
    return f"cli:{getuser()}"
