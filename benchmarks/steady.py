"""Single orders at a steady rate, each sent at its time whether or not the one before was answered: waiting shows."""

import asyncio
import secrets
import statistics
from collections.abc import Callable, Sequence
from time import monotonic

import aiohttp

from tests.rig.documents import new_loops, today

PER_SECOND = 40


async def steady_orders(
    url: str, key: str, seconds: float, *, after: float = 0.0, enough: Callable[[], bool] | None = None
) -> list[float]:
    """Send orders for so many seconds, or until `enough`; give how many milliseconds each took from when it was due."""
    await asyncio.sleep(after)
    sent = today()
    took: list[float] = []
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {key}"}) as session:

        async def send(due: float) -> None:
            body = new_loops(secrets.token_hex(8).upper(), sent, loops=1)
            async with session.post(f"{url}/v1/lsr", data=body, headers={"Content-Type": "application/xml"}) as answer:
                assert answer.status == 202, await answer.text()
            took.append((monotonic() - due) * 1000)

        begin = monotonic()
        async with asyncio.TaskGroup() as orders:
            for number in range(round(seconds * PER_SECOND)):
                due = begin + number / PER_SECOND
                await asyncio.sleep(due - monotonic())
                if enough is not None and enough():
                    break
                orders.create_task(send(due))
    # The first orders open the connections.
    return took[PER_SECOND:]


def p99(milliseconds: Sequence[float]) -> float:
    """Give the 99th percentile."""
    return statistics.quantiles(milliseconds, n=100)[98]
