"""The private server: no port, one gateway a folder, back after a crash, gone with the gateway."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisDown

from gateway.clock import SystemClock
from gateway.embedded import EmbeddedFailed, EmbeddedRedis, FolderInUse, Fsync, server_binary, socket_path
from tests.rig.waiting import until

GATEWAY = """
import asyncio, sys
from pathlib import Path
from gateway.clock import SystemClock
from gateway.embedded import EmbeddedRedis, server_binary

async def main():
    server = EmbeddedRedis(Path(sys.argv[1]), SystemClock(), server_binary("valkey"))
    await server.start()
    print("pid", server.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of the server."""
    return tmp_path / "redis"


def _embedded(folder: Path, fsync: Fsync = Fsync.ALWAYS) -> EmbeddedRedis:
    return EmbeddedRedis(folder, SystemClock(), server_binary("valkey"), fsync=fsync)


@pytest.fixture
async def client(server: EmbeddedRedis) -> AsyncIterator[Redis]:
    """Give a client of the running server."""
    opened = Redis.from_url(server.url, decode_responses=True)
    yield opened
    await opened.aclose()


async def test_the_server_listens_on_no_port_and_lets_nobody_else_in(server: EmbeddedRedis, client: Redis) -> None:
    """There is only a socket, in a folder that its owner alone can enter."""
    config: Any = await client.config_get("port", "appendonly", "appendfsync")

    assert {"port": "0", "appendonly": "yes", "appendfsync": "always"} == config
    socket = Path(server.url.removeprefix("unix://"))
    assert 0 == stat.S_IMODE(socket.parent.stat().st_mode) & 0o077


async def test_what_was_written_is_there_after_a_stop_and_a_start(folder: Path) -> None:
    """A clean stop keeps everything, also when the disk is written to only now and then."""
    for round_ in range(2):
        async with _embedded(folder, Fsync.NO) as server:
            client = Redis.from_url(server.url, decode_responses=True)
            assert round_ == await client.exists("order")
            await client.set("order", "P1")
            await client.aclose()


async def test_a_killed_server_comes_back_with_what_it_acknowledged(server: EmbeddedRedis, client: Redis) -> None:
    """The supervisor starts it again by itself; with `always` nothing acknowledged is lost."""
    await client.set("order", "P1")
    first = server.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)

    async def another() -> bool:
        return server.pid not in {None, first} and await _answers(server)

    await until("another server answers", another)
    assert await _has(server, "order")


async def test_two_gateways_cannot_share_a_folder(folder: Path) -> None:
    """The second is told so, and the first goes on."""
    async with _embedded(folder) as first:
        with pytest.raises(FolderInUse, match="another gateway runs on"):
            await _embedded(folder).start()
        assert await _has(first, "anything") is False


async def test_a_folder_with_a_long_name_gets_a_short_socket(tmp_path: Path) -> None:
    """The system bounds the length of a socket's path; every process finds the same short one."""
    folder = tmp_path / ("long" * 30)
    async with _embedded(folder) as server:
        assert len(server.url) < 110
        assert f"unix://{socket_path(folder)}" == server.url
        assert await _has(server, "anything") is False


async def test_the_server_ends_when_the_gateway_is_killed(folder: Path) -> None:
    """Killed without warning, a gateway leaves no server behind, and the next one starts on the same folder."""
    gateway, server_pid = await asyncio.to_thread(_start_gateway, folder)
    gateway.kill()
    await asyncio.to_thread(gateway.wait)

    async def gone() -> bool:
        return not psutil.pid_exists(server_pid) or psutil.Process(server_pid).status() == psutil.STATUS_ZOMBIE

    async with _embedded(folder) as next_one:
        assert server_pid != next_one.pid
        assert await gone()


async def test_a_server_that_was_left_over_is_ended_first(folder: Path) -> None:
    """Where a child outlives its gateway the next start ends it, so that no two servers write the same files."""
    server, process = await _left_over(folder)

    async with server:
        assert process.pid != server.pid
        assert 0 == await process.wait()


async def test_a_hung_server_that_was_left_over_is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does not answer any more is found by its pid file and its socket, and killed."""
    monkeypatch.setattr("gateway.embedded.server._STOP_SECONDS", 0.1)
    server, process = await _left_over(folder)
    process.send_signal(signal.SIGSTOP)

    await server.start()

    assert -signal.SIGKILL == await process.wait()
    monkeypatch.setattr("gateway.embedded.server._STOP_SECONDS", 10.0)
    await server.stop()


async def test_a_server_that_cannot_start_says_why(folder: Path, tmp_path: Path) -> None:
    """The error carries the server's own last lines, and the folder is free again."""
    broken = tmp_path / "broken-server"
    broken.write_text("#!/bin/sh\necho the disk is on fire\nexit 3\n")
    broken.chmod(0o700)

    with pytest.raises(EmbeddedFailed, match="ended with 3:\nthe disk is on fire"):
        await EmbeddedRedis(folder, SystemClock(), broken).start()
    async with _embedded(folder) as server:
        assert server.pid is not None


def _start_gateway(folder: Path) -> tuple[subprocess.Popen[str], int]:
    gateway = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-c", GATEWAY, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert gateway.stdout is not None
    with gateway.stdout as lines:
        pid = next(int(line.split()[1]) for line in lines if line.startswith("pid"))
    return gateway, pid


async def _left_over(folder: Path) -> tuple[EmbeddedRedis, asyncio.subprocess.Process]:
    """Give a server that nobody watches on `folder`, and the gateway's that is to be started there."""
    next_one = _embedded(folder)
    await asyncio.to_thread(folder.mkdir)
    process = await asyncio.create_subprocess_exec(
        str(server_binary("valkey")), *next_one._arguments(), stdout=asyncio.subprocess.DEVNULL
    )
    await until("it answers", lambda: _answers(next_one))
    return next_one, process


async def _has(server: EmbeddedRedis, key: str) -> bool:
    client = Redis.from_url(server.url)
    try:
        return bool(await client.exists(key))
    finally:
        await client.aclose()


async def _answers(server: EmbeddedRedis) -> bool:
    try:
        await _has(server, "anything")
    except RedisDown:
        return False
    return True
