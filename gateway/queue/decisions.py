"""Takes the back end's decisions off the stream: each is carried out, or put among the dead letters with why."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import structlog
from pydantic import ValidationError

from gateway.clock import Clock
from gateway.queue.backoff import Backoff
from gateway.queue.dead_letters import DeadLetter
from gateway.queue.envelope import DecisionEvent
from gateway.queue.lease import Lease
from gateway.queue.names import DECISIONS, GATEWAY_GROUP
from gateway.queue.streams import Entry, QueueUnavailable, Streams
from gateway.queue.terms import QueueTerms
from gateway.record.port import RecordUnavailable

log = structlog.get_logger("gateway.queue")

CONSUMER: Final = "decisions"
"""One consumer for all gateway processes, since only the holder of the lease reads: what it left is the next one's."""
_NEW: Final = ">"
_BLOCK: Final = timedelta(seconds=1)

Take = Callable[[str, Mapping[str, Any], str], Awaitable[object]]
"""`Decisions.take` of the services: order id, body, decision id. It returns after its commit."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What carries out a decision, and the exceptions by which it says that the decision can never be carried out."""

    take: Take
    refusals: tuple[type[Exception], ...]


class DecisionReader:
    """The task that reads decisions; an entry is acknowledged only after the commit, or with its dead letter."""

    def __init__(self, streams: Streams, handling: Handling, lease: Lease, clock: Clock, terms: QueueTerms) -> None:
        self._streams = streams
        self._handling = handling
        self._lease = lease
        self._clock = clock
        self._terms = terms
        self._backoff = Backoff(terms.first_backoff, terms.longest_backoff)
        self._from = "0"

    async def run(self) -> None:
        """Read until cancelled; failures of Redis or the record are waited out."""
        try:
            while True:
                await self._go_on()
        finally:
            with suppress(RecordUnavailable):
                await self._lease.release()

    async def _go_on(self) -> None:
        try:
            await self.step(_BLOCK)
        except (QueueUnavailable, RecordUnavailable) as error:
            self._from = "0"  # what was read and not acknowledged comes first
            log.warning("decisions wait", why=str(error))
            await self._clock.wait_until(self._clock.now() + self._backoff.next_wait())
        except Exception:  # a reader that ended would leave decisions lying while clocks run
            self._from = "0"
            log.exception("reading decisions failed")
            await self._clock.wait_until(self._clock.now() + self._backoff.next_wait())
        else:
            self._backoff.succeeded()

    async def step(self, block: timedelta | None) -> int:
        """Carry out one batch and give its size; waits up to `block` for new decisions.

        Raises:
            QueueUnavailable: some of the batch may be carried out and not acknowledged; they are read again.
            RecordUnavailable: the same.
        """
        if not await self._lease.held():
            self._from = "0"
            await self._clock.wait_until(self._clock.now() + self._terms.tick)
            return 0
        entries = await self._read(block)
        by_order: dict[str, list[tuple[Entry, DecisionEvent]]] = {}
        for entry in entries:
            event = _event(entry)
            if isinstance(event, DecisionEvent):
                by_order.setdefault(event.subject, []).append((entry, event))
            else:
                await self._bury(entry, event, 1)
        await self._carry_out(by_order)
        return len(entries)

    async def _read(self, block: timedelta | None) -> list[Entry]:
        """Give what was read before and not acknowledged, then what is new."""
        if self._from != _NEW:
            await self._streams.make_groups([DECISIONS])
        while self._from != _NEW:
            entries = await self._streams.read(DECISIONS, GATEWAY_GROUP, CONSUMER, self._terms.batch, self._from)
            if entries:
                return entries
            self._from = _NEW
        return await self._streams.read(DECISIONS, GATEWAY_GROUP, CONSUMER, self._terms.batch, _NEW, block)

    async def _carry_out(self, by_order: Mapping[str, Sequence[tuple[Entry, DecisionEvent]]]) -> None:
        """Orders at the same time, so that they share a commit; the decisions about one order in their order."""
        done: list[str] = []
        ends = await asyncio.gather(
            *(self._carry_out_order(decisions, done) for decisions in by_order.values()), return_exceptions=True
        )
        await self._streams.acknowledge(DECISIONS, GATEWAY_GROUP, done)
        for end in ends:
            if isinstance(end, BaseException):
                raise end

    async def _carry_out_order(self, decisions: Sequence[tuple[Entry, DecisionEvent]], done: list[str]) -> None:
        for entry, event in decisions:
            reason = await self._why_refused(event)
            if reason is None:
                done.append(entry.id)
            else:
                await self._bury(entry, *reason)

    async def _why_refused(self, event: DecisionEvent) -> tuple[str, int] | None:
        """Carry out one decision: None when it is recorded, else why it never will be and after how many attempts.

        It is tried again here and not left for later: a later decision about the same order must not overtake it.
        """
        backoff = Backoff(self._terms.first_backoff, self._terms.longest_backoff)
        attempt = 0
        while True:
            attempt += 1
            try:
                await self._handling.take(event.subject, event.data, event.decision_id)
            except self._handling.refusals as refusal:
                return f"refused: {refusal!r}", attempt
            except RecordUnavailable:
                raise
            except Exception as error:
                log.exception("decision failed", order=event.subject, decision=event.decision_id, attempt=attempt)
                if attempt == self._terms.decision_attempts:
                    return f"failed: {error!r}", attempt
                await self._clock.wait_until(self._clock.now() + backoff.next_wait())
            else:
                return None

    async def _bury(self, entry: Entry, reason: str, attempts: int) -> None:
        letter = DeadLetter(DECISIONS, entry.id, entry.text, reason, attempts, self._clock.now())
        await self._streams.bury(DECISIONS, GATEWAY_GROUP, entry.id, letter.fields())
        log.error("decision is a dead letter", entry=entry.id, why=reason)


def _event(entry: Entry) -> DecisionEvent | str:
    """Give the decision, or why the entry is none."""
    try:
        return DecisionEvent.model_validate_json(entry.text)
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False, include_input=False, include_context=False)
        return "unreadable: " + "; ".join(f"{'.'.join(map(str, e['loc'])) or 'event'}: {e['msg']}" for e in errors)
