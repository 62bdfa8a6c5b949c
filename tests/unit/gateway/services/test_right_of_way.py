"""Single orders go before the requests of batch files."""

import asyncio
from datetime import timedelta

import pytest

from gateway.clock import ManualClock
from gateway.services.right_of_way import RightOfWay
from tests.rig.court import MONDAY

MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def machine() -> ManualClock:
    """The machine's clock, moved by hand."""
    return ManualClock(MONDAY)


def test_a_batch_alone_does_not_rest(machine: ManualClock) -> None:
    """Without single orders it has the loop for itself."""
    right_of_way = RightOfWay(machine)

    assert not right_of_way.busy
    asyncio.run(asyncio.wait_for(right_of_way.rest(right_of_way.now()), 5))


def test_a_single_order_is_about_while_it_is_taken_and_a_second_longer(machine: ManualClock) -> None:
    """The next one is expected soon after."""
    right_of_way = RightOfWay(machine)
    with right_of_way.single():
        machine.advance(timedelta(minutes=1))
        assert right_of_way.busy
    machine.advance(999 * MILLISECOND)
    assert right_of_way.busy
    machine.advance(MILLISECOND)
    assert not right_of_way.busy


@pytest.mark.parametrize(("worked", "rests"), [(10, 30), (50, 150), (500, 250)])
async def test_a_batch_beside_single_orders_rests_three_times_as_long_as_it_worked(
    machine: ManualClock, worked: int, rests: int
) -> None:
    """It has a quarter of the time, and never rests so long that it would not end."""
    right_of_way = RightOfWay(machine)
    began = right_of_way.now()
    with right_of_way.single():
        machine.advance(worked * MILLISECOND)
        resting = asyncio.create_task(right_of_way.rest(began))
        await asyncio.sleep(0)
        for passed, done in ((rests - 1, False), (1, True)):
            machine.advance(passed * MILLISECOND)
            await asyncio.wait([resting], timeout=0.05)
            assert done == resting.done()
