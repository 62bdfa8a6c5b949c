"""The private server that an embedded gateway starts: hurt from outside, brought back by the gateway itself."""

from pathlib import Path

import psutil
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tests.rig.gateway_server import GatewayServer
from tests.rig.waiting import until

_NAMES = {"valkey-server", "redis-server"}


class EmbeddedRedis:
    """The server under a gateway's data folder, found as a child of that gateway."""

    def __init__(self, gateway: GatewayServer) -> None:
        self._gateway = gateway

    @property
    def runs(self) -> bool:
        """True: to bring it back is the gateway's duty, not the rig's."""
        return True

    def client(self) -> Redis:
        """Give a new client; who asks closes it."""
        return Redis.from_url(f"unix://{self._socket()}", decode_responses=True)

    async def start(self) -> None:
        """Return once the gateway has it running."""
        await until("the embedded server answers", self._answers)

    def kill(self) -> None:
        """Kill it with SIGKILL, if it runs just now."""
        child = self._gateway.child
        if child is None or not child.runs:
            return
        for process in psutil.Process(child.pid).children():
            if process.name() in _NAMES:
                process.kill()

    def stop(self) -> None:
        """Do nothing: it ends with its gateway."""

    async def flush(self) -> None:
        """FLUSHALL: everything that it holds is gone at once."""
        await self.start()
        client = self.client()
        try:
            await client.flushall()
        finally:
            await client.aclose()

    def _socket(self) -> Path:
        """Give its socket; before the first start any path, which nobody answers on."""
        return next(self._gateway.data.rglob("*.sock"), self._gateway.data / "none.sock")

    async def _answers(self) -> bool:
        client = self.client()
        try:
            return bool(await client.ping())
        except (RedisError, OSError):
            return False
        finally:
            await client.aclose()
