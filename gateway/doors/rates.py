"""How much one caller may ask in a while: token buckets, kept in this process."""

import math
from dataclasses import dataclass
from datetime import datetime

from gateway.clock import Clock

_MOST = 10_000
"""Buckets kept; beyond that the full ones are let go, which says nothing else than that nobody drew from them."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a second in the long run, and at most `burst` of them at once."""

    per_second: float
    burst: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is left after one more request."""

    allowed: bool
    remaining: int
    seconds_to_full: int
    retry_after: int
    """Whole seconds until one more would be allowed; 0 if it was."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime


class RateLimiter:
    """One bucket a caller; it fills by time up to the burst."""

    def __init__(self, rate: Rate, clock: Clock) -> None:
        self.rate = rate
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def draw(self, who: str) -> Drawn:
        """Count one request of `who`, if it has one left."""
        bucket = self._filled(who)
        allowed = bucket.tokens >= 1
        if allowed:
            bucket.tokens -= 1
        return self._drawn(bucket, allowed=allowed)

    def look(self, who: str) -> Drawn:
        """Tell whether `who` has one left, without counting."""
        bucket = self._filled(who)
        return self._drawn(bucket, allowed=bucket.tokens >= 1)

    def _drawn(self, bucket: _Bucket, *, allowed: bool) -> Drawn:
        rate = self.rate
        wait = 0 if allowed else max(1, math.ceil((1 - bucket.tokens) / rate.per_second))
        return Drawn(allowed, int(bucket.tokens), math.ceil((rate.burst - bucket.tokens) / rate.per_second), wait)

    def _filled(self, who: str) -> _Bucket:
        now = self._clock.now()
        bucket = self._buckets.get(who)
        if bucket is None:
            if len(self._buckets) >= _MOST:
                self._let_go_of_full(now)
            bucket = self._buckets[who] = _Bucket(self.rate.burst, now)
            return bucket
        self._fill(bucket, now)
        return bucket

    def _fill(self, bucket: _Bucket, now: datetime) -> None:
        # A clock that was set back gives nothing, and takes nothing away.
        gained = max(0.0, (now - bucket.at).total_seconds()) * self.rate.per_second
        bucket.tokens, bucket.at = min(float(self.rate.burst), bucket.tokens + gained), now

    def _let_go_of_full(self, now: datetime) -> None:
        for bucket in self._buckets.values():
            self._fill(bucket, now)
        self._buckets = {who: bucket for who, bucket in self._buckets.items() if bucket.tokens < self.rate.burst}
        if len(self._buckets) >= _MOST:
            # More callers than anybody has: forgetting them is better than growing without end.
            self._buckets.clear()
