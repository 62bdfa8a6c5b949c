"""What is given up, and how much of it before the gateway rather stops: a bad deploy must not drain the queue."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.record.rows import Json


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message that nobody could take."""

    stream: str
    entry_id: str
    event: str
    """Its envelope as it was read, valid or not."""
    reason: str
    deliveries: int
    at: datetime

    def fields(self) -> Json:
        """Give the fields of its entry on the dead-letter stream."""
        return {
            "stream": self.stream,
            "entry": self.entry_id,
            "reason": self.reason,
            "deliveries": self.deliveries,
            "at": self.at.isoformat(),
            "event": self.event,
        }


class DeadLetterLimit:
    """Allows `count` dead letters within `window`; beyond that the messages stay where they are and are tried again."""

    def __init__(self, count: int, window: timedelta) -> None:
        self._count = count
        self._window = window
        self._given_up: deque[datetime] = deque()

    def allows(self, now: datetime) -> bool:
        """Tell whether one more may be given up at `now`."""
        while self._given_up and self._given_up[0] <= now - self._window:
            self._given_up.popleft()
        return len(self._given_up) < self._count

    def count(self, now: datetime) -> None:
        """Note that one was given up."""
        self._given_up.append(now)
