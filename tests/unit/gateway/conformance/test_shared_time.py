import asyncio
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest

from gateway.conformance.port import CannotPlay
from gateway.conformance.shared_time import SharedTime

_MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


class _Clock:
    """A clock that notes where it was moved, and refuses one hour."""

    def __init__(self, refused: int | None = None) -> None:
        self.moves: list[int] = []
        self.keys: list[list[str]] = []
        self._refused = refused

    async def move(self, instant: datetime, whose: Collection[str]) -> None:
        self.keys.append(sorted(whose))
        hour = instant.hour
        if hour == self._refused:
            raise CannotPlay(f"not {hour}")
        await asyncio.sleep(0)
        self.moves.append(hour)


async def _visit(time: SharedTime, clock: _Clock, hours: list[int]) -> list[int]:
    """Reach hour after hour and give where the clock stood each time."""
    stood = []
    async with time.player():
        for hour in hours:
            await time.reach(_MONDAY + timedelta(hours=hour))
            stood.append(clock.moves[-1])
    return stood


async def test_the_clock_goes_to_the_earliest_time_that_anybody_waits_for() -> None:
    """Three scenarios of different lengths share one clock; each acts exactly at its own times."""
    clock = _Clock()
    time = SharedTime(clock.move, 3)

    stood = await asyncio.gather(*(_visit(time, clock, hours) for hours in ([1, 5], [2, 3, 9], [2])))

    assert [[1, 5], [2, 3, 9], [2]] == stood
    assert [1, 2, 3, 5, 9] == clock.moves


async def test_a_time_that_cannot_be_reached_is_told_to_who_wants_it_alone() -> None:
    """The others go on."""
    clock = _Clock(refused=2)
    time = SharedTime(clock.move, 2)

    lost, other = await asyncio.gather(_visit(time, clock, [2]), _visit(time, clock, [1, 3]), return_exceptions=True)

    assert isinstance(lost, CannotPlay)
    assert [1, 3] == other


async def test_who_leaves_without_waiting_holds_up_nobody() -> None:
    """A scenario that breaks before its first step does not stop the clock."""
    clock = _Clock()
    time = SharedTime(clock.move, 2)

    async def breaks() -> None:
        async with time.player():
            raise CannotPlay("no key")

    stood, broken = await asyncio.gather(_visit(time, clock, [4]), breaks(), return_exceptions=True)

    assert [4] == stood
    assert isinstance(broken, CannotPlay)


@pytest.mark.parametrize("players", [1, 5])
async def test_players_at_one_instant_share_one_move(players: int) -> None:
    """The clock is moved once for all who wait for the same instant."""
    clock = _Clock()
    time = SharedTime(clock.move, players)

    await asyncio.gather(*(_visit(time, clock, [7]) for _ in range(players)))

    assert [7] == clock.moves


async def test_only_the_clocks_of_those_who_wait_for_an_instant_are_moved() -> None:
    """Where each CLEC has its own clock, one moves for the scenarios of its CLEC alone."""
    clock = _Clock()
    time = SharedTime(clock.move, 2)

    async def visit(key: str, hours: list[int]) -> None:
        async with time.player():
            for hour in hours:
                await time.reach(_MONDAY + timedelta(hours=hour), [key])

    await asyncio.gather(visit("a", [1, 4]), visit("b", [2, 4]))

    assert [["a"], ["b"], ["a", "b"]] == clock.keys
