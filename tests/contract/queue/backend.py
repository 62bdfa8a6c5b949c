"""A back end as another company would write it: plain redis-py and what the contract says, nothing of the gateway."""

import json
from typing import Any

from redis.asyncio import Redis

WORK = "test:work:lsr"
GROUP = "backend"


class BackEnd:
    """One worker of the group `backend`."""

    def __init__(self, redis: Redis, name: str = "worker-1") -> None:
        self._redis = redis
        self._name = name

    async def take(self, count: int = 100) -> list[dict[str, Any]]:
        """Read new work; each event with its entry id under `entry`."""
        read: Any = await self._redis.xreadgroup(GROUP, self._name, {WORK: ">"}, count=count)
        return _events(read[0][1]) if read else []

    async def take_stale(self, count: int = 100) -> list[dict[str, Any]]:
        """Take over what another worker left."""
        read: Any = await self._redis.xautoclaim(WORK, GROUP, self._name, 0, count=count)
        return _events(read[1])

    async def acknowledge(self, *events: dict[str, Any]) -> None:
        """XACK, and nothing else."""
        await self._redis.xack(WORK, GROUP, *(event["entry"] for event in events))


def _events(entries: Any) -> list[dict[str, Any]]:
    return [{**json.loads(fields["event"]), "entry": entry_id} for entry_id, fields in entries]
