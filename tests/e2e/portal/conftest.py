"""The portal's visitors."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.rig.gateway_server import GatewayServer
from tests.rig.visitor import House


@pytest.fixture
async def house(gateway: GatewayServer) -> AsyncIterator[House]:
    """Give them."""
    async with AsyncExitStack() as stack:
        yield House(stack, gateway.url)
