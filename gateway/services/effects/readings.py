"""How often a site's power was read (8.2.1.30)."""

from typing import TYPE_CHECKING

from gateway.services.effects.effect import NONE, New

if TYPE_CHECKING:
    from gateway.services.process_entry import Happening, ProcessEntry


def count_reading(entry: "ProcessEntry", happening: "Happening") -> New:
    """Put a reading on record; those of the last months decide whether a further one is asked for (8.2.1.30)."""
    del happening
    entry.put(readings=[*entry.facts.get("readings", ()), entry.at.isoformat()])
    return NONE
