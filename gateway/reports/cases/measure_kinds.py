"""Computes the cases of Exhibit B: one function a kind, each calling the measures as a report does."""

from datetime import date, timedelta
from fractions import Fraction

from gateway.reports.cases.case_values import product_of, weekly_hours
from gateway.reports.cases.collocation_inputs import CollocationCase, CollocationsInput
from gateway.reports.cases.figures import ById, Figure
from gateway.reports.cases.gateway_inputs import AvailabilityInput, OutagesInput, QueriesInput
from gateway.reports.cases.order_inputs import DueDateInput, OrdersInput, PendingInput, PopulationInput, PortsInput
from gateway.reports.cases.request_inputs import ApplicationInput, FocInput, LsrsInput, Po5Input, RejectsInput
from gateway.reports.cases.setting import Setting
from gateway.reports.measures.application import application_at
from gateway.reports.measures.cp2_collocations import (
    CollocationSubmeasure,
    collocation_schedule,
    judge_collocation,
    ready_date,
)
from gateway.reports.measures.due_date import due_date_history
from gateway.reports.measures.ga1_availability import availability
from gateway.reports.measures.ga7_outage_resolution import judge_outage, outage_duration
from gateway.reports.measures.intervals import Interval
from gateway.reports.measures.op3_commitments_met import commitment_met, judge_commitment
from gateway.reports.measures.op4_installation_interval import installation_interval, judge_interval
from gateway.reports.measures.op8_lnp_triggers import judge_trigger
from gateway.reports.measures.op15_pending_past_due import judge_pending
from gateway.reports.measures.outcome import Excluded, Mean, Share, mean, meets, share, share_by_clec
from gateway.reports.measures.po1_response_times import judge_queries
from gateway.reports.measures.po2_flow_through import judge_flow_through
from gateway.reports.measures.po3_reject_interval import judge_rejects
from gateway.reports.measures.po5_foc_on_time import FocTiming, foc_standard, foc_timing, judge_focs
from gateway.reports.measures.po9_jeopardies import judge_jeopardy

Figures = dict[str, Figure]
_MICROSECOND = timedelta(microseconds=1)


def application(case: ApplicationInput, setting: Setting) -> Figures:
    """Give the application date and time of one request."""
    basis = setting.basis
    product = product_of(case.product, basis)
    applied = application_at(case.received_at, product, basis, flow_through=case.flow_through, designed=case.designed)
    return {"application_at": basis.calendar.local(applied), "application_date": basis.calendar.local_date(applied)}


def foc(case: FocInput, setting: Setting) -> Figures:
    """Give submeasure, elapsed time and verdict of one FOC."""
    basis = setting.basis
    timing = foc_timing(case.order.record(), product_of(case.order.product, basis), basis, case.up_time(basis.calendar))
    return {
        "submeasure": timing.submeasure,
        "application_at": basis.calendar.local(timing.application_at),
        "on_time": timing.on_time,
        **_elapsed(timing),
    }


def po5_population(case: Po5Input, setting: Setting) -> Figures:
    """Give the share of a month's FOCs that were on time."""
    basis = setting.basis
    requests = [order.record() for order in case.orders]
    judged = list(judge_focs(requests, case.submeasure, case.period, basis, case.up_time(basis.calendar)))
    together = share(judged)
    standard = Fraction(repr(case.standard)) / 100 if case.standard else foc_standard(case.submeasure, basis.limits)
    return {
        **_share(together),
        "meets_standard": meets(together.ratio, standard),
        "late": together.missed,
        "by_clec": ById({clec: _percent(result.ratio) for clec, result in share_by_clec(judged).items()}),
    }


def due_date(case: DueDateInput, setting: Setting) -> Figures:
    """Give the Applicable Due Date of one order, whether it was met, and the installation interval."""
    basis = setting.basis
    order = case.order.record(basis)
    if order.original_due is None:
        raise ValueError("original_due is needed")
    history = due_date_history(order.original_due, order.changes, basis.readings.customer_pair)
    figures: Figures = {"application_date": order.application_date, "applicable_due_date": history.applicable}
    if order.completed is None:
        return figures | {"met": None}
    figures["met"] = commitment_met(order, basis)
    if order.application_date is None:
        return figures
    interval = installation_interval(order, basis)
    return figures | {
        "gross_days": interval.gross_days,
        "customer_days_before": interval.customer_days_before,
        "customer_days_after": interval.customer_days_after,
        "op4_days": interval.days,
    }


def op_population(case: PopulationInput, setting: Setting) -> Figures:
    """Give OP-3 and OP-4 of a month's orders."""
    basis = setting.basis
    orders = [order.record(basis) for order in case.orders]
    intervals = mean(judge_interval(order, case.period, case.standard_interval_days, basis) for order in orders)
    return {
        "op3": _share(share(judge_commitment(order, case.period, basis) for order in orders)),
        "op4": {**_mean(intervals), "excluded": _reasons(intervals.excluded)},
    }


def op15(case: PendingInput, setting: Setting) -> Figures:
    """Give OP-15A and OP-15B of the orders pending at the end of a day."""
    delays = [judge_pending(order.record(setting.basis), case.last_day, setting.basis) for order in case.orders]
    result = mean(delay.outcome for delay in delays)
    return {
        "op15a": {**_mean(result), "per_order": ById(result.values)},
        "op15b": sum(delay.for_facilities for delay in delays),
        "excluded": _reasons(result.excluded),
    }


