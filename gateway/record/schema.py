"""The tables in the database: which revision it is at, and how to bring it to the one that this gateway needs."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.record.engine import AWAY, in_transactions
from gateway.record.port import RecordUnavailable

_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(0x4F5353)"}


class SchemaOutdated(Exception):  # noqa: N818 - it says what is so
    """Raised when the database is not at the revision that this gateway needs; the text says what to run."""


async def ensure_schema(engine: AsyncEngine, *, upgrade: bool) -> None:
    """Make sure that the tables are those of this gateway; with `upgrade`, bring them there.

    Raises:
        SchemaOutdated: they are not, and `upgrade` is off, or they are newer than this gateway.
        RecordUnavailable: the database cannot be reached.
    """
    needed = needed_revision()
    found = await current_revision(engine)
    if found == needed:
        return
    if found is not None and found not in _known_revisions():
        raise SchemaOutdated(f"the database is at revision {found}, which this gateway does not know: it is newer")
    if not upgrade:
        raise SchemaOutdated(
            f"the database is at revision {found or 'none'} and {needed} is needed: "
            f"run oss-gateway db upgrade --database {engine.url.render_as_string(hide_password=True)}"
        )
    await upgrade_schema(engine)


async def upgrade_schema(engine: AsyncEngine) -> None:
    """Run the migrations that the database lacks, in one transaction where the database can.

    Raises:
        RecordUnavailable: the database cannot be reached or refuses.
    """
    await _run(engine, lambda connection: command.upgrade(_config(connection), "head"))


async def current_revision(engine: AsyncEngine) -> str | None:
    """Give the revision that the database is at; None if it has no tables yet.

    Raises:
        RecordUnavailable: the database cannot be reached.
    """
    found: list[str | None] = []
    await _run(engine, lambda connection: found.append(MigrationContext.configure(connection).get_current_revision()))
    return found[0]


@cache
def needed_revision() -> str:
    """Give the revision that this gateway needs; the migrations are read once."""
    return str(_scripts().get_current_head())


def _known_revisions() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_MIGRATIONS))


async def _run(engine: AsyncEngine, action: Callable[[Connection], object]) -> None:
    try:
        async with in_transactions(engine).begin() as connection:
            # Two processes that start at once: the second waits here, and then finds nothing to do. On SQLite this also
            # opens the transaction, which the driver by itself does not do for the making of tables.
            await connection.exec_driver_sql(_LOCK[engine.dialect.name])
            await connection.run_sync(action)
    except AWAY as away:
        raise RecordUnavailable(f"the database cannot be reached or refuses: {away}") from away


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
