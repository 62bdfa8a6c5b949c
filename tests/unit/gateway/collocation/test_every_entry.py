"""Whatever the catalogue calls enforced or tracked of collocation has a test or a scenario of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.unit.gateway.collocation.test_clocks import rows
from tests.unit.gateway.collocation.test_needs import ROWS
from validators.bundled import bundled_path
from validators.rules.catalogue import Status

_TESTS = Path(__file__).parents[3]
_MARKS = frozenset({"carries", "upholds", "trips"})
_MOST_OPEN = 0
"""Lower it with each entry that gets its test; nothing is to be left."""


def _marked(file: Path) -> Iterator[str]:
    """Give the entries that tests of a file name in their marks, or hand to what makes marks."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        called = node.func
        if (isinstance(called, ast.Attribute) and called.attr in _MARKS) or isinstance(called, ast.Name):
            yield str(node.args[0].value)


def _in_scenarios() -> Iterator[str]:
    for file in (_TESTS / "scenarios" / "collocation").glob("*.yaml"):
        yield from map(str, yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["requirements"])


@pytest.fixture(scope="module")
def shown() -> frozenset[str]:
    """Give the entries that a test or a scenario names; the marks of this folder are proved where they stand."""
    files = [*(_TESTS / "unit").rglob("test_*.py")]
    of_rows = {row.clock for row in rows()} | {entry for row in ROWS for entry in row.entries.split()}
    return frozenset({*of_rows, *(name for file in files for name in _marked(file)), *_in_scenarios()})


def _entries() -> list[dict[str, str]]:
    file = bundled_path("config") / "catalogue" / "collocation.yaml"
    found: list[dict[str, str]] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


def test_what_is_called_enforced_or_tracked_has_its_test(shown: frozenset[str]) -> None:
    """No entry rests on terms alone that load."""
    covered = {entry["id"] for entry in _entries() if entry["status"] in (Status.ENFORCED, Status.TRACKED)}

    assert _MOST_OPEN >= len(covered - shown), sorted(covered - shown)


def test_nothing_waits_to_be_built() -> None:
    """What a gateway can do by itself is done; what it can do in part is done that far, or says who does it."""
    done = (Status.ENFORCED, Status.TRACKED)
    waiting = [e["id"] for e in _entries() if e["automatable"] == "yes" and e["status"] not in done]
    planned = [e["id"] for e in _entries() if e["status"] == Status.PLANNED]

    assert ([], []) == (waiting, planned)
