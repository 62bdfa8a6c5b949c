"""The processes of one run: a gateway and the servers it stands on, each killed and brought back by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from tests.rig.embedded_redis import EmbeddedRedis
from tests.rig.gateway_server import GatewayServer
from tests.rig.postgres_server import PostgresServer
from tests.rig.redis_server import Fsync, Kind, RedisServer

Where = Literal["embedded", "server"]
"""Whether the gateway starts the Redis server itself, or is given one."""
Store = Literal["sqlite", "postgres"]
Fault = Literal["gateway", "redis", "postgres", "flush", "gateway+redis"]
ENVIRONMENT = "faults"
_EMBEDDED_FSYNC: dict[Fsync, str] = {"always": "always", "everysec": "everysec", "off": "no"}
"""The embedded server always keeps a file; `off` leaves it to the system when that reaches the disk."""


@dataclass(frozen=True, slots=True)
class Setting:
    """On what a run stands, and how it is to be hurt."""

    store: Store
    where: Where
    redis: Kind
    fsync: Fsync
    faults: int
    seed: int

    def __str__(self) -> str:
        """Name it for people."""
        return f"{self.store}, {self.where} {self.redis}, {self.fsync}"

    @property
    def choices(self) -> tuple[Fault, ...]:
        """What may happen to it."""
        common: tuple[Fault, ...] = ("gateway", "redis", "flush", "gateway+redis")
        return (*common, "postgres") if self.store == "postgres" else common


class House:
    """The processes of one run."""

    def __init__(
        self,
        setting: Setting,
        folder: Path,
        postgres: PostgresServer | None,
        database: str | None,
        redis_environment: Mapping[str, str] | None = None,
    ) -> None:
        self.postgres = postgres
        settings = {"OSS_GATEWAY_ENVIRONMENT": ENVIRONMENT}
        if database is not None:
            settings["OSS_GATEWAY_DATABASE"] = database
        self.redis: RedisServer | EmbeddedRedis
        if setting.where == "server":
            self.redis = RedisServer(folder / "redis", setting.redis, setting.fsync, redis_environment)
            self.gateway = GatewayServer(folder / "gateway", settings | {"OSS_GATEWAY_REDIS": self.redis.url})
        else:
            settings["OSS_GATEWAY_EMBEDDED_REDIS"] = setting.redis
            settings["OSS_GATEWAY_EMBEDDED_FSYNC"] = _EMBEDDED_FSYNC[setting.fsync]
            self.gateway = GatewayServer(folder / "gateway", settings | dict(redis_environment or {}))
            self.redis = EmbeddedRedis(self.gateway)
        self.database = database or f"sqlite+aiosqlite:///{self.gateway.data / 'record.sqlite'}"

    async def open(self, now: datetime | None) -> None:
        """Start everything, on real time if `now` is None; PostgreSQL runs already."""
        await self.gateway.prepare()
        if isinstance(self.redis, RedisServer):
            await self.redis.start()
        await self.gateway.start(now)

    def close(self) -> None:
        """Stop gateway and Redis cleanly."""
        self.gateway.stop()
        self.redis.stop()

    async def hurt(self, fault: Fault) -> None:
        """Let `fault` happen. All but a flush leave something dead."""
        match fault:
            case "gateway":
                self.gateway.kill()
            case "redis":
                self.redis.kill()
            case "gateway+redis":
                self.redis.kill()
                self.gateway.kill()
            case "postgres":
                assert self.postgres is not None
                self.postgres.kill()
            case "flush":
                await self.redis.flush()

    async def heal(self, now: Callable[[], datetime]) -> None:
        """Bring back whatever is dead; a new gateway's clock starts at `now`, which may have gone on meanwhile."""
        if not self.redis.runs:
            await self.redis.start()
        if self.postgres is not None and not self.postgres.runs:
            await self.postgres.start()
        if not self.gateway.runs:
            await self.gateway.start(now())
