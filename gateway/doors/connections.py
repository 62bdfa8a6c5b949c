"""Bounds what strangers can hold open: connections in all and of one address, and the time that a head may take."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, cast

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from gateway.metrics import Metrics

_LOOK_EVERY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How much of the server one address, and everybody together, may hold."""

    total: int
    per_address: int
    head_seconds: float
    """Time from the first byte of a request, or from connecting, until its head is complete."""
    idle_seconds: float
    """Time between an answer and the next request."""


class _Phase(Enum):
    WAITS = auto()
    SENDS_HEAD = auto()
    IS_SERVED = auto()


class Connections:
    """Stands between the listening socket and the HTTP server, and closes what goes beyond its limits."""

    def __init__(self, limits: ConnectionLimits, metrics: Metrics) -> None:
        self.limits = limits
        self._metrics = metrics
        self._open: dict[asyncio.BaseProtocol, _Connection] = {}
        self._by_address: Counter[str] = Counter()

    def protocol_factory(self, make: Callable[[], asyncio.Protocol]) -> Callable[[], asyncio.Protocol]:
        """Give what the listening socket calls for each connection, around the server's own protocol."""
        return lambda: _Connection(self, make())

    @property
    def watched(self) -> Middleware:
        """The middleware that tells when a request's head is complete and when it is answered."""

        @web.middleware
        async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
            connection = self._open.get(cast("asyncio.BaseProtocol", request.protocol))
            if connection is None:
                return await handler(request)
            connection.phase, connection.deadline = _Phase.IS_SERVED, None
            try:
                return await handler(request)
            finally:
                connection.wait(_Phase.WAITS, self.limits.idle_seconds)

        return watch

    async def run(self) -> None:
        """Close what is too slow, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            self.close_slow(loop.time())

    def close_slow(self, now: float) -> None:
        """Close every connection whose time is over at the loop's time `now`."""
        for connection in list(self._open.values()):
            if connection.deadline is not None and connection.deadline <= now:
                self._metrics.connections_closed.labels(reason="slow").inc()
                connection.abort()

    def admit(self, connection: "_Connection", address: str) -> bool:
        """Count a new connection in, or say that there are too many."""
        full = "total" if len(self._open) >= self.limits.total else None
        if self._by_address[address] >= self.limits.per_address:
            full = "address"
        if full is not None:
            self._metrics.connections_closed.labels(reason=full).inc()
            return False
        self._open[connection.served_by] = connection
        self._by_address[address] += 1
        connection.wait(_Phase.SENDS_HEAD, self.limits.head_seconds)
        return True

    def forget(self, connection: "_Connection", address: str) -> None:
        """Count a connection out."""
        if self._open.pop(connection.served_by, None) is None:
            return
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]

    def head_begins(self, connection: "_Connection") -> None:
        """Note the first byte after an answer."""
        connection.wait(_Phase.SENDS_HEAD, self.limits.head_seconds)


class _Connection(asyncio.Protocol):
    """Passes everything on to the server's own protocol, unless it is not let in."""

    def __init__(self, house: Connections, served_by: asyncio.Protocol) -> None:
        self.served_by = served_by
        self.phase = _Phase.WAITS
        self.deadline: float | None = None
        self._house = house
        self._address = ""
        self._admitted = False
        self._transport: asyncio.Transport | None = None

    def wait(self, phase: _Phase, seconds: float) -> None:
        """Be in `phase` for so long at most."""
        self.phase = phase
        self.deadline = asyncio.get_running_loop().time() + seconds

    def abort(self) -> None:
        """Close at once; nothing that is still to be sent is waited for."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in, or close it."""
        self._transport = cast("asyncio.Transport", transport)
        peer: Any = transport.get_extra_info("peername")
        self._address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._admitted = self._house.admit(self, self._address)
        if self._admitted:
            self.served_by.connection_made(transport)
        else:
            self.abort()

    def data_received(self, data: bytes) -> None:
        """Pass it on; the first byte after an answer begins a head."""
        if self.phase is _Phase.WAITS:
            self._house.head_begins(self)
        if self._admitted:
            self.served_by.data_received(data)

    def eof_received(self) -> bool | None:
        """Pass it on."""
        return self.served_by.eof_received() if self._admitted else None

    def pause_writing(self) -> None:
        """Pass it on."""
        self.served_by.pause_writing()

    def resume_writing(self) -> None:
        """Pass it on."""
        self.served_by.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it out and pass it on."""
        if self._admitted:
            self._house.forget(self, self._address)
            self.served_by.connection_lost(exc)
