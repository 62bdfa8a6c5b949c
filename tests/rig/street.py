"""A gateway that serves for a whole test run, with two CLECs, a back end and an operator who call it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from yarl import URL

from gateway.app.commands import open_partners
from gateway.record.rows import Role
from gateway.settings import Settings
from tests.rig.court import MONDAY
from tests.rig.gateway_server import KEYS, PARTNER, GatewayServer
from tests.rig.people import add_rig_people

OTHER_PARTNER = "bitterroot"
OTHER_KEY = "test-key-of-another-clec-0123456789abcdef"
JSON = {"Accept": "application/json"}
XML = {"Content-Type": "application/xml"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """Its media type without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0]


class Caller:
    """Calls the gateway with one key, or with none."""

    def __init__(self, session: aiohttp.ClientSession, url: str, key: str | None) -> None:
        self._session = session
        self._url = url
        self._key = key

    async def __call__(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **request: Any
    ) -> Answer:
        """Call once; redirects are not followed, the address is sent as it is."""
        known = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        target = URL(self._url + path, encoded=True)
        async with self._session.request(
            method, target, headers={**known, **(headers or {})}, allow_redirects=False, **request
        ) as answer:
            return Answer(answer.status, answer.headers.copy(), await answer.read())

    async def json(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **request: Any) -> Any:
        """Call for JSON and read it; the status must be good."""
        answer = await self(method, path, headers={**JSON, **(headers or {})}, **request)
        assert answer.status < 300, answer
        return json.loads(answer.body)


@dataclass(frozen=True, slots=True)
class Street:
    """Everybody who calls."""

    url: str
    by_role: Mapping[Role, Caller]
    """Callers with a key of each role; a CLEC's are of the rig's own partner."""
    other: Caller
    """The supervisor of another partner."""
    nobody: Caller

    def of(self, role: Role) -> Caller:
        """Give the caller with a key of `role`."""
        return self.by_role[role]

    @property
    def clec(self) -> Caller:
        """The rig's CLEC."""
        return self.by_role[Role.CLEC]

    @property
    def backend(self) -> Caller:
        """The back end."""
        return self.by_role[Role.BACKEND]

    @property
    def operations(self) -> Caller:
        """The operator."""
        return self.by_role[Role.OPERATIONS]


@asynccontextmanager
async def open_street(url: str) -> AsyncIterator[Street]:
    """Open the connections of all callers."""
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(timeout=timeout, auto_decompress=True) as session:
        by_role = {role: Caller(session, url, KEYS[role.value]) for role in Role}
        yield Street(url, by_role, Caller(session, url, OTHER_KEY), Caller(session, url, None))


def started_gateway(folder: Path, clock: datetime | None = MONDAY, **settings: str) -> GatewayServer:
    """Start an embedded gateway with the rig's keys and a second CLEC; the caller stops it."""
    server = GatewayServer(folder, {f"OSS_GATEWAY_{name.upper()}": value for name, value in settings.items()})
    asyncio.run(_start(server, clock))
    return server


async def _start(server: GatewayServer, clock: datetime | None) -> None:
    await server.prepare()
    async with open_partners(Settings(data=server.data)) as (_, partners):
        await partners.add(OTHER_PARTNER, "Bitterroot Telecom", "template", ccna=["ZQF"], cc=["9Z7A", "8B8B"])
        await partners.issue_key(Role.CLEC_SUPERVISOR, OTHER_PARTNER, "other", key=OTHER_KEY)
    await add_rig_people(server.data, PARTNER, OTHER_PARTNER)
    await server.start(clock)
