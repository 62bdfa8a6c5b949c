"""The same scenarios against a gateway that was started from the command line, over HTTP alone."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gateway.app.commands import open_partner_files, open_partners
from gateway.conformance.over_http import Keys, open_over_http
from gateway.conformance.port import OWN
from gateway.conformance.reading import ReadyScenario, ScenarioReader
from gateway.conformance.results import ScenarioResult, Status
from gateway.conformance.runner import run
from gateway.conformance.telling import result_lines
from gateway.record.rows import Family, Role
from gateway.settings import Settings
from tests.rig.gateway_server import KEYS, GatewayServer
from validators.judge import Judge

_FOLDER = Path(__file__).parent
_BEFORE_ALL = datetime(2022, 1, 1, tzinfo=UTC)
_LONG_AGO = date(2000, 1, 1)
_FURTHER = {"bitterroot": ("template", "BTR", "8B8B"), "idaho-2021": ("idaho-2021", "ZQF", "9Z7A")}
"""Partners that some scenarios need: agreement, CCNA and CC."""


@pytest.fixture(scope="module")
def scenarios(reader: ScenarioReader) -> list[ReadyScenario]:
    """Give every scenario under this folder."""
    return reader.read_all([_FOLDER])


@pytest.fixture(scope="module")
def apart(scenarios: list[ReadyScenario]) -> list[str]:
    """Give the keys of CLECs like the usual one, for the scenarios that would get in each other's way with one."""
    count = sum(1 + len(one.scenario.others) for one in scenarios if one.scenario.family is Family.COLLOCATION)
    return [f"test-key-of-apart-{number}" for number in range(count)]


@pytest.fixture(scope="module")
def further(scenarios: list[ReadyScenario]) -> dict[str, tuple[str, str, str]]:
    """Give the partners beside the usual one: agreement, CCNA and CC by name."""
    own = {
        ready.scenario.partner.id: (
            ready.scenario.partner.agreement or ready.scenario.agreement,
            ready.scenario.partner.ccna[0],
            ready.scenario.partner.cc[0],
        )
        for ready in scenarios
        if ready.scenario.partner.id is not None
    }
    return _FURTHER | own


@pytest.fixture(params=["dev", "sate"])
async def target(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    scenarios: list[ReadyScenario],
    further: dict[str, tuple[str, str, str]],
    apart: list[str],
) -> AsyncIterator[tuple[str, Keys]]:
    """Give the URL and keys of a gateway: one whose clock stands before every scenario, and a test environment."""
    server = GatewayServer(tmp_path, {"OSS_GATEWAY_ENVIRONMENT": request.param})
    await server.prepare()
    async with open_partners(Settings(data=server.data)) as (_, partners):
        for name, (agreement, ccna, cc) in further.items():
            await partners.add(name, name, agreement, ccna=[ccna], cc=[cc])
            await partners.issue_key(Role.CLEC, name, name, key=f"test-key-of-{name}")
        for number, key in enumerate(apart):
            await partners.add(f"apart-{number}", key, "template", ccna=["ZQF"], cc=["9Z7A"])
            await partners.issue_key(Role.CLEC, f"apart-{number}", key, key=key)
    not_yet = {ready.scenario.partner.id for ready in scenarios if not ready.scenario.partner.onboarded}
    async with open_partner_files(Settings(data=server.data)) as files:
        for name in further.keys() - not_yet:
            if (await files.of(name)).tracked:
                await files.all_done(name, _LONG_AGO, "a test")
    clec = {OWN: KEYS["clec"], **{name: f"test-key-of-{name}" for name in further}}
    by_hand = request.param == "dev"
    try:
        await server.start(_BEFORE_ALL if by_hand else None)
        yield server.url, Keys(clec, KEYS["backend"], KEYS["operations"], apart)
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
