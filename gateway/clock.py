"""The only clock of the gateway: a port, the real one, and one that a person or a test moves."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits for it. Who needs time is given one; none reads the machine's clock itself."""

    def now(self) -> datetime:
        """Give the present instant, aware, in UTC."""

    async def wait_until(self, instant: datetime) -> None:
        """Return once `now()` is at or past `instant` (aware); at once if it already is."""

    @property
    def one_for_all(self) -> bool:
        """Whether every partner has the same time; False only in the stand-alone test environment."""

    def of(self, partner_id: str) -> "Clock":
        """Give the clock by which a partner's dealings are timed: this one, where there is one for all."""


class SystemClock:
    """The machine's clock. Only the composition root (`gateway/app/`) builds one."""

    def now(self) -> datetime:
        """Give the machine's present instant in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may

    async def wait_until(self, instant: datetime) -> None:
        """Sleep until `instant`, in steps, so that a clock set by hand or a suspended machine is noticed."""
        while (left := (instant - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 - time passing is no event
            await asyncio.sleep(min(left, 1.0))

    @property
    def one_for_all(self) -> bool:
        """Whether every partner has the same time: yes."""
        return True

    def of(self, partner_id: str) -> "Clock":
        """Give this clock, which is every partner's."""
        del partner_id
        return self


class ManualClock:
    """A clock that stands still until it is moved: for tests, the demo and the stand-alone test environment."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at an aware instant")
        self._now = start.astimezone(UTC)
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Give the instant that the clock was last moved to."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Move forward to `instant` and wake whoever waits.

        Raises:
            ValueError: `instant` lies before the present one; recorded time never runs backward.
        """
        if instant < self._now:
            raise ValueError(f"the clock stands at {self._now.isoformat()} and cannot go back to {instant.isoformat()}")
        self._now = instant.astimezone(UTC)
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def advance(self, by: timedelta) -> None:
        """Move forward by `by` (not negative)."""
        self.move_to(self._now + by)

    async def wait_until(self, instant: datetime) -> None:
        """Wait until somebody has moved the clock to `instant` or past it."""
        while self._now < instant:
            await self._moved.wait()

    @property
    def one_for_all(self) -> bool:
        """Whether every partner has the same time: yes."""
        return True

    def of(self, partner_id: str) -> "Clock":
        """Give this clock, which is every partner's."""
        del partner_id
        return self
