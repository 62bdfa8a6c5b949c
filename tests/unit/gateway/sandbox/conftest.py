"""A test environment for each test, with a judge that all of them share."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.clock import ManualClock
from tests.rig.court import MONDAY
from tests.rig.office import OTHER_PARTNER, PARTNER, Office, add_partners, copy_database, empty_database, open_office
from tests.rig.sandbox import Sandbox, open_sandbox
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas


@pytest.fixture(scope="session")
def bench() -> tuple[Judge, Schemas]:
    """Give the judge of the shipped agreements, and the schemas; made once."""
    schemas = Schemas()
    return Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book()), schemas


@pytest.fixture
async def sandbox(tmp_path: Path, bench: tuple[Judge, Schemas]) -> AsyncIterator[Sandbox]:
    """Give a test environment whose partners' clocks stand on a Monday morning, while the machine's goes elsewhere."""
    template = await empty_database(tmp_path / "empty.sqlite")
    machine = ManualClock(MONDAY + timedelta(days=300))
    async with open_office(copy_database(template, tmp_path), *bench, clock=machine) as office:
        await add_partners(office)
        yield open_sandbox(office, {PARTNER: MONDAY, OTHER_PARTNER: MONDAY})


@pytest.fixture
async def production(tmp_path: Path, bench: tuple[Judge, Schemas]) -> AsyncIterator[Office]:
    """Give an office beside the test environment, with the same partners and a record of its own."""
    (folder := tmp_path / "production").mkdir()
    template = await empty_database(folder / "empty.sqlite")
    async with open_office(copy_database(template, folder), *bench) as office:
        await add_partners(office)
        yield office
