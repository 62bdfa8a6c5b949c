"""CP-2: collocations completed within scheduled intervals (Exhibit B CP-2A, CP-2B, CP-2C; 8.4.2, 8.4.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Counted, Excluded

CollocationSubmeasure = Literal["CP-2A", "CP-2B", "CP-2C"]


@dataclass(frozen=True, slots=True)
class CollocationJob:
    """A collocation from application to readiness. Intervals are calendar days."""

    record_id: str
    clec: str
    type: str
    complete_received: date
    """When the complete application was received."""
    quote: date
    accepted: date | None
    """When the acceptance was complete."""
    forecast: date | None = None
    """When the complete forecast was provided."""
    equipment: date | None = None
    """Virtual: when the equipment was provided."""
    major_days: int | None = None
    """The days quoted for major infrastructure modifications; None if none are needed."""
    negotiated_rfs: date | None = None
    """What was negotiated for the sixth and later application of a week, or at the CLEC's wish."""
    rescheduled_rfs: date | None = None
    """The date after CLEC-caused delay."""
    ready: date | None = None
    """When everything that readiness needs was done."""
    done: Mapping[str, date | None] = field(default_factory=dict)
    """Where the log has them one by one: the items of the ready-for-service definition. They go before `ready`."""
    payments_made: bool = True
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class CollocationSchedule:
    """What CP-2 says of one job."""

    application_date: date
    forecasted: bool
    late_acceptance: bool
    rfs_date: date
    """The Ready for Service date. Not moved off weekends."""
    submeasures: tuple[CollocationSubmeasure, ...]


def collocation_schedule(job: CollocationJob, basis: MeasureBasis) -> CollocationSchedule | None:
    """Establish the Ready for Service date of a job and its submeasure; None if the application has expired."""
    limits = basis.limits
    applied = basis.calendar.business_day_on_or_after(job.complete_received)
    forecasted = job.forecast is not None and (applied - job.forecast).days >= limits.cp2_forecast_days
    if job.accepted is None or _expired(job.accepted - job.quote, basis):
        return None
    late = (job.accepted - job.quote).days > limits.cp2_timely_acceptance_days
    assigned = job.negotiated_rfs or _standard_rfs(
        job, job.accepted if late else applied, applied, basis, forecasted=forecasted
    )
    rfs = job.rescheduled_rfs or assigned
    long = job.major_days is not None or (rfs - applied).days > limits.cp2_long_interval_days
    return CollocationSchedule(applied, forecasted, late, rfs, _submeasures(basis, forecasted=forecasted, long=long))


def judge_collocation(
    job: CollocationJob, submeasure: CollocationSubmeasure, month: Month, basis: MeasureBasis
) -> Counted | Excluded:
    """Say whether a collocation that became ready in the month kept its RFS date, or why it is left out."""
    schedule = None if job.cancelled else collocation_schedule(job, basis)
    ready = ready_date(job, basis)
    reason = None
    if job.type not in basis.terms.collocation_types:
        reason = "type_not_listed"
    elif job.cancelled:
        reason = "cancelled"
    elif schedule is None:
        reason = "expired"
    elif ready is None or not month.holds(ready):
        reason = "outside_period"
    elif submeasure not in schedule.submeasures:
        reason = "other_submeasure"
    if reason or schedule is None or ready is None:
        return Excluded(job.record_id, job.clec, reason or "missing_data")
    return Counted(job.record_id, job.clec, ready <= schedule.rfs_date)


def ready_date(job: CollocationJob, basis: MeasureBasis) -> date | None:
    """Give when the job became ready for service; items that wait for missing CLEC payments are not required."""
    if not job.done:
        return job.ready
    spared = frozenset[str]() if job.payments_made else basis.terms.ready_for_service_after_payment
    dates = [day for item, day in job.done.items() if item not in spared]
    finished = [day for day in dates if day is not None]
    return max(finished) if finished and len(finished) == len(dates) else None


def _expired(taken: timedelta, basis: MeasureBasis) -> bool:
    """Say whether a quote accepted so late is expired (R-CP2D30)."""
    last = basis.limits.cp2_expiry_days
    return taken.days > last or (taken.days == last and basis.readings.acceptance_on_last_day == "expired")


def _standard_rfs(job: CollocationJob, start: date, applied: date, basis: MeasureBasis, *, forecasted: bool) -> date:
    """Give the date by the standard intervals; `start` is the application, or the acceptance if that was late."""
    limits = basis.limits
    if job.major_days is not None and not (forecasted and basis.readings.forecasted_major == "standard"):
        return _major_rfs(job, job.major_days, applied, basis)
    from_equipment = start if basis.readings.equipment_days_from == "agreement" else applied
    if job.type == "virtual" and job.equipment and (job.equipment - from_equipment).days > limits.cp2_equipment_days:
        after = (
            limits.cp2_forecasted_after_equipment_days if forecasted else limits.cp2_unforecasted_after_equipment_days
        )
        return job.equipment + timedelta(days=after)
    return start + timedelta(days=limits.cp2_forecasted_days if forecasted else limits.cp2_unforecasted_days)


def _major_rfs(job: CollocationJob, quoted_days: int, applied: date, basis: MeasureBasis) -> date:
    """Give the date with major infrastructure: the quoted days, and for virtual not before the equipment's interval."""
    quoted = applied + timedelta(days=min(quoted_days, basis.limits.cp2_major_days))
    if job.type != "virtual" or job.equipment is None:
        return quoted
    return max(quoted, job.equipment + timedelta(days=basis.limits.cp2_forecasted_after_equipment_days))


def _submeasures(basis: MeasureBasis, *, forecasted: bool, long: bool) -> tuple[CollocationSubmeasure, ...]:
    """Give where the job is reported (R-CP2EXCL: a long one in CP-2C only, or there too)."""
    by_forecast: CollocationSubmeasure = "CP-2A" if forecasted else "CP-2B"
    if not long:
        return (by_forecast,)
    return ("CP-2C",) if basis.readings.collocation_overlap == "once" else (by_forecast, "CP-2C")
