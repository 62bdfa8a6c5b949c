"""The same scenarios against a gateway that was started from the command line, over HTTP alone."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.app import open_partners
from gateway.conformance.over_http import Keys, open_over_http
from gateway.conformance.port import OWN
from gateway.conformance.reading import ScenarioReader
from gateway.conformance.results import ScenarioResult, Status
from gateway.conformance.runner import run
from gateway.conformance.telling import result_lines
from gateway.record.rows import Role
from gateway.settings import Settings
from tests.rig.gateway_server import KEYS, GatewayServer
from validators.judge import Judge

_FOLDER = Path(__file__).parent
_BEFORE_ALL = datetime(2022, 1, 1, tzinfo=UTC)
_FURTHER = {"bitterroot": ("template", "BTR", "8B8B"), "idaho-2021": ("idaho-2021", "ZQF", "9Z7A")}
"""Partners that some scenarios need: agreement, CCNA and CC."""


@pytest.fixture(params=["dev", "sate"])
async def target(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[tuple[str, Keys]]:
    """Give the URL and keys of a gateway: one whose clock stands before every scenario, and a test environment."""
    server = GatewayServer(tmp_path, {"OSS_GATEWAY_ENVIRONMENT": request.param})
    await server.prepare()
    async with open_partners(Settings(data=server.data)) as (_, partners):
        for name, (agreement, ccna, cc) in _FURTHER.items():
            await partners.add(name, name, agreement, ccna=[ccna], cc=[cc])
            await partners.issue_key(Role.CLEC, name, name, key=f"test-key-of-{name}")
    clec = {OWN: KEYS["clec"], **{name: f"test-key-of-{name}" for name in _FURTHER}}
    by_hand = request.param == "dev"
    try:
        await server.start(_BEFORE_ALL if by_hand else None)
        yield server.url, Keys(clec, KEYS["backend"], KEYS["operations"] if by_hand else None)
    finally:
        server.stop()


async def test_a_gateway_at_a_url_does_what_the_one_in_process_does(
    target: tuple[str, Keys], reader: ScenarioReader, judge: Judge
) -> None:
    """Every scenario that passes in process passes over HTTP, where time is one for all and where it is each CLEC's."""
    scenarios = reader.read_all([_FOLDER])
    url, keys = target
    ended: list[ScenarioResult] = []

    async with open_over_http(url, keys, len(scenarios)) as gateway:
        result = await run(scenarios, gateway, judge.agreements, ended.append)

    bad = [one for one in ended if one.status is not Status.PASSED]
    assert len(scenarios) == len(result.results)
    assert not bad, "\n".join(line for one in bad for line in result_lines(one, 1, 1))
