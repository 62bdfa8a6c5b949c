"""What comes of a message at intake: it is on record, it is a duplicate, or it does not follow what is on record."""

from dataclasses import dataclass
from typing import ClassVar

from gateway.notices.acknowledgement import Acknowledgement
from validators.verdict import Finding


@dataclass(frozen=True, slots=True)
class Taken:
    """The message is on record; `acknowledgement` is what its sender is told, now and whenever the same bytes come."""

    order_id: str
    revision: int
    acknowledgement: Acknowledgement
    again: bool = False

    @property
    def name(self) -> str:
        """What happened, for metrics."""
        return "again" if self.again else self.acknowledgement.outcome


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Other bytes came under a PON and VER that were used before; the order stands as it was."""

    order_id: str
    findings: tuple[Finding, ...]
    name: ClassVar[str] = "duplicate"


@dataclass(frozen=True, slots=True)
class OutOfSequence:
    """The version does not follow the one on record, or the order is closed; nothing of it is kept but the event."""

    order_id: str | None
    findings: tuple[Finding, ...]
    name: ClassVar[str] = "out-of-sequence"
