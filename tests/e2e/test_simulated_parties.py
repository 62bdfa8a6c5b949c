"""The simulated CLEC and back end against a gateway that was started from the command line."""

import asyncio
import sys
from pathlib import Path

from tests.rig.gateway_server import KEYS, GatewayServer


async def _run(*arguments: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "gateway",
        "simulate",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await asyncio.wait_for(process.communicate(), 100)
    return process.returncode or 0, told.decode()


async def test_orders_are_placed_worked_and_their_notices_taken(tmp_path: Path) -> None:
    """Orders go out, the back end decides them, a second run finds the confirmations; then both play whole lives."""
    server = GatewayServer(tmp_path, {})
    await server.prepare()
    await server.start()
    try:
        clec = ("clec", "--target", server.url, "--key", KEYS["clec"])
        ordered = await _run(*clec, "--orders", "12")
        worked = await _run("back-end", "--target", server.url, "--key", KEYS["backend"], "--idle", "0.5")
        again = await _run(*clec, "--orders", "1")
        others = ("--orders", "8", "--run", "L1", "--seed", "5", "--family", "asr", "--family", "collocation")
        lives = await asyncio.gather(
            _run(*clec, *others, "--wait", "5"),
            _run("back-end", "--target", server.url, "--key", KEYS["backend"], "--complete", "--idle", "4"),
        )
        stranger = await _run("clec", "--target", server.url, "--key", "nobody", "--orders", "1")
    finally:
        server.stop()

    assert 0 == ordered[0], ordered[1]
    assert "12 orders" in ordered[1]
    assert 0 == worked[0], worked[1]
    assert "confirm" in worked[1]
    assert "foc" in again[1]
    assert (0, 0) == (lives[0][0], lives[1][0]), lives
    for told in ("acceptance", "ready", "bcn"):
        assert f" {told}\n" in lives[0][1], lives[0][1]
    assert 1 == stranger[0]
    assert "401 this key is unknown" in stranger[1]
