"""How patient the queue is. These are terms of operation, not of any agreement."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class QueueTerms:
    """Sizes and times of relay, sweep, claims and decision reader."""

    batch: int = 200
    """Rows that go to Redis in one transaction: one fsync."""
    page: int = 500
    """Sent rows that one step of the sweep looks at."""
    tick: timedelta = timedelta(seconds=1)
    """How often the relay looks by itself, unasked."""
    lease: timedelta = timedelta(seconds=5)
    """How long a process keeps its turn without renewing it."""
    first_backoff: timedelta = timedelta(milliseconds=50)
    longest_backoff: timedelta = timedelta(seconds=2)
    stale_after: timedelta = timedelta(minutes=5)
    """How long a back end may hold a claimed item before another may claim it."""
    attempts: int = 5
    """Deliveries of one item before it is a dead letter."""
    dead_count: int = 20
    dead_window: timedelta = timedelta(hours=1)
    """At most `dead_count` dead letters within this time."""
    decision_attempts: int = 5
    """How often a decision is tried that fails in a way nobody foresaw."""
