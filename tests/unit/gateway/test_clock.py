"""The two clocks: the machine's, and the one that is moved by hand."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gateway.clock import ManualClock, SystemClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_clock_by_hand_stands_still_until_it_is_moved() -> None:
    """It tells the instant it was moved to, in UTC whatever the offset it was given."""
    clock = ManualClock(NOON.astimezone(timezone(timedelta(hours=-7))))
    assert (NOON, UTC) == (clock.now(), clock.now().tzinfo)

    clock.advance(timedelta(hours=1))

    assert NOON + timedelta(hours=1) == clock.now()


def test_a_clock_by_hand_never_goes_back() -> None:
    """Recorded time never runs backward."""
    clock = ManualClock(NOON)

    with pytest.raises(ValueError, match="cannot go back"):
        clock.move_to(NOON - timedelta(microseconds=1))
    assert NOON == clock.now()


def test_a_clock_by_hand_starts_at_an_aware_instant() -> None:
    """Without its offset an instant means nothing."""
    with pytest.raises(ValueError, match="aware"):
        ManualClock(NOON.replace(tzinfo=None))


async def test_who_waits_wakes_at_the_instant_and_not_before() -> None:
    """Moving short of the instant leaves the waiter waiting; reaching it wakes all."""
    clock = ManualClock(NOON)
    waits = [asyncio.create_task(clock.wait_until(NOON + timedelta(hours=2))) for _ in range(3)]
    await asyncio.sleep(0)

    clock.advance(timedelta(hours=1))
    await asyncio.sleep(0)
    assert not any(wait.done() for wait in waits)

    clock.advance(timedelta(hours=1))
    await asyncio.gather(*waits)


async def test_an_instant_that_has_passed_is_not_waited_for() -> None:
    """Both clocks return at once for the past."""
    await ManualClock(NOON).wait_until(NOON)
    machine = SystemClock()
    await machine.wait_until(machine.now() - timedelta(days=1))


async def test_the_machines_clock_waits_until_the_instant() -> None:
    """After the wait the instant is reached; time is aware and in UTC."""
    machine = SystemClock()
    until = machine.now() + timedelta(milliseconds=20)

    await machine.wait_until(until)

    assert machine.now() >= until
    assert UTC == machine.now().tzinfo
