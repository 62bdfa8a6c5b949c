"""What scenarios are read by and played on: the shipped agreements, and both databases."""

import asyncio
from pathlib import Path

import pytest

from gateway.conformance.reading import ScenarioReader
from tests.contract.conftest import postgres_database, postgres_server
from tests.rig.office import copy_database, empty_database
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.rules.catalogue import read_catalogue
from validators.schema import Schemas

__all__ = ["postgres_database", "postgres_server"]


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Give the judge of the shipped agreements, made once."""
    return Judge(Schemas(), load_agreements(bundled_path("config") / "agreements"), rule_book())


@pytest.fixture(scope="session")
def reader(judge: Judge) -> ScenarioReader:
    """Give what reads scenario files."""
    return ScenarioReader(judge.agreements, read_catalogue(bundled_path("config") / "catalogue"), Schemas())


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file with empty tables, made once."""
    return asyncio.run(empty_database(tmp_path_factory.mktemp("record") / "empty.sqlite"))


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database with tables, once on each kind: PostgreSQL's is shared, partners keep orders apart."""
    if request.param == "sqlite":
        return copy_database(request.getfixturevalue("empty_sqlite"), tmp_path)
    url: str = request.getfixturevalue("postgres_database")
    return url
