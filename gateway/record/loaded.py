"""What the statements of one batch gave, before any command has decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.record.places import Place
from gateway.record.rows import DecisionTaken, Family, Notice, OpenClock, Order, WorkItem


@dataclass(frozen=True, slots=True)
class Submitted:
    """The columns of a submission that later ones need."""

    id: str
    partner_id: str
    family: Family
    pon: str
    ver: str
    digest: str
    received_at: datetime
    order_id: str
    outcome: str
    acknowledgement: Mapping[str, object]
    idempotency_key: str | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the statements of one batch gave."""

    orders: Sequence[Order] = ()
    submissions: Sequence[Submitted] = ()
    """In the order of their VER, which is that of their coming."""
    clocks: Sequence[OpenClock] = ()
    work: Sequence[WorkItem] = ()
    """In the order of their `seq`."""
    notices: Sequence[Notice] = ()
    decisions: Sequence[DecisionTaken] = ()
    places: Sequence[Place] = ()
