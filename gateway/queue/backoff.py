"""How long to wait before the next attempt: doubling up to a cap, with jitter."""

from datetime import timedelta
from random import Random, SystemRandom


class Backoff:
    """Counts failures in a row; `next_wait` grows from `first` to `cap` and falls back to `first` after `succeeded`."""

    def __init__(self, first: timedelta, cap: timedelta, random: Random | None = None) -> None:
        self._first = first
        self._cap = cap
        self._random = random or SystemRandom()
        self._failures = 0

    def succeeded(self) -> None:
        """Forget earlier failures."""
        self._failures = 0

    def next_wait(self) -> timedelta:
        """Count one more failure and give the wait before the next attempt: from half of the step to all of it."""
        step = min(self._first * (1 << min(self._failures, 32)), self._cap)
        self._failures += 1
        return step * self._random.uniform(0.5, 1.0)
