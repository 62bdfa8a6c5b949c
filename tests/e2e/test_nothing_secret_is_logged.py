"""A whole day's work with the log at its most talkative: no key, token, secret or content of an order stands in it."""

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from gateway.services.keys import hash_key
from tests.rig.gateway_server import KEYS, PARTNER, GatewayServer
from tests.rig.street import JSON, OTHER_KEY, XML, Street, open_street, started_gateway

Document = Callable[..., bytes]


@pytest.fixture
def talkative(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    """Give a gateway that logs all it can."""
    server = started_gateway(tmp_path_factory.mktemp("talkative"), log_level="debug", log_format="json")
    yield server
    server.stop()


@pytest.fixture
async def callers(talkative: GatewayServer) -> AsyncIterator[Street]:
    """Give its callers."""
    async with open_street(talkative.url) as street:
        yield street


async def test_no_secret_and_no_content_of_an_order_is_in_the_log(
    talkative: GatewayServer, callers: Street, document: Document
) -> None:
    """Whoever reads the log, or what prints there, learns ids and kinds, and nothing of persons or keys."""
    order = document(PON="LOGGED000001")
    secrets = {*KEYS.values(), OTHER_KEY, *map(hash_key, KEYS.values())}

    await callers.clec("POST", "/v1/lsr", data=order, headers=XML)
    await callers.clec("POST", "/v1/lsr", data=order[:-30], headers=XML)
    await callers.clec("POST", "/v1/lsr", data=document(DDD="02-20-2026"), headers=XML)
    await callers.nobody("GET", "/v1/orders", headers={"Authorization": "Bearer guessed-key-of-a-stranger"})
    secrets.add("guessed-key-of-a-stranger")
    issued = await callers.other.json("POST", "/v1/keys", json={"label": "x"})
    secrets |= {issued["key"], hash_key(issued["key"])}
    form = {"grant_type": "client_credentials", "client_id": PARTNER, "client_secret": KEYS["clec"]}
    token = json.loads((await callers.nobody("POST", "/oauth/token", data=form)).body)["access_token"]
    secrets |= {token, hash_key(token)}
    await callers.nobody("GET", "/v1/orders", headers={"Authorization": f"Bearer {token}"})
    hook = await callers.clec.json("PUT", "/v1/webhook", json={"url": "https://localhost/hook"})
    secrets.add(hook["secret"])
    await callers.clec("POST", "/v1/webhook/ping")
    await callers.operations("POST", "/v1/operations/clock", json={"seconds": 864_000}, headers=JSON)
    await callers.backend("POST", "/v1/backend/orders/none/decisions", data=b"{", headers=JSON)
    (order_id,) = {entry["id"] for entry in (await callers.clec.json("GET", "/v1/orders?pon=LOGGED000001"))["orders"]}
    await callers.backend("POST", f"/v1/backend/orders/{order_id}/decisions", json={"decision": "confirm"})
    talkative.stop()

    secrets.add((talkative.data / "secret.key").read_text(encoding="ascii"))
    assert talkative.child is not None
    log = talkative.child.log.read_text(encoding="utf-8")
    told = set(re.findall(r">([^<>\n]{6,})<", order.decode())) - {"template"}
    assert len(log.splitlines()) > 5
    assert not [secret for secret in secrets if secret in log]
    assert not [value for value in told if value in log]
