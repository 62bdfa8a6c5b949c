"""Waiting for something outside this process, with an end."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

_STEP = 0.02


class NotInTimeError(Exception):
    """Raised when what was waited for did not come about."""


async def at_most(what: Callable[[], Awaitable[bool]], patience: float) -> float:
    """Wait until `what` gives true and give the seconds that it took; `patience` if it did not."""
    try:
        return await until("", what, patience)
    except NotInTimeError:
        return patience


async def until(what: str, holds: Callable[[], Awaitable[bool]], patience: float = 15) -> float:
    """Return, with the seconds that it took, as soon as `holds` gives true.

    Raises:
        NotInTimeError: it did not within `patience` seconds.
    """
    started = monotonic()
    while not await holds():
        if monotonic() - started > patience:
            raise NotInTimeError(f"{what}: not within {patience:g} s")
        await asyncio.sleep(_STEP)
    return monotonic() - started


async def ended(task: "asyncio.Task[Any]") -> None:
    """Cancel a task and return when it has let go of everything it held.

    A cancellation that meets a time-out inside a library may be taken for the time-out, so it is asked for again.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=1.0)
