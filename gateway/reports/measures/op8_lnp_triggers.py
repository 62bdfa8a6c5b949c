"""OP-8C: number portability triggers set on time (Exhibit B OP-8)."""

from dataclasses import dataclass
from datetime import date, datetime

from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Counted, Excluded


@dataclass(frozen=True, slots=True)
class NumberPort:
    """A stand-alone number portability activation, without a loop cut-over."""

    record_id: str
    clec: str
    frame_due_at: datetime | None
    """The frame due time, or the scheduled start where the port is coordinated."""
    trigger_set_at: datetime | None
    """None if the trigger was never set."""
    exclusion: str | None = None
    """What takes it out: CLEC-caused delay, no automatic trigger, switch without triggers, missing PON, …"""
    completed: date | None = None


def judge_trigger(port: NumberPort, month: Month | None = None) -> Counted | Excluded:
    """Say whether the trigger was set strictly before the frame due time, or why the port is left out."""
    reason = port.exclusion
    if reason is None and month is not None and (port.completed is None or not month.holds(port.completed)):
        reason = "outside_period"
    if reason is None and port.frame_due_at is None:
        reason = "missing_data"
    if reason is not None or port.frame_due_at is None:
        return Excluded(port.record_id, port.clec, reason or "missing_data")
    on_time = port.trigger_set_at is not None and port.trigger_set_at < port.frame_due_at
    return Counted(port.record_id, port.clec, on_time)
