"""A court for each test, which proves that a test marked `trips` or `passes` does what its mark says."""

from collections.abc import Iterator

import pytest

from tests.rig.court import Court
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas


@pytest.fixture(scope="session")
def bench() -> tuple[Judge, Schemas]:
    """The judge of the shipped agreements, and the schemas; made once."""
    schemas = Schemas()
    return Judge(schemas, load_agreements(bundled_path("config") / "agreements"), rule_book()), schemas


@pytest.fixture
def court(bench: tuple[Judge, Schemas], request: pytest.FixtureRequest) -> Iterator[Court]:
    """A court that has judged nothing yet. At the end it fails a test whose marks are not true."""
    court = Court(*bench)
    yield court
    trips = [str(mark.args[0]) for mark in request.node.iter_markers("trips")]
    passes = [str(mark.args[0]) for mark in request.node.iter_markers("passes")]
    assert [] == [rule for rule in trips if not court.tripped(rule)], "marked as tripped, but found nothing"
    assert [] == [rule for rule in passes if not court.passed(rule)], "marked as passed, but never asked in vain"
