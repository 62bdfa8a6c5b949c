"""A reader of scenarios, a place to write them to, and the gateway in process."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from gateway.conformance.in_process import InProcess, open_in_process
from gateway.conformance.reading import ReadyScenario, ScenarioReader
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules import rule_book
from validators.rules.catalogue import read_catalogue
from validators.schema import Schemas

_SAMPLES = Path(__file__).parents[3] / "samples" / "lsr"


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Give the judge of the shipped agreements, made once."""
    return Judge(Schemas(), load_agreements(bundled_path("config") / "agreements"), rule_book())


@pytest.fixture(scope="session")
def reader(judge: Judge) -> ScenarioReader:
    """Give what reads scenario files."""
    return ScenarioReader(judge.agreements, read_catalogue(bundled_path("config") / "catalogue"), Schemas())


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Give a function that writes a scenario beside the first sample."""
    sample = "01-loop-new-install.txt"
    (tmp_path / sample).write_bytes((_SAMPLES / sample).read_bytes())

    def written(text: str) -> Path:
        file = tmp_path / "story.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return written


@pytest.fixture
def ready(write: Callable[[str], Path], reader: ScenarioReader) -> Callable[[str], ReadyScenario]:
    """Give a function that reads the text of a scenario."""
    return lambda text: reader.read(write(text))


@pytest.fixture
async def gateway(judge: Judge) -> AsyncIterator[InProcess]:
    """Give the gateway in process."""
    async with open_in_process(judge) as opened:
        yield opened
