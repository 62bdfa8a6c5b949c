"""Webhooks from the real server to a receiver on the loopback."""

import asyncio
import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.rig.gateway_server import GatewayServer
from tests.rig.street import JSON, XML, Street, open_street, started_gateway
from tests.rig.visitor import visiting

Document = Callable[..., bytes]


@pytest.fixture(scope="module")
def sending(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    """Give a gateway that may send webhooks to the loopback."""
    server = started_gateway(tmp_path_factory.mktemp("sending"), webhook_private_networks='["127.0.0.0/8"]')
    yield server
    server.stop()


@pytest.fixture
async def caller(sending: GatewayServer) -> AsyncIterator[Street]:
    """Give its callers."""
    async with open_street(sending.url) as street:
        yield street


@dataclass
class Receiver:
    """A CLEC's endpoint."""

    url: str
    status: int = 204
    location: str | None = None
    got: "asyncio.Queue[tuple[dict[str, str], bytes]]" = field(default_factory=asyncio.Queue)

    async def next(self) -> tuple[dict[str, str], bytes]:
        """Give headers and body of the next message."""
        async with asyncio.timeout(20):
            return await self.got.get()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Give an endpoint that listens."""
    endpoint = Receiver("")

    async def take(request: web.Request) -> web.Response:
        await endpoint.got.put(({name.lower(): value for name, value in request.headers.items()}, await request.read()))
        headers = {"Location": endpoint.location} if endpoint.location else {}
        return web.Response(status=endpoint.status, headers=headers)

    app = web.Application()
    app.router.add_post("/{tail:.*}", take)
    async with TestServer(app) as server:
        endpoint.url = f"http://127.0.0.1:{server.port}/hook"
        yield endpoint


def signed(secret: str, headers: Mapping[str, str], body: bytes) -> str:
    """Give the signature that a message has, reckoned as a receiver does with the secret it was shown."""
    message = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.new(b64decode(secret.removeprefix("whsec_")), message, hashlib.sha256).digest()
    return f"v1,{b64encode(mac).decode()}"


async def test_a_notice_comes_signed_and_stands_as_delivered(
    caller: Street, receiver: Receiver, document: Document
) -> None:
    """The receiver checks it with the secret it was shown; the partner sees the attempt."""
    shown = await caller.clec.json("PUT", "/v1/webhook", json={"url": receiver.url})
    await caller.clec("POST", "/v1/lsr", data=document(DDD="02-20-2026"), headers=XML)
    headers, body = await receiver.next()
    notice = json.loads(body)

    assert signed(shown["secret"], headers, body) == headers["webhook-signature"].split()[0]
    assert ("notice.reject", headers["webhook-id"]) == (notice["type"], notice["data"]["id"])
    delivered: list[object] = []
    async with asyncio.timeout(10):
        while not delivered:
            path = f"/v1/notices/{headers['webhook-id']}/deliveries"
            delivered = (await caller.clec.json("GET", path))["attempts"]
    assert [(204, None, receiver.url)] == [(one["status"], one["error"], one["url"]) for one in delivered]  # type: ignore[index] # JSON
    standing = await caller.clec.json("GET", "/v1/webhook")
    assert ("active", 0, 0) == (standing["state"], standing["waiting"], standing["parked"])
    assert "secret" not in standing


async def test_a_ping_tells_what_came_of_it(caller: Street, receiver: Receiver) -> None:
    """Taken, refused, and redirected: a redirect is not followed."""
    await caller.clec.json("PUT", "/v1/webhook", json={"url": receiver.url})
    results = []
    for status, location in ((204, None), (500, None), (302, receiver.url + "/elsewhere")):
        receiver.status, receiver.location = status, location
        results.append(await caller.clec.json("POST", "/v1/webhook/ping"))
        headers, body = await receiver.next()
        assert "webhook.ping" == json.loads(body)["type"]
        assert headers["webhook-id"].startswith("png_")

    assert [(True, 204), (False, 500), (False, 302)] == [(one["delivered"], one["status"]) for one in results]
    assert receiver.got.empty()


async def test_a_clec_sets_its_webhook_up_on_its_page(
    sending: GatewayServer, caller: Street, receiver: Receiver, document: Document
) -> None:
    """A test message comes, signed with the secret that the page showed, then a notice, whose attempt is shown."""
    async with visiting(sending.url, "clec") as clec:
        put = await clec.send(await clec.open("/portal/webhook"), "/portal/webhook", url=receiver.url)
        pinged = await clec.send(put, "/ping")
        headers, body = await receiver.next()
        await caller.clec("POST", "/v1/lsr", data=document(DDD="02-20-2026"), headers=XML)
        notice, _ = await receiver.next()
        attempts = await clec.open(f"/portal/webhook/deliveries/{notice['webhook-id']}")
        async with asyncio.timeout(10):
            while "No attempt yet." in attempts.words:
                attempts = await clec.open(attempts.address)
        listed = await clec.open("/portal/webhook/deliveries?state=delivered&format=csv")

    (secret,) = put.tree.xpath("//pre/text()")
    assert signed(secret, headers, body) == headers["webhook-signature"].split()[0]
    assert "The test message was taken" in pinged.words
    assert "Your receiver answered 204 after" in pinged.words
    assert f"{receiver.url} delivered, answered 204" in attempts.words
    assert notice["webhook-id"] in listed.text


async def test_an_endpoint_that_does_not_listen_is_told_in_plain_words(caller: Street, receiver: Receiver) -> None:
    """Nothing of the machine's own errors is passed on."""
    url = receiver.url.replace("/hook", "").rsplit(":", 1)[0] + ":1/hook"
    await caller.clec.json("PUT", "/v1/webhook", json={"url": url})

    assert "no connection" == (await caller.clec.json("POST", "/v1/webhook/ping"))["error"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/", "ftp://x/"]
)
async def test_an_address_inside_is_refused(street: Street, url: str) -> None:
    """Without the operator's leave no webhook leads into the house, and the answer names the member."""
    answer = await street.clec("PUT", "/v1/webhook", json={"url": url}, headers=JSON)

    assert (400, "/url") == (answer.status, json.loads(answer.body)["errors"][0]["path"])


async def test_a_name_that_leads_inside_is_refused_when_it_is_called(street: Street) -> None:
    """What the URL does not show is seen before the connection is made."""
    await street.clec.json("PUT", "/v1/webhook", json={"url": "https://localhost/hook"})
    result = await street.clec.json("POST", "/v1/webhook/ping")
    removed = await street.clec("DELETE", "/v1/webhook")

    assert (False, "the host leads to an address that webhooks do not go to") == (result["delivered"], result["error"])
    assert 204 == removed.status
    assert 404 == (await street.clec("GET", "/v1/webhook")).status


async def test_a_bad_state_of_deliveries_is_named(street: Street) -> None:
    """Only the three states are taken."""
    assert 400 == (await street.clec("GET", "/v1/webhook/deliveries?state=lost", headers=JSON)).status
