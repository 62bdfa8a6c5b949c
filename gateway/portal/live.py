"""Tells open pages that something has happened, by server-sent events, as the event log grows."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import web

from gateway.clock import Clock
from gateway.doors.routes import Principal
from gateway.portal.pages import Asked, Page
from gateway.record.port import Record, RecordUnavailable
from gateway.record.portal import PortalReads
from gateway.record.rows import Event

_LOOK_EVERY = timedelta(seconds=1)
_SIGN_OF_LIFE_SECONDS = 15.0
_AT_ONCE = 1000
_MOST_NAMED = 50


@dataclass(eq=False, slots=True)
class _Listener:
    principal: Principal
    orders: set[str] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, event: Event) -> None:
        if self.principal.sees(event.partner_id):
            self.orders.add(event.order_id)
            self.changed.set()

    def taken(self) -> list[str]:
        """Give which orders have changed since the last time; `*` stands for many."""
        orders, self.orders = self.orders, set()
        self.changed.clear()
        return sorted(orders) if len(orders) <= _MOST_NAMED else ["*"]


class Feed:
    """Follows the event log while somebody listens. A page is told which orders changed, and asks again by itself."""

    def __init__(self, record: Record, reads: PortalReads, machine: Clock) -> None:
        self._record = record
        self._reads = reads
        self._machine = machine
        self._listeners: set[_Listener] = set()
        self._wanted = asyncio.Event()
        self._ended = False

    async def run(self) -> None:
        """Follow the log until cancelled; an unreachable database only makes pages wait."""
        while True:
            await self._wanted.wait()
            with suppress(RecordUnavailable):
                await self._follow(await self._reads.last_event())
            if not self._listeners:
                self._wanted.clear()

    async def _follow(self, seq: int) -> None:
        while self._listeners:
            await self._machine.wait_until(self._machine.now() + _LOOK_EVERY)
            seq = await self._pass_on(seq)

    async def _pass_on(self, seq: int) -> int:
        events = await self._record.events_after(seq, _AT_ONCE)
        for event in events:
            for listener in self._listeners:
                listener.tell(event)
        return events[-1].seq if events else seq

    async def end(self, _: web.Application) -> None:
        """End every open stream, so that the server can stop."""
        self._ended = True
        for listener in self._listeners:
            listener.changed.set()

    async def stream(self, asked: Asked) -> web.StreamResponse:
        """Send a browser what changes, until it leaves."""
        answer = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        await answer.prepare(asked.request)
        with self._listening(asked.principal) as listener:
            try:
                await answer.write(b"retry: 2000\n\n")
                while not self._ended:
                    await answer.write(await self._next(listener))
            except ConnectionResetError:
                pass  # the browser has left, which is how these streams end
        return answer

    async def _next(self, listener: _Listener) -> bytes:
        try:
            await asyncio.wait_for(listener.changed.wait(), _SIGN_OF_LIFE_SECONDS)
        except TimeoutError:
            return b": still here\n\n"
        return f"data: {json.dumps({'orders': listener.taken()})}\n\n".encode()

    @contextmanager
    def _listening(self, principal: Principal) -> Iterator[_Listener]:
        listener = _Listener(principal)
        self._listeners.add(listener)
        self._wanted.set()
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (Page("GET", "/portal/live", "portalLive", self.stream, ("readHistory",)),)
