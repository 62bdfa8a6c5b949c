"""GA-7: timely outage resolution following software releases (Exhibit B GA-7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Counted, Excluded


@dataclass(frozen=True, slots=True)
class ReleaseOutage:
    """An outage or data loss attributable to a software release. Region-wide, so it belongs to no CLEC."""

    record_id: str
    released_at: datetime
    detected_at: datetime
    resolved_at: datetime | None
    """When functionality was restored or lost data recovered; None while it lasts."""
    first_lost_at: datetime | None = None
    """When the first transaction was sent that could not be processed, for lost data."""
    duplicate_of: str | None = None
    migrated: bool = True
    """At least one CLEC had migrated to the release."""
    acknowledged: bool = True
    """Lost data had been acknowledged functionally (note 3); always true of other outages."""

    @property
    def started_at(self) -> datetime:
        """Where the resolution interval starts: the detection, or the first lost transaction if that was earlier."""
        return min(self.detected_at, self.first_lost_at or self.detected_at)


def judge_outage(outage: ReleaseOutage, month: Month, basis: MeasureBasis) -> Counted | Excluded:
    """Say whether an outage resolved in the month was resolved in time, or why it is left out."""
    if reason := _exclusion(outage, month, basis):
        return Excluded(outage.record_id, "", reason)
    lasted = outage_duration(outage)
    limit = timedelta(hours=basis.limits.ga7_resolve_hours)
    return Counted(outage.record_id, "", lasted < limit or (lasted == limit and basis.readings.within == "inclusive"))


def outage_duration(outage: ReleaseOutage) -> timedelta:
    """Give the real time from start to resolution.

    Raises:
        ValueError: the outage is not resolved yet.
    """
    if outage.resolved_at is None:
        raise ValueError(f"outage {outage.record_id} is not resolved")
    return outage.resolved_at - outage.started_at


def _exclusion(outage: ReleaseOutage, month: Month, basis: MeasureBasis) -> str | None:
    if outage.resolved_at is None or not month.holds(basis.calendar.local_date(outage.resolved_at)):
        return "outside_period"
    if not outage.migrated:
        return "no_clec_migrated"
    if outage.duplicate_of is not None:
        return "duplicate_defect"
    if not outage.acknowledged:
        return "not_acknowledged"
    since_release = outage.detected_at - outage.released_at
    if not timedelta() <= since_release <= timedelta(days=basis.limits.ga7_after_release_days):
        return "not_after_release"
    return "invalid_start_stop" if outage.resolved_at < outage.started_at else None
