"""The same scenarios against a gateway that was started from the command line, over HTTP alone."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.cli.conformance_prepare import put_on_record
from gateway.conformance.casting import cast_of
from gateway.conformance.over_http import Keys, open_over_http
from gateway.conformance.reading import ReadyScenario, ScenarioReader
from gateway.conformance.results import ScenarioResult, Status
from gateway.conformance.runner import run
from gateway.conformance.telling import result_lines
from gateway.settings import Settings
from tests.rig.gateway_server import GatewayServer
from validators.judge import Judge

_FOLDER = Path(__file__).parent
_BEFORE_ALL = datetime(2022, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def scenarios(reader: ScenarioReader) -> list[ReadyScenario]:
    """Give every scenario under this folder."""
    return reader.read_all([_FOLDER])


@pytest.fixture(params=["dev", "sate"])
async def target(
    tmp_path: Path, request: pytest.FixtureRequest, scenarios: list[ReadyScenario]
) -> AsyncIterator[tuple[str, Keys]]:
    """Give the URL and keys of a gateway: one whose clock stands before every scenario, and a test environment."""
    server = GatewayServer(tmp_path, {"OSS_GATEWAY_ENVIRONMENT": request.param})
    issued = await put_on_record(Settings(data=server.data), cast_of(ready.scenario for ready in scenarios))
    by_hand = request.param == "dev"
    try:
        await server.start(_BEFORE_ALL if by_hand else None)
        yield server.url, Keys(issued.named, issued.backend, issued.operations, issued.apart)
    finally:
        server.stop()


async def test_a_gateway_at_a_url_does_what_the_one_in_process_does(
    target: tuple[str, Keys], scenarios: list[ReadyScenario], judge: Judge
) -> None:
    """Every scenario that passes in process passes over HTTP, where time is one for all and where it is each CLEC's."""
    url, keys = target
    ended: list[ScenarioResult] = []

    async with open_over_http(url, keys, len(scenarios)) as gateway:
        result = await run(scenarios, gateway, judge.agreements, ended.append)

    bad = [one for one in ended if one.status is not Status.PASSED]
    assert len(scenarios) == len(result.results)
    assert not bad, "\n".join(line for one in bad for line in result_lines(one, 1, 1))
