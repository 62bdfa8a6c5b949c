"""What needs no key: signs of life, metrics, and the two contracts as documents."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from gateway import __version__
from gateway.clock import Clock
from gateway.doors.models import Alive, Ready
from gateway.doors.openapi import openapi
from gateway.doors.problems import Kind, Problem
from gateway.doors.reading import json_bytes
from gateway.doors.representation import answer_json
from gateway.doors.routes import Answer, OpenRoute, Route
from gateway.metrics import Metrics
from gateway.queue.streams import QueueUnavailable
from gateway.record.port import Record, RecordUnavailable

Ping = Callable[[], Awaitable[None]]


class OpenDoor:
    """Handlers and routes that anybody may call."""

    def __init__(self, record: Record, ping_queue: Ping, clock: Clock, metrics: Metrics, asyncapi: str) -> None:
        self._record = record
        self._ping_queue = ping_queue
        self._clock = clock
        self._metrics = metrics
        self._asyncapi = asyncapi
        self._openapi = b""

    def describe(self, routes: tuple[Route, ...], open_routes: tuple[OpenRoute, ...]) -> None:
        """Take the routes of all doors, guarded ones and open ones, which the OpenAPI document describes."""
        self._openapi = json_bytes(openapi(routes, open_routes))

    async def healthz(self, request: web.Request) -> web.Response:
        """Say that the process lives."""
        del request
        return answer_json(Alive(version=__version__))

    async def readyz(self, request: web.Request) -> web.Response:
        """Say whether orders can be taken now: they can while the record answers, with or without the queue."""
        del request
        record, queue = await self._sign(self._record.ping), await self._sign(self._ping_queue)
        if record != "ok":
            raise Problem(Kind.UNAVAILABLE, f"the record does not answer: {record}", headers={"Retry-After": "1"})
        return answer_json(Ready(ready=True, record=record, queue=queue))

    async def _sign(self, ping: Ping) -> str:
        try:
            await ping()
        except (RecordUnavailable, QueueUnavailable) as error:
            return type(error).__name__
        return "ok"

    async def metrics(self, request: web.Request) -> web.Response:
        """Give all metrics, the gauges as they stand now."""
        del request
        now = self._clock.now()
        work, clocks = await self._record.work_counts(), await self._record.clock_counts(now)
        shown = self._metrics
        for state, count in (("pending", work.pending), ("sent", work.sent), ("dead", work.dead)):
            shown.queue_depth.labels(state=state).set(count)
        oldest = work.oldest_unsettled_at
        shown.queue_oldest_seconds.set(0 if oldest is None else (now - oldest).total_seconds())
        unsent = work.oldest_pending_at
        shown.outbox_lag_seconds.set(0 if unsent is None else (now - unsent).total_seconds())
        shown.clocks_open.set(clocks.open)
        shown.clocks_overdue.set(clocks.overdue)
        shown.notices_undelivered.set(await self._record.undelivered_notices())
        return web.Response(body=shown.text(), content_type="text/plain", charset="utf-8")

    async def openapi_document(self, request: web.Request) -> web.Response:
        """Give the HTTP contract."""
        del request
        return web.Response(body=self._openapi, content_type="application/json")

    async def asyncapi_document(self, request: web.Request) -> web.Response:
        """Give the contract of the streams."""
        del request
        return web.Response(text=self._asyncapi, content_type="application/yaml")

    def routes(self) -> tuple[OpenRoute, ...]:
        """Give what this door offers."""
        as_json = ("application/json",)
        return (
            OpenRoute(
                "/healthz",
                "healthz",
                "Whether the process lives",
                self.healthz,
                (Answer(200, "It does.", Alive, as_json),),
            ),
            OpenRoute(
                "/readyz",
                "readyz",
                "Whether orders can be taken now",
                self.readyz,
                (Answer(200, "They can. The queue may be away: work then waits in the record.", Ready, as_json),),
                (Kind.UNAVAILABLE,),
            ),
            OpenRoute(
                "/metrics",
                "metrics",
                "Prometheus metrics",
                self.metrics,
                (Answer(200, "Text format 0.0.4.", media_types=("text/plain",)),),
                (Kind.UNAVAILABLE,),
            ),
            OpenRoute(
                "/openapi.json",
                "openapi",
                "This document",
                self.openapi_document,
                (Answer(200, "OpenAPI 3.1.", media_types=as_json),),
            ),
            OpenRoute(
                "/asyncapi.yaml",
                "asyncapi",
                "The contract of the streams",
                self.asyncapi_document,
                (Answer(200, "AsyncAPI 3.0.", media_types=("application/yaml",)),),
            ),
        )
