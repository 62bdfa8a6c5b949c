"""The sample ASRs by batch file: they end as the same scenarios say that they end singly, as their headers say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.conformance.in_process import open_in_process
from gateway.conformance.reading import ScenarioReader
from gateway.conformance.results import ScenarioResult, Status
from gateway.conformance.runner import run
from gateway.conformance.telling import result_lines
from tests.rig.batch_files import delimited_batch, fields_in, xml_file
from tests.rig.batch_way import ByBatchFile
from tests.rig.preorder import shipped_territory
from validators.judge import Judge
from validators.schema import Schemas

_FOLDER = Path(__file__).parent / "asr"
_SAMPLES = sorted(_FOLDER.glob("0[1-8]-*.yaml"))
_FURTHER = [_FOLDER / f"{name}.yaml" for name in ("content-clarified", "jeopardies-and-errors", "rejected-and-cured")]
"""What no sample brings: a clarification and its clearing, both kinds of jeopardy, lists of errors, a reject."""


def _xml(document: bytes) -> bytes:
    return xml_file([document])


def _delimited(document: bytes) -> bytes:
    return delimited_batch([fields_in(document)])


@pytest.mark.parametrize("filed", [_xml, _delimited], ids=["xml", "delimited"])
async def test_requests_of_a_file_end_as_those_sent_singly(
    filed: Callable[[bytes], bytes], reader: ScenarioReader, judge: Judge, database: str
) -> None:
    """Acknowledged with an ASR NO, then each CN and C/NR with its fields, clocks, completion and cancel the same."""
    scenarios = [reader.read(file) for file in (*_SAMPLES, *_FURTHER)]
    ended: list[ScenarioResult] = []

    async with open_in_process(judge, database, shipped_territory()) as gateway:
        by_file = ByBatchFile(gateway, filed, Schemas())
        await run(scenarios, by_file, judge.agreements, ended.append)

    bad = [one for one in ended if one.status is not Status.PASSED]
    assert not bad, "\n".join(line for one in bad for line in result_lines(one, 1, 1))
    assert 8 == len(_SAMPLES)
    assert {"accepted", "deferred", "rejected", "out-of-sequence"} == {row["outcome"] for row in by_file.told}
    assert all(row["provider_number"] for row in by_file.told if row["outcome"] != "out-of-sequence")
