"""What is published of bona fide requests: a topic and what became of it, never whose it was or where (17.15)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from gateway.services.effects.effect import NONE, New
from gateway.services.effects.entries import enter, leave_registers
from validators.registers.bona_fide import BONA_FIDE

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry

_DISPOSITIONS: Final[Mapping[str, str]] = {"qualifies": "granted", "not-qualified": "denied", "agree": "deployed"}
"""What is published at an event."""


def publish(entry: "ProcessEntry", happening: "Happening") -> New:
    """Publish the topic of a request with its disposition, in place of what was published of it before."""
    topic = happening.values.get("topic") or entry.facts.get("topic")
    if topic is None:
        # It qualified before its topic was asked for, so that nobody has worded what may be published of it.
        return NONE
    entry.put(topic=topic)
    leave_registers(entry, happening)
    enter(entry, BONA_FIDE, None, "", {"topic": topic, "disposition": _DISPOSITIONS[happening.event]})
    return NONE
