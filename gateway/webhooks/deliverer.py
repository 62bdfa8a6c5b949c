"""Delivers notices to webhooks: in order for each order, again and again for days, by one gateway process at a time."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import structlog

from gateway.clock import Clock
from gateway.queue.lease import Lease
from gateway.record.port import Changes, Record, RecordUnavailable
from gateway.record.rows import Notice
from gateway.record.webhooks import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookProgress
from gateway.services.desk import Desk
from gateway.services.keys import Write
from gateway.services.webhook_delivery import NoteAttempt, Tried, WebhookTerms, queued
from gateway.services.webhook_endpoints import generations
from gateway.webhooks.sender import Outcome, Sender
from gateway.webhooks.signing import Signer, signed_headers

log = structlog.get_logger("gateway.webhooks")

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time of the contract, by which retries wait, and the machine's, which receivers compare signatures with."""

    contract: Clock
    machine: Clock


class Courier:
    """Signs messages and sends them."""

    def __init__(self, sender: Sender, signer: Signer, clocks: Clocks) -> None:
        self._sender = sender
        self._signer = signer
        self._clocks = clocks

    async def send(self, endpoint: WebhookEndpoint, message_id: str, body: bytes) -> Outcome:
        """Send one message to an endpoint."""
        keys = [
            self._signer.key(endpoint.id, generation)
            for generation in generations(endpoint, self._clocks.contract.of(endpoint.id).now())
        ]
        return await self._sender.send(
            endpoint.url, signed_headers(message_id, self._clocks.machine.now(), body, keys), body
        )


class Deliverer:
    """The task that delivers. Endpoints do not wait for each other; the notices of one go one after another."""

    def __init__(
        self,
        record: Record,
        desk: Desk,
        courier: Courier,
        clocks: Clocks,
        terms: WebhookTerms,
        random: Random,
        lease: Lease | None = None,
    ) -> None:
        self._record = record
        self._webhooks = record.webhooks
        self._desk = desk
        self._courier = courier
        self._clocks = clocks
        self._terms = terms
        self._random = random
        self._lease = lease
        self._running: dict[str, asyncio.Task[int]] = {}

    async def run(self, rest: Callable[[], Any]) -> None:
        """Deliver until cancelled; `rest` gives what to wait for between two looks."""
        try:
            while True:
                with suppress(RecordUnavailable):
                    await self._look()
                await rest()
        finally:
            for task in self._running.values():
                task.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)
            if self._lease is not None:
                with suppress(RecordUnavailable):
                    await self._lease.release()

    async def _look(self) -> None:
        if self._lease is not None and not await self._lease.held():
            return
        for partner_id, task in tuple(self._running.items()):
            if task.done():
                del self._running[partner_id]
                _log_failure(partner_id, task)
        for endpoint in await self._webhooks.endpoints():
            if endpoint.id not in self._running:
                self._running[endpoint.id] = asyncio.create_task(self._serve(endpoint), name=f"webhook {endpoint.id}")

    async def step(self) -> int:
        """Deliver once what is due at every endpoint, and give how many attempts were made."""
        return sum([await self._serve(endpoint) for endpoint in await self._webhooks.endpoints()])

    async def _serve(self, endpoint: WebhookEndpoint) -> int:
        """Queue what is new at one endpoint and send what is due, until it fails; give the number of attempts."""
        start = endpoint.from_cursor
        progress = await self._webhooks.progress(endpoint.id) or WebhookProgress(endpoint.id, start)
        if progress.disabled_revision == endpoint.revision:
            return 0
        progress = await self._queue(endpoint, progress)
        if progress.retry_at is not None and progress.retry_at > self._clocks.contract.of(endpoint.id).now():
            return 0
        attempts = 0
        for delivery in await self._webhooks.due(endpoint.id, self._clocks.contract.of(endpoint.id).now(), _AT_ONCE):
            before = progress
            progress = await self._deliver(endpoint, progress, delivery)
            attempts += 1
            if progress.failures > before.failures:
                break
        return attempts

    async def _queue(self, endpoint: WebhookEndpoint, progress: WebhookProgress) -> WebhookProgress:
        after = max(progress.cursor, endpoint.from_cursor)
        notices = await self._record.notices(endpoint.id, after, _AT_ONCE)
        if not notices:
            return progress
        moved = replace(progress, cursor=notices[-1].cursor)
        deliveries = queued(endpoint.id, notices, self._clocks.contract.of(endpoint.id).now())
        await self._record.commit(Write(Changes(beside=[*deliveries, moved])))
        return moved

    async def _deliver(
        self, endpoint: WebhookEndpoint, progress: WebhookProgress, delivery: WebhookDelivery
    ) -> WebhookProgress:
        notice = await self._record.notice(delivery.id)
        if notice is None:
            raise LookupError(f"notice {delivery.id} is queued and not on record")
        outcome = await self._courier.send(endpoint, notice.id, message_of(notice))
        now = self._clocks.contract.of(endpoint.id).now()
        attempt = WebhookAttempt(
            id=self._desk.ids.new("att", now),
            notice_id=notice.id,
            partner_id=endpoint.id,
            at=now,
            url=endpoint.url,
            status=outcome.status,
            error=outcome.error,
            milliseconds=outcome.milliseconds,
        )
        tried = Tried(attempt, outcome.delivered, outcome.of_message, outcome.gone)
        failures = delivery.attempts + 1 if outcome.of_message else progress.failures + 1
        wait = self._terms.wait(failures, self._random)
        noted = NoteAttempt(self._desk, self._terms, endpoint, progress, delivery, tried, wait)
        if not outcome.delivered:
            log.info("webhook not delivered", partner=endpoint.id, notice=notice.id, error=outcome.error)
        return await self._record.commit(noted)


def message_of(notice: Notice) -> bytes:
    """Give the body of a notice's message: its type, when it was issued, and the notice as the mailbox has it."""
    told = {"type": f"notice.{notice.kind}", "timestamp": notice.issued_at.isoformat(), "data": notice.data}
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()


def _log_failure(partner_id: str, task: "asyncio.Task[int]") -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None and not isinstance(error, RecordUnavailable):
        log.error("webhook failed", partner=partner_id, exc_info=error)
