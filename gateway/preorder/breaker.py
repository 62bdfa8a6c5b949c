"""A circuit breaker: a system that failed several times in a row is left alone for a while."""

from datetime import datetime, timedelta
from typing import Final

from gateway.clock import Clock

_FAILURES: Final = 5
_REST: Final = timedelta(seconds=30)


class Breaker:
    """Closed while the system answers; open, for half a minute at a time, once it failed five times in a row."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the system is left alone now."""
        return self._until is not None and self._clock.now() < self._until

    def admits(self) -> bool:
        """Say whether the system may be asked now. After a rest one question tries it, and the others wait for that."""
        if self.is_open:
            return False
        if self._until is not None:
            self._until = self._clock.now() + _REST
        return True

    def note(self, *, good: bool) -> None:
        """Note how a question ended."""
        if good:
            self._failures, self._until = 0, None
            return
        self._failures += 1
        if self._failures >= _FAILURES:
            self._until = self._clock.now() + _REST
