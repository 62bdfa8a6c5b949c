"""The time of a run: days pass in seconds, and go on where they stood when a killed gateway comes back."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from tests.faults.gateway_client import GatewayClient

_START = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
"""A Monday morning in Boise."""
_TICK_SECONDS = 0.5


class VirtualTime:
    """Tells the gateway's clock what time it is. `now` never lies behind what the gateway may have recorded."""

    def __init__(self, client: GatewayClient) -> None:
        self._client = client
        self.now = _START

    def today(self) -> date:
        """Give the present date (UTC)."""
        return self.now.date()

    async def run(self, step: timedelta) -> None:
        """Let `step` pass about twice a second, until cancelled."""
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            self.now += step
            await self._client.once("POST", "/v1/operations/clock", json={"to": self.now.isoformat()})

    async def pass_by(self, span: timedelta, step: timedelta) -> None:
        """Let `span` pass in steps, each of which the gateway has confirmed."""
        end = self.now + span
        while self.now < end:
            self.now = min(end, self.now + step)
            await self.reach()

    async def reach(self) -> None:
        """Have the gateway's clock stand at `now`."""
        reply = await self._client.until_answered("POST", "/v1/operations/clock", json={"to": self.now.isoformat()})
        if reply.status != 200:
            raise AssertionError(f"the clock could not be moved to {self.now}: {reply.status} {reply.body[:300]!r}")