def cp2(case: CollocationCase, setting: Setting) -> Figures:
    """Give the Ready for Service date of one collocation, and whether it was kept."""
    job = case.application.record(1)
    schedule = collocation_schedule(job, setting.basis)
    if schedule is None or job.cancelled:
        reason = "cancelled" if job.cancelled else "expired"
        return {"excluded": reason, "expired": reason == "expired", "rfs_date": None, "submeasure": None, "met": None}
    ready: date | None = ready_date(job, setting.basis)
    return {
        "application_date": schedule.application_date,
        "forecasted": schedule.forecasted,
        "late_acceptance": schedule.late_acceptance,
        "excluded": None,
        "expired": False,
        "rfs_date": schedule.rfs_date,
        "submeasure": schedule.submeasures[-1],
        "met": None if ready is None else ready <= schedule.rfs_date,
    }


def cp2_population(case: CollocationsInput, setting: Setting) -> Figures:
    """Give CP-2A, CP-2B and CP-2C of a month."""
    jobs = [job.record(number) for number, job in enumerate(case.applications, 1)]
    submeasures: tuple[CollocationSubmeasure, ...] = ("CP-2A", "CP-2B", "CP-2C")
    return {
        name: _share(share(judge_collocation(job, name, case.period, setting.basis) for job in jobs))
        for name in submeasures
    }


def gateway_availability(case: AvailabilityInput, setting: Setting) -> Figures:
    """Give GA-1 or GA-4 of one interface."""
    basis = setting.basis
    hours = weekly_hours(case.schedule, basis.calendar)
    outages = [Interval(start, stop) for start, stop in case.outages]
    result = availability(Interval(case.start, case.stop), hours, case.maintenance(), outages, basis)
    return {
        "scheduled_up_minutes": _minutes(result.scheduled_up),
        "scheduled_available_minutes": _minutes(result.scheduled_available),
        "outage_minutes": _minutes(result.outage),
        "percent": _percent(result.ratio),
    }


def ga7(case: OutagesInput, setting: Setting) -> Figures:
    """Give GA-7 of a month."""
    outages = {outage.id: outage.record() for outage in case.outages}
    result = share(judge_outage(outage, case.period, setting.basis) for outage in outages.values())
    counted = (outages[name] for name in (*result.met, *result.missed))
    return {
        **_share(result),
        "hours": ById({outage.record_id: _minutes(outage_duration(outage)) / 60 for outage in counted}),
    }


def po2(case: LsrsInput, setting: Setting) -> Figures:
    """Give PO-2A and PO-2B."""
    del setting
    lsrs = [lsr.record() for lsr in case.lsrs]
    return {
        "po2a": _share(share(judge_flow_through(lsrs, "PO-2A"))),
        "po2b": _share(share(judge_flow_through(lsrs, "PO-2B"))),
    }


def po3(case: RejectsInput, setting: Setting) -> Figures:
    """Give PO-3X or PO-3C."""
    basis = setting.basis
    hours = weekly_hours(case.schedule, basis.calendar) if case.schedule is not None else None
    rejects = [reject.record() for reject in case.rejects]
    result = mean(judge_rejects(rejects, case.submeasure, hours, basis, case.period))
    return {
        "average": _hours_and_minutes(result.average),
        "average_minutes": result.average,
        "rejects": result.count,
        "each": ById({name: _hours_and_minutes(value) for name, value in result.values}),
        "excluded": _reasons(result.excluded),
    }


def po9(case: OrdersInput, setting: Setting) -> Figures:
    """Give PO-9."""
    orders = (order.record(setting.basis) for order in case.orders)
    return _share(share(judge_jeopardy(order, case.period, setting.basis) for order in orders))


def op8(case: PortsInput, setting: Setting) -> Figures:
    """Give OP-8C."""
    result = share(judge_trigger(port.record()) for port in case.ports)
    met = meets(result.ratio, Fraction(setting.basis.limits.op8c_percent, 100))
    return {**_share(result), "meets_standard": met, f"meets_{setting.basis.limits.op8c_percent}": met}


def po1(case: QueriesInput, setting: Setting) -> Figures:
    """Give the response times of one type of query, in seconds."""
    del setting
    queries = [query.record() for query in case.queries]
    result = mean(judge_queries(queries, case.type, case.part))
    return {"seconds": result.average, "queries": result.count, "excluded": _reasons(result.excluded)}


def _share(result: Share) -> Figures:
    return {
        "numerator": result.numerator,
        "denominator": result.denominator,
        "percent": _percent(result.ratio),
        "excluded": _reasons(result.excluded),
    }


def _mean(result: Mean) -> Figures:
    return {"sum_days": result.total, "orders": result.count, "average": result.average}


def _reasons(excluded: tuple[Excluded, ...]) -> ById:
    return ById({record.record_id: record.reason for record in excluded})


def _percent(ratio: Fraction | None) -> Fraction | None:
    return None if ratio is None else ratio * 100


def _minutes(time: timedelta) -> Fraction:
    return Fraction(time // _MICROSECOND, 60_000_000)


def _elapsed(timing: FocTiming) -> Figures:
    """Give elapsed time and limit in the unit of the submeasure."""
    if isinstance(timing.elapsed, int) or isinstance(timing.limit, int):
        return {"elapsed": timing.elapsed, "limit_days": timing.limit}
    if timing.submeasure.startswith("PO-5A"):
        return {"elapsed": _minutes(timing.elapsed), "limit_minutes": _minutes(timing.limit)}
    seconds = timing.elapsed // timedelta(seconds=1)
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return {"elapsed": clock, "limit_hours": timing.limit // timedelta(hours=1)}


def _hours_and_minutes(minutes: Fraction | None) -> str | None:
    """Give `h:mm`, whole minutes only."""
    return None if minutes is None else f"{int(minutes) // 60}:{int(minutes) % 60:02}"
