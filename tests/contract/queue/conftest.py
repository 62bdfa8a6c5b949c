"""A real server for each test, so that a test may empty or kill it, and a queue over a record beside it."""

import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

import pytest
from redis.asyncio import Redis

from gateway.clock import ManualClock, SystemClock
from gateway.embedded import EmbeddedFailed, EmbeddedRedis, server_binary
from gateway.queue.assembly import Queue, open_queue
from gateway.queue.envelope import work_item
from gateway.queue.relay import Relay
from gateway.queue.terms import QueueTerms
from gateway.record.port import Changes, Needs, OnRecord
from gateway.record.rows import Family, Order, Submission, WorkItem
from gateway.record.sql import SqlRecord

FRIDAY = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
BODY = b'<LocalServiceRequest xmlns="urn:oss-gateway:r1:lsr"/>'


@pytest.fixture(params=["valkey", "redis"])
async def server(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EmbeddedRedis]:
    """Give a running server of its own, once of each kind."""
    kind: Literal["valkey", "redis"] = request.param
    try:
        binary = server_binary(kind)
    except EmbeddedFailed as none:
        pytest.skip(str(none))
    async with EmbeddedRedis(tmp_path / "redis", SystemClock(), binary) as running:
        yield running


@pytest.fixture
async def redis(server: EmbeddedRedis) -> AsyncIterator[Redis]:
    """Give a client as a back end has it."""
    client = Redis.from_url(server.url, decode_responses=True)
    yield client
    await client.aclose()


@pytest.fixture
def clock() -> ManualClock:
    """Give a clock that stands on that Friday evening until it is moved."""
    return ManualClock(FRIDAY)


@pytest.fixture
def terms() -> QueueTerms:
    """Give terms under which a claimed item is stale at once."""
    return replace(QueueTerms(), stale_after=timedelta(0), attempts=2, dead_count=2)


@pytest.fixture
async def queue(
    record: SqlRecord, server: EmbeddedRedis, clock: ManualClock, terms: QueueTerms
) -> AsyncIterator[Queue]:
    """Give a queue over an empty record."""
    opened = open_queue(record, server.url, "test", clock, terms)
    yield opened
    await opened.close()


@pytest.fixture
def relay(queue: Queue) -> Relay:
    """Give the relay of the one gateway process."""
    return queue.relay("gateway-1")


@pytest.fixture
def catch_up(relay: Relay, clock: ManualClock) -> Callable[[], Awaitable[None]]:
    """Give a function that lets a tick go by and the relay do all that there is to do then."""

    async def catch_up_now() -> None:
        clock.advance(timedelta(seconds=1))
        while await relay.step():
            pass

    return catch_up_now


class Write:
    """A command that writes without looking."""

    needs = Needs()

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Write."""
        del on_record
        return None, self._changes


class Orders:
    """Takes orders as intake does: order, message and work item in one commit."""

    def __init__(self, record: SqlRecord) -> None:
        self._record = record

    async def take(self, *pons: str) -> list[str]:
        """Take one order for each PON and give the ids of the work items."""
        work = []
        for pon in pons:
            order = _order(pon)
            work.append(_work(f"wrk_{pon}", order))
            changes = Changes(new_orders=[order], submissions=[_submission(order)], new_work=[work[-1]])
            await self._record.commit(Write(changes))
        return [item.id for item in work]

    async def supplement(self, pon: str) -> str:
        """Hand over one more work item about the order of that PON."""
        item = _work(f"wrk_{pon}_sup", _order(pon))
        await self._record.commit(Write(Changes(new_work=[item])))
        return item.id

    async def unsettled(self) -> set[str]:
        """Give the ids of all work that the back end has not confirmed and that is not dead."""
        pending = await self._record.pending_work(1000)
        sent = await self._record.sent_work(0, 1000, FRIDAY + timedelta(days=365))
        return {row.id for row in pending} | {row.id for row in sent}


@pytest.fixture
def orders(record: SqlRecord) -> Orders:
    """Give the intake."""
    return Orders(record)


@pytest.fixture
def kill(server: EmbeddedRedis) -> Callable[[], None]:
    """Give a function that kills the server without warning; its supervisor starts it again."""

    def kill_it() -> None:
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)

    return kill_it


def _order(pon: str) -> Order:
    return Order(
        id=f"ord_{pon}",
        partner_id="clec",
        agreement_id="template",
        family=Family.LSR,
        pon=pon,
        ver="00",
        number=f"N{pon}",
        product="loop-2w-nonloaded",
        activity="N",
        state="ACCEPTED",
        revision=1,
        received_at=FRIDAY,
        application_at=FRIDAY,
        desired_due_date=date(2026, 12, 4),
        due_date=None,
        original_due_date=None,
        submission_id=f"sub_{pon}",
        updated_at=FRIDAY,
        facts={"flow_through": False},
    )


def _submission(order: Order) -> Submission:
    return Submission(
        id=order.submission_id,
        partner_id=order.partner_id,
        family=order.family,
        pon=order.pon,
        ver=order.ver,
        digest="d" * 64,
        body=BODY,
        received_at=FRIDAY,
        order_id=order.id,
        outcome="accepted",
        findings=(),
        acknowledgement={},
    )


def _work(work_id: str, order: Order) -> WorkItem:
    return work_item(
        work_id, order, supplement=None, deferred=(), document=BODY, digest=sha256(BODY).hexdigest(), at=FRIDAY
    )
