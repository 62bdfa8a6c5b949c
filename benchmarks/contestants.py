"""Who is measured: the two yardsticks and the gateway, each as one or more processes started from the command line."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Any, Literal

from tests.rig.child import Child, free_port
from tests.rig.gateway_server import KEYS, GatewayServer
from tests.rig.postgres_server import PostgresServer
from tests.rig.redis_server import RedisServer
from tests.rig.waiting import until

Store = Literal["sqlite", "postgres"]

_QUIET_SHARE = 0.1
_LOOK_SECONDS = 0.25
_QUIET_PATIENCE = 5.0


@dataclass(slots=True)
class Contestant:
    """Something that takes orders on its ports. `children` are its own processes, the database server's not counted."""

    name: str
    store: Store | None
    processes: int
    ports: tuple[int, ...]
    children: list[Child]
    key: str = "none"
    stops: list[Callable[[], None]] = field(default_factory=list)

    def cpu_seconds(self) -> float:
        """Give the processor time its processes have used."""
        return sum(child.cpu_seconds() for child in self.children)

    def rss_megabytes(self) -> float:
        """Give the memory of its largest process."""
        return max(child.rss_megabytes() for child in self.children)

    def stop(self) -> None:
        """End its processes, the last started first."""
        for stop in reversed(self.stops):
            stop()


class Field:
    """Starts contestants in folders and databases of their own."""

    def __init__(self, folder: Path, postgres: PostgresServer | None) -> None:
        """Take where their files go, and the server of those that are to stand on PostgreSQL."""
        self._folder = folder
        self._postgres = postgres
        self._started = 0

    async def bare(self, processes: int) -> Contestant:
        """Start yardstick 1."""
        return await self._yardstick("bare", None, processes, ["-m", "benchmarks.bare"])

    async def smallest(self, store: Store, processes: int) -> Contestant:
        """Start yardstick 2 on a new database."""
        folder = self._new_folder()
        database = str(folder / "messages.sqlite")
        if store == "postgres":
            database = await self._new_database("")
        command = ["-m", "benchmarks.smallest", "--database", database]
        return await self._yardstick("smallest", store, processes, command)

    async def database(self, store: Store) -> str:
        """Make an empty database for a gateway and give its SQLAlchemy URL."""
        if store == "postgres":
            return await self._new_database("+asyncpg")
        return f"sqlite+aiosqlite:///{self._new_folder() / 'record.sqlite'}"

    async def gateway(
        self,
        store: Store,
        processes: int,
        database: str | None = None,
        *,
        fresh: bool = False,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> Contestant:
        """Start the gateway on `database`, or a new one, and a Valkey server that its processes share.

        A `fresh` database has no tables yet; further `settings` may be given.
        """
        folder = self._new_folder()
        if database is None:
            database, fresh = await self.database(store), True
        redis = RedisServer(folder / "redis", "valkey", "always")
        await redis.start()
        shared = {"OSS_GATEWAY_DATABASE": database, "OSS_GATEWAY_REDIS": redis.url, **settings}
        servers = [GatewayServer(folder / f"gateway{number}", shared) for number in range(processes)]
        if fresh:
            await servers[0].prepare()
        for server in servers:
            await server.start(patience=120)
        contestant = Contestant(
            name="gateway",
            store=store,
            processes=processes,
            ports=tuple(server.port for server in servers),
            children=[server.child for server in servers if server.child],
            key=KEYS["clec"],
            stops=[redis.stop, *(server.stop for server in servers)],
        )
        await until_quiet(contestant)
        return contestant

    async def _yardstick(self, name: str, store: Store | None, processes: int, command: list[str]) -> Contestant:
        ports = tuple(free_port() for _ in range(processes))
        children = []
        for port in ports:
            child = Child([sys.executable, *command, "--port", str(port)], self._new_folder() / "server.log")
            children.append(child)
            await until(f"{name} listens", _listens(child, port))
        return Contestant(name, store, processes, ports, children, stops=[_stopper(child) for child in children])

    async def _new_database(self, driver: str) -> str:
        self._started += 1
        name = f"bench_{os.getpid()}_{self._started}"
        if self._postgres is None:
            raise ValueError("no PostgreSQL server was given")
        await self._postgres.create(name)
        return self._postgres.url(name, driver=driver)

    def _new_folder(self) -> Path:
        self._started += 1
        folder = self._folder / str(self._started)
        folder.mkdir(parents=True)
        return folder


def _stopper(child: Child) -> Callable[[], None]:
    def stop() -> None:
        child.stop()

    return stop


def _listens(child: Child, port: int) -> Callable[[], Coroutine[Any, Any, bool]]:
    async def listens() -> bool:
        child.must_run()
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    return listens


async def until_quiet(contestant: Contestant) -> None:
    """Wait until it has done what was left to do, or for so long at most."""
    started = monotonic()
    while monotonic() - started < _QUIET_PATIENCE:
        before = contestant.cpu_seconds()
        # A process does not tell when it is idle: how much it used in a while does.
        await asyncio.sleep(_LOOK_SECONDS)
        if contestant.cpu_seconds() - before < _LOOK_SECONDS * _QUIET_SHARE:
            return
