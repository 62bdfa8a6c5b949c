"""When the clock keeper looks at a clock again, and what the history says of one that it found."""

from datetime import UTC, datetime, timedelta

from gateway.record.rows import OpenClock
from validators.agreement.clock_terms import ClockTerm
from validators.agreement.clocks import Deadline

WHILE_PAUSED = datetime(9000, 1, 1, tzinfo=UTC)
"""When the clock keeper looks at a clock that stands still: never, until it goes on."""
JUST_AFTER = timedelta(microseconds=1)
"""A deadline is the last instant in time, so its clock runs out just after it."""


def told_of(clock: OpenClock) -> dict[str, str]:
    """Give what the history says of a clock that warned, ran out or lapsed."""
    return {"clock": clock.clock, "ver": clock.ver, "due_at": clock.due_at.isoformat(), "owed_by": clock.owed_by}


def next_look(deadline: Deadline, after: datetime) -> datetime:
    """Give when the clock keeper must look at a clock next: its first warning after an instant, else its end."""
    return min((warn for warn in deadline.warn_at if warn > after), default=deadline.due_at + JUST_AFTER)


def next_look_of(term: ClockTerm, due_at: datetime, after: datetime) -> datetime:
    """Give the same for a clock whose end was moved."""
    return min((due_at - lead for lead in term.leads if due_at - lead > after), default=due_at + JUST_AFTER)
