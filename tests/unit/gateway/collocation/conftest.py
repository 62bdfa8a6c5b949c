"""A counter for each test, and the proof that a test marked `carries` would fail without the terms of its entry."""

from collections.abc import Generator
from typing import Any

import pytest

from tests.rig.counter import AGREEMENT, Bench, Counter
from tests.rig.without import without
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.rules import rule_book
from validators.schema import Schemas


@pytest.fixture(scope="session")
def counter_bench() -> Bench:
    """Give the schemas, the rules and the shipped agreement; made once."""
    return Bench(Schemas(), rule_book(), load_agreements(bundled_path("config") / "agreements")[AGREEMENT])


@pytest.fixture
def counter(counter_bench: Bench) -> Counter:
    """Give a counter at which nothing has happened yet."""
    return Counter(counter_bench)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
    """Play a test that has passed again, with the terms of each entry that it carries taken away: then it must fail."""
    result = yield
    for mark in pyfuncitem.iter_markers("carries"):
        entry, altered = str(mark.args[0]), dict(mark.args[1]) if len(mark.args) > 1 else {}
        _must_fail(pyfuncitem, entry, altered, mark.kwargs.get("by"))
    return result


def _must_fail(test: pytest.Function, entry: str, altered: dict[str, Any], by: str | None) -> None:
    given = {name: test.funcargs[name] for name in test._fixtureinfo.argnames}
    bench: Bench = test._request.getfixturevalue("counter_bench")
    tried = 0
    for carrier, what, agreement in without(bench.agreement, entry, altered):
        if by not in (None, carrier):
            continue
        tried += 1
        try:
            test.obj(**{**given, "counter": Counter(bench, agreement)})
        except Exception:  # noqa: BLE001, S112 - however it fails without the term, it is not blind to it
            continue
        pytest.fail(f"it passes as well with {what}, so it proves nothing of {entry}", pytrace=False)
    assert tried, f"no term carries {entry}"
