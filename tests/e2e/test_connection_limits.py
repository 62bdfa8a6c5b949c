"""Slow and many connections, on a gateway with narrow limits."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.rig.gateway_server import GatewayServer
from tests.rig.street import open_street, started_gateway

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
HEAD_SECONDS = 1.0
PER_ADDRESS = 4


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    """Give a gateway that allows few connections and little time."""
    server = started_gateway(
        tmp_path_factory.mktemp("narrow"),
        head_seconds=str(HEAD_SECONDS),
        idle_seconds="1",
        connections_per_address=str(PER_ADDRESS),
        connections=str(PER_ADDRESS + 2),
        partner_rate="0.001",
        partner_burst="3",
    )
    yield server
    server.stop()


async def connected(
    server: GatewayServer, source: str = "127.0.0.1"
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect from an address of the loopback."""
    return await asyncio.open_connection("127.0.0.1", server.port, local_addr=(source, 0))


async def seconds_until_closed(reader: asyncio.StreamReader) -> float:
    """Give how long the server keeps a connection on which nothing more is sent."""
    loop = asyncio.get_running_loop()
    begin = loop.time()
    async with asyncio.timeout(10):
        try:
            while await reader.read(1024):
                pass
        except ConnectionError:
            pass
    return loop.time() - begin


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "], ids=["nothing", "half a head"])
async def test_a_head_that_does_not_come_is_given_up(narrow: GatewayServer, sent: bytes) -> None:
    """A connection on which no whole head comes is closed in about the time that is set."""
    reader, writer = await connected(narrow)
    writer.write(sent)

    assert HEAD_SECONDS <= await seconds_until_closed(reader) < HEAD_SECONDS + 3
    writer.close()


async def test_an_idle_connection_is_closed_after_its_answer(narrow: GatewayServer) -> None:
    """It is answered, kept for the next request, and closed when that does not come."""
    reader, writer = await connected(narrow)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    head = await reader.readuntil(b"\r\n\r\n")

    assert b"200 OK" in head
    assert await seconds_until_closed(reader) < 4
    writer.close()


async def test_one_address_cannot_take_all_connections(narrow: GatewayServer) -> None:
    """Beyond its share it is refused, while another address is served; what it lets go it may have again."""
    held = [await connected(narrow, "127.0.0.2") for _ in range(PER_ADDRESS)]
    refused, refused_writer = await connected(narrow, "127.0.0.2")
    at_once = await seconds_until_closed(refused)
    other, other_writer = await connected(narrow, "127.0.0.3")
    other_writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")

    assert at_once < HEAD_SECONDS
    assert b"200 OK" in await other.readuntil(b"\r\n\r\n")
    for writer in (refused_writer, other_writer, *(writer for _, writer in held)):
        writer.close()


async def test_everybody_together_cannot_take_more_than_all(narrow: GatewayServer) -> None:
    """Beyond the whole number nobody more is let in, from whatever address."""
    held = [await connected(narrow, f"127.0.1.{number}") for number in range(1, PER_ADDRESS + 3)]
    refused, refused_writer = await connected(narrow, "127.0.2.1")

    assert await seconds_until_closed(refused) < HEAD_SECONDS
    for writer in (refused_writer, *(writer for _, writer in held)):
        writer.close()


async def test_a_partner_is_held_to_its_rate(narrow: GatewayServer) -> None:
    """The fourth request at once is put off; another partner is not."""
    async with open_street(narrow.url) as street:
        answers = [await street.clec("GET", "/v1/orders") for _ in range(4)]
        other = await street.other("GET", "/v1/orders")

    assert [200, 200, 200, 429] == [answer.status for answer in answers]
    assert int(answers[3].headers["Retry-After"]) > 1
    assert 200 == other.status
