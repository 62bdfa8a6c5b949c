"""Settings that all tests share: sockets, hypothesis, and no silent skips in CI."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

_TESTS = Path(__file__).parent
_IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# No deadline: the machine that runs the tests is shared, and slowness is measured by the benchmarks.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, database=None)
settings.load_profile("ci" if _IN_CI else "local")


@pytest.fixture(autouse=True)
def _bounded_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give unit tests no network at all, and the others nothing beyond this machine.

    Unix sockets stay: an event loop wakes itself through a pair of them.
    """
    if request.path.is_relative_to(_TESTS / "unit"):
        disable_socket(allow_unix_socket=True)
    else:
        socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    enable_socket()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one in CI: what is not run there is run nowhere."""
    report = yield
    if _IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but CI must run every test: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped test file into an error in CI."""
    report = yield
    if _IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, but CI must run every test: {_reason(report.longrepr)}"
    return report


def _reason(longrepr: object) -> str:
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)
