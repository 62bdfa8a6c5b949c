"""Tells open pages that something has happened, by server-sent events: as the event log grows and claims change."""

import asyncio
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import web

from gateway.clock import Clock
from gateway.doors.routes import Principal
from gateway.portal.pages import Asked, Page
from gateway.record.port import Record, RecordUnavailable
from gateway.record.portal import PortalReads
from gateway.record.rows import Event
from gateway.services.order_claims import OrderClaims

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

    def tell_of_claims(self, order_ids: Collection[str]) -> None:
        """Tell somebody of the ILEC; to a CLEC it is all one who works on its order."""
        if not self.principal.role.of_partner:
            self.orders.update(order_ids)
            self.changed.set()

    def taken(self) -> list[str]:
        """Give which orders have changed since the last time; `*` stands for many."""
        orders, self.orders = self.orders, set()
        self.changed.clear()
        return sorted(orders) if len(orders) <= _MOST_NAMED else ["*"]


class Feed:
    """Follows the event log and the claims while somebody listens.

    A page is told which orders changed, and asks again by itself.
    """

    def __init__(self, record: Record, reads: PortalReads, claims: OrderClaims, machine: Clock) -> None:
        self._record = record
        self._reads = reads
        self._claims = claims
        self._machine = machine
        self._listeners: set[_Listener] = set()
        self._wanted = asyncio.Event()
        self._following = asyncio.Event()
        self._ended = False

    async def run(self) -> None:
        """Follow the log until cancelled; an unreachable database only makes pages wait."""
        while True:
            await self._wanted.wait()
            try:
                await self._follow()
            except RecordUnavailable:
                await self._machine.wait_until(self._machine.now() + _LOOK_EVERY)
            if not self._listeners:
                self._wanted.clear()

    async def _follow(self) -> None:
        seq, claimed = await self._reads.last_event(), await self._claims.all()
        self._following.set()
        try:
            while self._listeners:
                await self._machine.wait_until(self._machine.now() + _LOOK_EVERY)
                seq = await self._pass_on(seq)
                claimed = await self._pass_on_claims(claimed)
        finally:
            self._following.clear()

    async def _pass_on(self, seq: int) -> int:
        events = await self._record.events_after(seq, _AT_ONCE)
        for event in events:
            for listener in self._listeners:
                listener.tell(event)
        return events[-1].seq if events else seq

    async def _pass_on_claims(self, before: Mapping[str, str]) -> Mapping[str, str]:
        """Tell which orders somebody has begun to work on, or ceased to: no event says that."""
        now = await self._claims.all()
        changed = {order_id for order_id, _ in before.items() ^ now.items()}
        for listener in self._listeners if changed else ():
            listener.tell_of_claims(changed)
        return now

    async def end(self, _: web.Application) -> None:
        """End every open stream, so that the server can stop."""
        self._ended = True
        self._following.set()
        for listener in self._listeners:
            listener.changed.set()

    async def stream(self, asked: Asked) -> web.StreamResponse:
        """Send a browser what changes, until it leaves."""
        answer = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        with self._listening(asked.principal) as listener:
            try:
                await self._following.wait()  # from here on nothing is missed
                await answer.prepare(asked.request)
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
