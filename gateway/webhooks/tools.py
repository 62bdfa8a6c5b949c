"""What the door of webhooks needs of those who send them."""

import json

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.webhooks import WebhookEndpoint
from gateway.webhooks.addresses import AddressGuard
from gateway.webhooks.deliverer import Courier
from gateway.webhooks.sender import Outcome
from gateway.webhooks.signing import Signer, SigningKey


class Tools:
    """Checks addresses, shows keys, and sends test messages."""

    def __init__(self, guard: AddressGuard, signer: Signer, courier: Courier, ids: Ids, machine: Clock) -> None:
        self._guard = guard
        self._signer = signer
        self._courier = courier
        self._ids = ids
        self._machine = machine

    def check_url(self, text: str) -> str:
        """Give the URL as it will be called; raises WrongUrl."""
        return self._guard.check_url(text)

    def key(self, partner_id: str, generation: int) -> SigningKey:
        """Give the key of an endpoint."""
        return self._signer.key(partner_id, generation)

    async def ping(self, endpoint: WebhookEndpoint) -> Outcome:
        """Send a test message that is about no order."""
        now = self._machine.now()
        told = {"type": "webhook.ping", "timestamp": now.isoformat(), "data": {"partner": endpoint.id}}
        return await self._courier.send(endpoint, self._ids.new("png", now), json.dumps(told).encode())
