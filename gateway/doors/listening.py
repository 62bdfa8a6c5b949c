"""The listening socket with the application behind it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from gateway.doors.connections import Connections

_BACKLOG = 1024
_GRACE_SECONDS = 10.0


@asynccontextmanager
async def listening(
    application: web.Application,
    connections: Connections,
    address: tuple[str, int],
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[str]:
    """Take requests at `address` (host, port; port 0 is a free one) and give the base URL.

    At the end no connection is taken any more, and requests under way are answered first.

    Raises:
        OSError: the address is taken or is none of ours.
    """
    runner = web.AppRunner(application, access_log=None, handler_cancellation=False, shutdown_timeout=_GRACE_SECONDS)
    await runner.setup()
    if runner.server is None:
        raise RuntimeError("aiohttp gave no server")
    loop = asyncio.get_running_loop()
    watch: asyncio.Task[None] | None = None
    server: asyncio.Server | None = None
    try:
        server = await loop.create_server(
            connections.protocol_factory(runner.server),
            *address,
            backlog=_BACKLOG,
            ssl=tls,
            ssl_handshake_timeout=connections.limits.head_seconds if tls else None,
        )
        watch = asyncio.create_task(connections.run(), name="slow connections")
        host, port = server.sockets[0].getsockname()[:2]
        yield f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"
    finally:
        if server is not None:
            server.close()
        await runner.cleanup()
        if watch is not None:
            watch.cancel()
