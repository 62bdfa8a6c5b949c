"""The ground that every room of a serving gateway stands on."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from gateway.clock import Clock, ManualClock
from gateway.doors.reading import Limits
from gateway.doors.routes import Door
from gateway.metrics import Metrics
from gateway.preorder.port import ReferenceData
from gateway.queue.assembly import Queue
from gateway.record.sql import SqlRecord
from gateway.services.audit import AuditLog
from gateway.services.desk import Desk
from gateway.services.registers import Registers
from gateway.settings import Settings
from validators.judge import Judge
from validators.schema import Schemas

Loop = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What more than one room needs.

    `machine` is the machine's clock and runs the gateway's own patience: leases, keys, retries. `clock` is contract
    time, which may be set by hand for a demonstration (`manual`), and is each partner's own in the test environment.
    """

    settings: Settings
    machine: Clock
    clock: Clock
    manual: ManualClock | None
    record: SqlRecord
    queue: Queue
    registers: Registers
    desk: Desk
    sources: ReferenceData
    schemas: Schemas
    later: Schemas
    """Those of the second release."""
    judge: Judge
    metrics: Metrics
    audit: AuditLog
    limits: Limits
    holder: str
    """How this process signs the leases that it holds."""


@dataclass(frozen=True, slots=True)
class Room:
    """What one room of the gateway brings: doors to call at, and loops that run beside them until it stops."""

    doors: Sequence[Door]
    loops: Sequence[Loop] = ()
