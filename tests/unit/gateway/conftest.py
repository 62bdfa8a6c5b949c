"""An office for each test, and a judge that all of them share."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rig.office import Office, add_partners, copy_database, empty_database, open_office
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.releases import SECOND
from validators.rules import rule_book
from validators.schema import Schemas


@pytest.fixture(scope="session")
def bench() -> tuple[Judge, Schemas]:
    """Give the judge of the shipped agreements, and the schemas; made once."""
    schemas = Schemas()
    agreements = load_agreements(bundled_path("config") / "agreements")
    return Judge(schemas, agreements, rule_book(), {(SECOND, "lsr"): Schemas(SECOND)}), schemas


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with empty tables, made once."""
    return asyncio.run(empty_database(tmp_path_factory.mktemp("record") / "empty.sqlite"))


@pytest.fixture
def database(template: Path, tmp_path: Path) -> str:
    """Give the URL of an empty record of its own."""
    return copy_database(template, tmp_path)


@pytest.fixture
async def office(database: str, bench: tuple[Judge, Schemas]) -> AsyncIterator[Office]:
    """Give an office with two partners, early on a Monday that is a business day."""
    async with open_office(database, *bench) as office:
        await add_partners(office)
        yield office
