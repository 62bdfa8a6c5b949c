"""The processes of one run: a gateway and the servers it stands on, each killed and brought back by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from tests.rig.gateway_server import GatewayServer
from tests.rig.postgres_server import PostgresServer
from tests.rig.redis_server import Fsync, Kind, RedisServer

Store = Literal["sqlite", "postgres"]
Fault = Literal["gateway", "redis", "postgres", "flush", "gateway+redis"]
ENVIRONMENT = "faults"


@dataclass(frozen=True, slots=True)
class Setting:
    """On what a run stands, and how it is to be hurt."""

    store: Store
    redis: Kind
    fsync: Fsync
    faults: int
    seed: int

    def __str__(self) -> str:
        """Name it for people."""
        return f"{self.store}, {self.redis}, AOF {self.fsync}"

    @property
    def choices(self) -> tuple[Fault, ...]:
        """What may happen to it."""
        common: tuple[Fault, ...] = ("gateway", "redis", "flush", "gateway+redis")
        return (*common, "postgres") if self.store == "postgres" else common


class House:
    """The processes of one run."""

    def __init__(self, setting: Setting, folder: Path, postgres: PostgresServer | None, database: str) -> None:
        self.database = database
        self.redis = RedisServer(folder / "redis", setting.redis, setting.fsync)
        self.postgres = postgres
        settings = {
            "OSS_GATEWAY_DATABASE": database,
            "OSS_GATEWAY_REDIS": self.redis.url,
            "OSS_GATEWAY_ENVIRONMENT": ENVIRONMENT,
        }
        self.gateway = GatewayServer(folder / "gateway", settings)

    async def open(self, now: datetime) -> None:
        """Start everything; PostgreSQL runs already."""
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
