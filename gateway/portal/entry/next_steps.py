"""What happens once an order is taken, in a sentence: what is owed, by whom, until when."""

from gateway.notices.acknowledgement import Acknowledgement
from validators.verdict import Outcome

_MOST_CLOCKS = 3


def told_next(told: Acknowledgement) -> str:
    """Give what the sender of an order is told about what comes next."""
    taken = f"PON {told.pon} VER {told.ver} is accepted."
    if told.outcome == Outcome.DEFERRED:
        taken += " A person at the ILEC looks at it first."
    owed = [
        f"{clock.id.replace('-', ' ')}: owed by {clock.owed_by} until {clock.due_at:%Y-%m-%d %H:%M %Z} "
        f"(section {clock.section})"
        for clock in told.clocks[:_MOST_CLOCKS]
    ]
    return f"{taken} Next: {'; '.join(owed)}." if owed else taken
