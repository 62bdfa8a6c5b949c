"""Remembers for a moment what the record said, so that a busy caller does not ask it with every message."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from gateway.clock import Clock

Value = TypeVar("Value")

_MOMENT = timedelta(seconds=1)
_MOST = 10_000


class Remembered(Generic[Value]):
    """Answers by key, each asked for at most once a while; who comes while it is asked for waits for the same answer.

    A change is seen after that while at the latest, a second if nothing else is said; a failure is not remembered.
    """

    def __init__(self, ask: Callable[[str], Awaitable[Value]], clock: Clock, keep: timedelta = _MOMENT) -> None:
        self._ask = ask
        self._clock = clock
        self._keep = keep
        self._answers: dict[str, tuple[datetime, asyncio.Future[Value]]] = {}

    async def get(self, key: str) -> Value:
        """Give the answer for `key`; raises what asking raises."""
        now = self._clock.now()
        known = self._answers.get(key)
        if known is not None and now - known[0] < self._keep and not _failed(known[1]):
            return await asyncio.shield(known[1]) if not known[1].done() else known[1].result()
        if len(self._answers) >= _MOST:
            self._answers.clear()
        asked = asyncio.ensure_future(self._ask(key))
        self._answers[key] = (now, asked)
        return await asyncio.shield(asked)


def _failed(answer: "asyncio.Future[Value]") -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)
