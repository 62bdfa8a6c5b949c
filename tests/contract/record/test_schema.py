"""The tables in the database and those in the code are the same, however they came about."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import Connection

from gateway.cli import main
from gateway.record.engine import open_engine
from gateway.record.schema import SchemaOutdated, current_revision, ensure_schema, needed_revision
from gateway.record.tables import metadata


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database without tables, once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


async def test_the_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    """Whoever changes `tables.py` writes a migration that does the same."""
    engine = open_engine(database_url)

    def differences(connection: Connection) -> Any:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with engine.connect() as connection:
        found = await connection.run_sync(differences)
    await engine.dispose()

    assert found == []


async def test_the_partial_indexes_are_those_of_the_code(database_url: str) -> None:
    """The conditions of partial indexes, which the comparison of tables does not see, are the same too."""
    engine = open_engine(database_url)
    by_kind = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "postgresql": "SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE schemaname = 'public'",
    }
    async with engine.connect() as connection:
        rows = (await connection.exec_driver_sql(by_kind[engine.dialect.name])).all()
    await engine.dispose()

    found = {row.name: row.sql for row in rows}
    for table in metadata.tables.values():
        for index in table.indexes:
            partial = index.dialect_options["sqlite"]["where"] is not None
            assert (" WHERE " in found[str(index.name)]) == partial, index.name


async def test_a_database_without_tables_is_made_ready_only_if_asked(empty_url: str) -> None:
    """`serve` on a server says what to run; on its own file it makes the tables."""
    engine = open_engine(empty_url)

    with pytest.raises(SchemaOutdated, match="run oss-gateway db upgrade --database"):
        await ensure_schema(engine, upgrade=False)
    assert await current_revision(engine) is None
    await ensure_schema(engine, upgrade=True)
    await ensure_schema(engine, upgrade=False)

    assert await current_revision(engine) == needed_revision()
    await engine.dispose()


async def test_two_processes_that_start_together_make_the_tables_once(empty_url: str) -> None:
    """The second waits for the first and finds nothing to do."""
    engines = [open_engine(empty_url) for _ in range(2)]

    await asyncio.gather(*(ensure_schema(engine, upgrade=True) for engine in engines))

    assert await current_revision(engines[0]) == needed_revision()
    for engine in engines:
        await engine.dispose()


async def test_a_newer_database_is_refused(empty_url: str) -> None:
    """An older gateway does not touch what a newer one has migrated."""
    engine = open_engine(empty_url)
    await ensure_schema(engine, upgrade=True)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(SchemaOutdated, match="newer"):
        await ensure_schema(engine, upgrade=True)

    await engine.dispose()


def test_the_command_line_upgrades_and_tells(tmp_path: Path) -> None:
    """`db current` exits 1 until `db upgrade` has run; a second upgrade has nothing to do."""
    database = ["--database", f"sqlite:///{tmp_path / 'record.db'}"]

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["db", *arguments])
        return result.exit_code, result.output.strip()

    needed = needed_revision()
    assert run("current", *database) == (1, f"no tables (needed: {needed})")
    assert run("upgrade", *database) == (0, f"no tables -> {needed}")
    assert run("upgrade", *database) == (0, f"{needed}: nothing to do")
    assert run("current", *database) == (0, f"{needed} (needed: {needed})")
    assert run("current", "--database", "mysql://x/y")[0] == 2
