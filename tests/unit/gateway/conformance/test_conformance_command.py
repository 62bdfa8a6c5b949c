import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner

from gateway.cli.conformance import conformance
from tests.unit.gateway.conformance.story import STORY


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """Take back what the command sets up for its process."""
    yield
    structlog.reset_defaults()


def test_all_hold(write: Callable[[str], Path], tmp_path: Path) -> None:
    """Status 0; the reports that are asked for are written."""
    junit, page = tmp_path / "report.xml", tmp_path / "report.html"

    result = CliRunner().invoke(conformance, ["run", str(write(STORY)), "--junit", str(junit), "--html", str(page)])

    assert 0 == result.exit_code, result.output
    assert "[1/1] ok " in result.output
    assert junit.read_bytes().startswith(b"<?xml")
    assert "everything holds" in page.read_text(encoding="utf-8")


def test_one_does_not_hold(write: Callable[[str], Path]) -> None:
    """Status 1, with expected and got."""
    result = CliRunner().invoke(conformance, ["run", str(write(STORY.replace("state: JEOPARDY", "state: BILLED")))])

    assert 1 == result.exit_code, result.output
    assert "expected  BILLED" in result.output


def test_a_mistake_in_a_file(write: Callable[[str], Path]) -> None:
    """Status 2, with file, line and words, and nothing is played."""
    file = write(STORY.replace("who: time", "who: tme"))

    result = CliRunner().invoke(conformance, ["run", str(file)])

    assert 2 == result.exit_code
    assert f"{file}:25: steps[3].who: 'tme' is unknown" in result.output


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ["--target", "http://127.0.0.1:1", "--database", "sqlite:///x"],
            "--database is for the gateway in this process",
        ),
        (["--database", "mysql://x/y"], "the record stands on PostgreSQL or SQLite"),
        (["--junit", "nowhere/report.xml"], "there is no folder nowhere; make it first"),
        (["--product", "lnp"], "no scenario is of that family, product, section and release"),
    ],
)
def test_options_that_do_not_fit(write: Callable[[str], Path], options: list[str], told: str) -> None:
    """Status 2, with what is wrong."""
    result = CliRunner().invoke(conformance, ["run", str(write(STORY)), *options])

    assert 2 == result.exit_code
    assert told in result.output


def test_a_new_record_is_prepared_for_a_target(write: Callable[[str], Path], tmp_path: Path) -> None:
    """The CLECs of the scenarios are on it, and a shell takes over the keys; a second time it says who is there."""
    asked = ["prepare", str(write(STORY)), "--data", str(tmp_path / "data")]

    result, again = CliRunner().invoke(conformance, asked), CliRunner().invoke(conformance, asked)

    given = dict(
        line.removeprefix("export OSS_GATEWAY_CONFORMANCE_").split("=", 1) for line in result.output.split("\n")[:-1]
    )
    assert (0, ["KEYS", "BACKEND_KEY", "OPERATIONS_KEY"]) == (result.exit_code, list(given))
    assert all(given.values())
    assert 1 == again.exit_code
    assert "partner conformance" in again.output


def test_the_schema_for_editors_is_printed() -> None:
    """It is a JSON Schema that knows the first word of a scenario."""
    result = CliRunner().invoke(conformance, ["schema"])

    assert "scenario" in json.loads(result.output)["properties"]
