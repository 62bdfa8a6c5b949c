"""Waiting and giving up: backoff, wakeup, lease, and the limit of dead letters."""

import asyncio
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gateway.clock import ManualClock
from gateway.queue.backoff import Backoff
from gateway.queue.dead_letters import DeadLetterLimit
from gateway.queue.lease import Lease
from gateway.queue.wakeup import Wakeup
from tests.unit.gateway.queue.fakes import FRIDAY, MemoryOutbox

SECOND = timedelta(seconds=1)


@given(seed=st.integers(), failures=st.integers(0, 200))
def test_pauses_double_up_to_the_cap(seed: int, failures: int) -> None:
    """Each pause lies between half of its step and the whole of it, and none is longer than the cap."""
    backoff = Backoff(SECOND, 10 * SECOND, Random(seed))  # noqa: S311 - jitter is no secret
    for _ in range(failures):
        backoff.next_wait()
    step = min(SECOND * 2**failures, 10 * SECOND) if failures < 5 else 10 * SECOND

    assert step / 2 <= backoff.next_wait() <= step


def test_a_success_ends_the_long_pauses() -> None:
    """After it the next failure begins with the short pause again."""
    backoff = Backoff(SECOND, 10 * SECOND)
    for _ in range(10):
        backoff.next_wait()

    backoff.succeeded()

    assert backoff.next_wait() <= SECOND


async def test_a_ring_before_the_rest_is_kept() -> None:
    """A commit between the look and the rest is not slept through."""
    wakeup = Wakeup(ManualClock(FRIDAY))
    wakeup.ring()

    await asyncio.wait_for(wakeup.rest(FRIDAY + SECOND), 5)


async def test_a_rest_ends_with_its_time() -> None:
    """Unasked the relay looks by itself when the tick is over."""
    clock = ManualClock(FRIDAY)
    rest = asyncio.create_task(Wakeup(clock).rest(FRIDAY + SECOND))
    await asyncio.sleep(0)
    assert not rest.done()

    clock.advance(SECOND)

    await asyncio.wait_for(rest, 5)


async def test_a_turn_is_renewed_before_it_ends() -> None:
    """Who keeps working keeps the turn, and asks the record only now and then."""
    clock, outbox = ManualClock(FRIDAY), MemoryOutbox()
    first, second = (Lease(outbox, clock, "relay", holder, 9 * SECOND) for holder in ("one", "two"))
    for _ in range(10):
        assert await first.held()
        assert not await second.held()
        clock.advance(4 * SECOND)

    clock.advance(5 * SECOND)
    assert await second.held()
    assert not await first.held()


def test_dead_letters_beyond_the_limit_wait_for_the_window() -> None:
    """Within the window only so many are given up; each leaves the count when its own window has passed."""
    limit = DeadLetterLimit(2, timedelta(hours=1))
    limit.count(FRIDAY)
    assert limit.allows(FRIDAY)
    limit.count(FRIDAY + timedelta(minutes=30))

    assert not limit.allows(FRIDAY + timedelta(minutes=59))
    assert limit.allows(FRIDAY + timedelta(hours=1))
    limit.count(FRIDAY + timedelta(hours=1))
    assert not limit.allows(FRIDAY + timedelta(minutes=89))
