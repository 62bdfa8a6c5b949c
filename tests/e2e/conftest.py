"""The real server: one for the whole run, started from the command line, on a clock that operations move."""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from tests.rig.court import LOOP, sample
from tests.rig.gateway_server import GatewayServer
from tests.rig.street import Street, open_street, started_gateway
from validators.messages.compose import compose
from validators.schema import Schemas

Document = Callable[..., bytes]


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayServer]:
    """Give a running embedded gateway; tests keep apart by their PONs."""
    server = started_gateway(
        tmp_path_factory.mktemp("gateway"), request_seconds="1", log_level="info", log_format="json"
    )
    yield server
    server.stop()


@pytest.fixture
async def street(gateway: GatewayServer) -> AsyncIterator[Street]:
    """Give callers of every role."""
    async with open_street(gateway.url) as street:
        yield street


@pytest.fixture(scope="session")
def schemas() -> Schemas:
    """Give the schemas; made once."""
    return Schemas()


@pytest.fixture(scope="session")
def pons() -> Iterator[str]:
    """Give PONs that no other test uses."""
    return (f"E2E{number:09d}" for number in itertools.count())


@pytest.fixture
def document(schemas: Schemas, pons: Iterator[str]) -> Document:
    """Give a function that makes the sample loop under a PON of its own, with fields of the LSR form set."""

    def make(name: str = LOOP, **sets: str) -> bytes:
        sets.setdefault("PON", next(pons))
        return compose(sample(name), {f"LSR.{field}": value for field, value in sets.items()}, schemas=schemas)

    return make
