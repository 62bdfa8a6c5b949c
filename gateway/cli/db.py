"""`oss-gateway db`: bring the database to the tables that this gateway needs, and tell where it stands."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.record.engine import open_engine
from gateway.record.port import RecordUnavailable
from gateway.record.schema import current_revision, needed_revision, upgrade_schema

Answer = TypeVar("Answer")

_DATABASE = click.option(
    "--database",
    envvar="OSS_GATEWAY_DATABASE",
    required=True,
    metavar="URL",
    help="postgresql://USER@HOST/NAME or sqlite:///FILE; also from OSS_GATEWAY_DATABASE.",
)


@click.group()
def db() -> None:
    """Look after the tables of the record."""


@db.command()
@_DATABASE
def upgrade(database: str) -> None:
    """Apply the migrations that the database lacks."""
    before, after = asyncio.run(_with_engine(database, _upgrade))
    print(f"{before or 'no tables'} -> {after}" if before != after else f"{after}: nothing to do")


@db.command()
@_DATABASE
def current(database: str) -> None:
    """Print the revision that the database is at; exit status 1 if it is not the one this gateway needs."""
    found, needed = asyncio.run(_with_engine(database, current_revision)), needed_revision()
    print(f"{found or 'no tables'} (needed: {needed})")
    if found != needed:
        raise click.exceptions.Exit(1)


async def _upgrade(engine: AsyncEngine) -> tuple[str | None, str | None]:
    before = await current_revision(engine)
    await upgrade_schema(engine)
    return before, await current_revision(engine)


async def _with_engine(database: str, action: Callable[[AsyncEngine], Awaitable[Answer]]) -> Answer:
    try:
        engine = open_engine(database)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--database") from wrong
    try:
        return await action(engine)
    except RecordUnavailable as away:
        raise click.ClickException(str(away)) from away
    finally:
        await engine.dispose()
