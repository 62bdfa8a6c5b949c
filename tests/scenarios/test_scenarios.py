"""Every scenario under this folder, one case each."""

from pathlib import Path

import pytest

from gateway.conformance.in_process import open_in_process
from gateway.conformance.play import play
from gateway.conformance.reading import ScenarioReader
from gateway.conformance.results import Status
from gateway.conformance.telling import result_lines
from tests.rig.preorder import shipped_territory
from validators.judge import Judge

_FOLDER = Path(__file__).parent
_FILES = sorted(_FOLDER.rglob("*.yaml"))


@pytest.mark.parametrize("file", _FILES, ids=lambda file: str(file.relative_to(_FOLDER).with_suffix("")))
async def test_scenario(file: Path, reader: ScenarioReader, judge: Judge, database: str) -> None:
    """What comes is what the scenario expects: answers, states, notices with their clauses, clocks."""
    ready = reader.read(file)

    async with open_in_process(judge, database, shipped_territory()) as gateway:
        result = await play(ready, gateway, judge.agreements[ready.scenario.agreement].calendar)

    assert Status.PASSED == result.status, "\n".join(result_lines(result, 1, 1))
