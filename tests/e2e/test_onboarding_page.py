"""The onboarding page, as a person pastes it."""

import asyncio
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rig.gateway_server import GatewayServer

TOP = Path(__file__).parents[2]
PAGE = TOP / "docs" / "guides" / "onboarding.md"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[GatewayServer]:
    """Give a gateway that knows nobody yet, on the real clock."""
    server = GatewayServer(tmp_path, {})
    yield server
    server.stop()


async def test_a_partner_goes_from_nothing_to_its_first_accepted_order(fresh: GatewayServer, tmp_path: Path) -> None:
    """The page's commands alone do it; each skipped step is named by the reject, with its section."""
    await fresh.start(patience=90)
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GATEWAY": fresh.url,
        "OSS_GATEWAY_DATA": str(fresh.data),
        "TMPDIR": str(tmp_path),
    }
    pasted = await asyncio.create_subprocess_exec(
        *("bash", "-eu", "-c", "".join(blocks)),
        cwd=TOP,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said = (await asyncio.wait_for(pasted.communicate(), 300))[0].decode()
    answers = [(line[:3], re.findall(r'"section": *"([^"]*)"', line)) for line in said.splitlines() if line[3:4] == " "]

    assert 0 == pasted.returncode, said
    assert [
        ("422", ["10.2.3.1", "3.2", "3.2.2", "Getting Started V42.0 Step 2", "Getting Started V42.0 Step 4"]),
        ("422", ["10.2.3.1", "3.2", "3.2.2"]),
        ("422", ["3.2.2"]),
    ] == [answer for answer in answers if answer[0] == "422"]
    assert ["202"] == [status for status, _ in answers if status == "202"], said
    assert re.search(r'"order_url": *"/v1/orders/', said)
