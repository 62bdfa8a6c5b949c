"""`oss-gateway register`: what operators put on record beside the orders."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import Any

import click

from gateway.app.commands import open_registers_at
from gateway.cli.options import plain_errors, settings_from, where
from gateway.record.registers import RegisterQuery, RegisterRow
from gateway.services.registers import register_named
from gateway.settings import Settings
from validators.registers.given import EntryInvalid, GivenEntry, given_entry
from validators.registers.known import REGISTERS

_BY = click.option("--by", default=lambda: f"cli:{getuser()}", show_default="cli: and your user", help="Who enters it.")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def register() -> None:
    """Registers: dated entries of operators that orders are judged by."""


@register.command("kinds")
def kinds() -> None:
    """Print every register with what it is for."""
    for known in REGISTERS.values():
        click.echo(f"{known.id}  {known.section}  {known.purpose}")
        for name, field in known.model.model_fields.items():
            needed = "" if field.is_required() else " (may be left out)"
            click.echo(f"    {name}: {field.description}{needed}")


@register.command("list")
@click.argument("name", metavar="REGISTER", required=False, type=click.Choice(list(REGISTERS)))
@click.option("--partner", "partner_id", help="Only entries that concern this partner alone.")
@click.option("--withdrawn", is_flag=True, help="Withdrawn entries, too.")
@where
@plain_errors
def list_command(name: str | None, partner_id: str | None, withdrawn: bool, **place: Any) -> None:  # noqa: FBT001 - click gives a flag so
    """Print the entries of one register, or of all."""
    query = RegisterQuery(name, partner_id, withdrawn=withdrawn)
    for row in asyncio.run(_page(settings_from(**place), query)):
        click.echo(_line(row))


async def _page(settings: Settings, query: RegisterQuery) -> Sequence[RegisterRow]:
    async with open_registers_at(settings) as registers:
        return await registers.page(query)


@register.command()
@click.argument("name", metavar="REGISTER", type=click.Choice(list(REGISTERS)))
@click.option("--partner", help="Whom it concerns; all partners without it.")
@click.option("--key", default="", help="What it is about, where the register has keys.")
@click.option("--from", "valid_from", required=True, type=_DAY, help="First day on which it holds.")
@click.option("--until", "valid_until", type=_DAY, help="Last day on which it holds.")
@click.option("--section", help="What it rests on; the register's own if not given.")
@click.option("--says", default="{}", help="What the register asks for, as JSON.")
@_BY
@where
@plain_errors
def enter(name: str, says: str, by: str, valid_from: datetime, valid_until: datetime | None, **options: Any) -> None:
    """Put an entry on record and print its id."""
    try:
        said = json.loads(says)
    except ValueError as error:
        raise click.BadParameter(f"it is no JSON: {error}", param_hint="--says") from None
    body = {
        "partner": options.pop("partner"),
        "key": options.pop("key"),
        "valid_from": valid_from.date(),
        "valid_until": valid_until and valid_until.date(),
        "section": options.pop("section"),
        "data": said,
    }
    try:
        given = given_entry(register_named(name), body)
    except EntryInvalid as invalid:
        raise click.UsageError("\n".join(f"{path}: {text}" for path, text in invalid.errors)) from None
    (row,) = asyncio.run(_enter(settings_from(**options), [given], by))
    click.echo(row.id)


@register.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_BY
@where
@plain_errors
def import_command(file: Path, by: str, **place: Any) -> None:
    """Put every entry of a YAML file on record, or none if anything in it is wrong.

    The file is a list under `entries`; each has `register`, `valid_from`, `data`, and what else it needs.
    """
    from gateway.cli.register_file import FileInvalid, read_entries

    try:
        given = read_entries(file)
    except FileInvalid as invalid:
        for problem in invalid.problems:
            click.echo(str(problem), err=True)
        raise click.exceptions.Exit(1) from None
    rows = asyncio.run(_enter(settings_from(**place), given, by))
    click.echo(f"{len(rows)} entries")


async def _enter(settings: Settings, given: Sequence[GivenEntry], by: str) -> list[RegisterRow]:
    async with open_registers_at(settings) as registers:
        return await registers.enter(given, by)


@register.command()
@click.argument("name", metavar="REGISTER", type=click.Choice(list(REGISTERS)))
@click.argument("entry_id", metavar="ID")
@click.option("--because", required=True, help="Why; it stays on record.")
@_BY
@where
@plain_errors
def withdraw(name: str, entry_id: str, because: str, by: str, **place: Any) -> None:
    """Withdraw an entry; it stays on record as withdrawn."""
    click.echo(_line(asyncio.run(_withdraw(settings_from(**place), name, entry_id, by, because))))


async def _withdraw(settings: Settings, name: str, entry_id: str, by: str, because: str) -> RegisterRow:
    async with open_registers_at(settings) as registers:
        return await registers.withdraw(register_named(name), entry_id, by, because)


def _line(row: RegisterRow) -> str:
    until = f"{row.valid_from} to {row.valid_until}" if row.valid_until else f"from {row.valid_from}"
    members = [row.id, row.register, row.partner_id or "all partners", row.key or "-", until, row.section]
    members += [json.dumps(row.data, ensure_ascii=False), f"by {row.entered_by}"]
    if row.withdrawn_at is not None:
        members.append(f"withdrawn {row.withdrawn_at:%Y-%m-%d} by {row.withdrawn_by}: {row.withdrawn_because}")
    return "  ".join(members)
