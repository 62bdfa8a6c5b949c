from collections.abc import Callable
from datetime import UTC, datetime

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.request_versions import RequestVersion, clock_starting_version


def at(day: int) -> datetime:
    """Give noon of a day in October 2026."""
    return datetime(2026, 10, day, 12, tzinfo=UTC)


VERSIONS = (
    RequestVersion("00", at(1), complete=False),
    RequestVersion("01", at(2), complete=True),
    RequestVersion("02", at(5), complete=True),
    RequestVersion("03", at(9), complete=True),
)


def test_the_last_complete_version_before_the_foc_starts_the_clock(basis: MeasureBasis) -> None:
    """A supplement received before the original FOC restarts the clock, one received after it does not (R-VER)."""
    started = clock_starting_version(VERSIONS, at(8), basis.readings)
    assert started is not None
    assert started.version == "02"


def test_the_first_complete_version_may_start_the_clock(basis_under: Callable[..., MeasureBasis]) -> None:
    """Under the other reading the first complete version keeps the clock; a rejected one never has it."""
    started = clock_starting_version(VERSIONS, at(8), basis_under(clock_version="first").readings)
    assert started is not None
    assert started.version == "01"


def test_no_complete_version_starts_no_clock(basis: MeasureBasis) -> None:
    """Where every version before the FOC was rejected there is no receipt to measure from."""
    assert clock_starting_version(VERSIONS, at(1), basis.readings) is None
