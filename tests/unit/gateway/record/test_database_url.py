"""Which databases the record takes."""

import pytest

from gateway.record.engine import database_url, open_engine


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://user@host/name", "postgresql+asyncpg"),
        ("postgres://user@host/name", "postgresql+asyncpg"),
        ("postgresql+psycopg://user@host/name", "postgresql+asyncpg"),
        ("sqlite:///record.db", "sqlite+aiosqlite"),
    ],
)
def test_a_url_gets_the_driver_of_the_record(given: str, driver: str) -> None:
    """Whatever driver a URL names or leaves out, the record uses its own."""
    assert database_url(given).drivername == driver


@pytest.mark.parametrize("given", ["mysql://host/name", "no url", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(given: str) -> None:
    """Neither another product nor a SQLite database in memory, which its writer and readers could not share."""
    with pytest.raises(ValueError, match=r"not a database URL|PostgreSQL or SQLite|wants a SQLite file"):
        open_engine(given)
