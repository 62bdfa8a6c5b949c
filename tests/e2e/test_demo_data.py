"""`oss-gateway serve --demo-data`: a newcomer sees a living system at once."""

import sys
from pathlib import Path

import aiohttp

from tests.rig.child import Child, free_port
from tests.rig.visitor import visiting
from tests.rig.waiting import until


async def test_a_newcomer_sees_a_living_system(tmp_path: Path) -> None:
    """One command, and a guest walks in without password: orders in many states, clocks, notices; nobody else may."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "gateway",
        "serve",
        "--demo-data",
        "--data",
        str(tmp_path / "d"),
        "--port",
        str(port),
    ]
    child = Child(command, tmp_path / "log", environment={})
    try:
        await until("it is ready", lambda: _ready(child, url), 60)
        async with visiting(url, None) as stranger:
            asked = await stranger.open("/portal")
            outside = await stranger.post(
                "/portal/be-guest", [*asked.form("/be-guest").form_values(), ("guest", "eve")]
            )
            inside = await stranger.send(asked, "/be-guest", button="guest=dana")
            orders = await stranger.open("/portal/orders?format=csv")
    finally:
        child.stop()

    assert 404 == outside.status
    assert 200 == inside.status
    assert "demonstration" in inside.text
    assert all(state in orders.text for state in ("BILLED", "CONFIRMED", "CANCELLED", "IN_CONSTRUCTION"))


async def _ready(child: Child, url: str) -> bool:
    child.must_run()
    try:
        async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as answer:
            return answer.status == 200
    except (aiohttp.ClientError, OSError):
        return False
