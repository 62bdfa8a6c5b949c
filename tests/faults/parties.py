"""Parties at work beside each other."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def at_work(*parties: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Keep `parties` at work inside, and stop them at the end. If one of them fails, that is raised.

    A party that is stopped may lose an answer, as a peer that dies would; it loses nothing that it has noted.
    """
    tasks = [asyncio.create_task(party) for party in parties]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for failure in ended:
        if isinstance(failure, Exception):
            raise failure
