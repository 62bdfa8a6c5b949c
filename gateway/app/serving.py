"""Serving until told to stop."""

import asyncio
import ssl
from collections.abc import Callable, Iterable

from gateway.app.whole import open_gateway
from gateway.doors.listening import listening
from gateway.doors.tls import TlsFiles, server_context
from gateway.settings import Settings


async def serve(settings: Settings, ready: Callable[[str], None], stop: asyncio.Event) -> None:
    """Serve until `stop` is set, then finish what was begun and stop.

    Args:
        settings: see `Settings`.
        ready: is called with the base URL once orders can be taken.
        stop: set by a signal.
    """
    async with open_gateway(settings) as gateway:
        loops = [asyncio.ensure_future(loop()) for loop in gateway.loops]
        try:
            # Requests under way are answered first; then the loops stop, and the record closes last.
            address = (settings.host, settings.port)
            async with listening(gateway.application, gateway.connections, address, _tls(settings)) as url:
                ready(url)
                await stop.wait()
        finally:
            await _end(loops)


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return server_context(
        TlsFiles(
            settings.tls_certificate, settings.tls_key, settings.tls_client_ca, required=settings.tls_client_required
        )
    )


async def _end(loops: Iterable[asyncio.Future[None]]) -> None:
    """Cancel the loops until all have ended: one cancellation may be lost in a library's time-out that it meets."""
    running = set(loops)
    while running:
        for loop in running:
            loop.cancel()
        _, running = await asyncio.wait(running, timeout=1.0)
