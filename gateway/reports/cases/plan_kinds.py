"""Computes the cases of Exhibit K: one function a kind, each calling the plan as a payment report does."""

from collections.abc import Iterable
from dataclasses import replace

from gateway.reports.cases.figures import Figure
from gateway.reports.cases.plan_inputs import (
    BenchmarkInput,
    CapInput,
    ChainInput,
    CorrectionInput,
    DatesInput,
    InterestInput,
    LateReportInput,
    Mr8Input,
    ParityInput,
    RatesInput,
    SeriesInput,
    VolumesInput,
)
from gateway.reports.cases.setting import Setting
from gateway.reports.plan.annual_cap import CappedPayment, cap_standing
from gateway.reports.plan.benchmark import benchmark_month
from gateway.reports.plan.chain import cents, payments
from gateway.reports.plan.conformance import MonthResult
from gateway.reports.plan.correction import WrongReport, correction
from gateway.reports.plan.due_dates import due_dates
from gateway.reports.plan.interest import interest
from gateway.reports.plan.late_report import late_report
from gateway.reports.plan.mr8_comparison import larger_side
from gateway.reports.plan.parity import Comparison, parity_month
from gateway.reports.plan.terms import PaymentTable, PlanTerms

Figures = dict[str, Figure]


def bench_month(case: BenchmarkInput, setting: Setting) -> Figures:
    """Give the verdict on one month against its benchmark."""
    sample = case.sample(case.kind, case.better)
    verdict = benchmark_month(sample, case.benchmark, case.aggregate(case.better), setting.plan)
    return {"result": verdict.result, "db": verdict.difference, **_month(verdict.month)}


def parity(case: ParityInput, setting: Setting) -> Figures:
    """Give the verdict on one month against retail."""
    plan = setting.plan
    if case.alpha is not None:
        plan = _with_alpha(plan, case)
    clec, retail = case.clec_sample(plan.readings), case.retail_sample(plan.readings)
    verdict = parity_month(Comparison(clec, retail, case.measure, case.product), plan, case.aggregate_sample())
    test = verdict.test
    return {
        "clec_result": clec.result if clec.count else None,
        "retail_result": retail.result if retail.count else None,
        "s": verdict.spread,
        "z": test.z,
        "critical_z": test.critical_z,
        "test": test.kind,
        "p_value": test.p_value,
        "p": test.p_value,
        "alpha": test.alpha,
        "dp": verdict.difference,
        "standard_result": verdict.standard,
        "flags": verdict.flags,
        **_month(verdict.month),
    }


def chain(case: ChainInput, setting: Setting) -> Figures:
    """Give levels, escalation months and payments of months whose extents are known."""
    return _payments((month.month() for month in case.months), _in_states(setting.plan, case.states))


def series(case: SeriesInput, setting: Setting) -> Figures:
    """Give everything from the volumes of benchmark months to the payments."""
    verdicts = [
        benchmark_month(
            month.sample(case.kind, case.better), case.benchmark, month.aggregate(case.better), setting.plan
        ).month
        for month in case.months
    ]
    return {
        "conformance": [month.conformance for month in verdicts],
        "extents": [month.extent for month in verdicts],
        "occurrences": [month.occurrences for month in verdicts],
        **_payments(verdicts, setting.plan),
    }


def rates(case: RatesInput, setting: Setting) -> Figures:
    """Give amounts of Table 4."""
    table = _table(setting.plan, case.states)
    if unknown := [level for level, _ in case.level_month if level not in table.months]:
        raise ValueError(f"Table 4 has no such levels: {unknown}")
    return {"amounts": [cents(table.amount(level, month)) for level, month in case.level_month]}


def critical_z(case: VolumesInput, setting: Setting) -> Figures:
    """Give critical values of Table 1.

    Raises:
        ValueError: a volume is so small that Table 1 does not give a value.
    """
    limit = setting.plan.small_samples.exact_test_up_to
    if any(volume <= limit for volume in case.volumes):
        raise ValueError(f"Table 1 begins above a volume of {limit}")
    return {"critical_z": [setting.plan.critical_z.at(volume) for volume in case.volumes]}


def annual_cap(case: CapInput, setting: Setting) -> Figures:
    """Give where payments stand against the annual cap.

    Raises:
        ValueError: the plan has no cap for the state.
    """
    if case.state is not None and case.state not in setting.plan.caps:
        raise ValueError(f"the plan has no cap for {case.state}")
    paid = (CappedPayment(one.month, one.paid_in, one.amount) for one in case.payments)
    standing = cap_standing(paid, setting.plan, case.state)
    return {
        "cap": standing.cap,
        "by_year": {str(year): amount for year, amount in sorted(standing.by_year.items())},
        "crossed_in": str(standing.crossing) if standing.crossing else None,
        "commission_may_ask": standing.may_be_asked,
    }


def mr8(case: Mr8Input, setting: Setting) -> Figures:
    """Give the side of 11.1.1 that is paid."""
    del setting
    side = larger_side(case.mr8, case.op5, case.mr7)
    return {"pay": "+".join(side.measures), "amount": side.amount}


def dates(case: DatesInput, setting: Setting) -> Figures:
    """Give the due dates of report and payment."""
    due = due_dates(case.month, setting.basis.calendar, setting.plan, case.measure, case.product)
    return {"report_due": due.report, "payment_due": due.payment}


def late(case: LateReportInput, setting: Setting) -> Figures:
    """Give the payment for a late report."""
    result = late_report(case.due, case.posted, setting.plan)
    return {"days_late": result.days_late, "payment": result.amount}


def interest_due(case: InterestInput, setting: Setting) -> Figures:
    """Give the interest on a late payment."""
    result = interest(case.amount, case.annual_rate, case.due, case.paid, setting.plan)
    return {"days": result.days, "interest": result.amount}


def corrected(case: CorrectionInput, setting: Setting) -> Figures:
    """Give what a wrong report costs."""
    result = correction(WrongReport(**dict(case)), setting.plan)
    return {
        "additional": result.additional,
        "surcharge": result.surcharge,
        "interest_applies": result.interest_applies,
        "late_report_payment": result.late_report_payment,
        "overpaid": result.overpaid,
    }


def _month(month: MonthResult) -> Figures:
    return {"conformance": month.conformance, "extent": month.extent, "occurrences": month.occurrences}


def _payments(months: Iterable[MonthResult], terms: PlanTerms) -> Figures:
    paid = list(payments(months, terms))
    return {
        "levels": [month.level for month in paid],
        "escalation_months": [month.escalation_month for month in paid],
        "payments": [month.amount for month in paid],
        "total": sum(month.amount for month in paid),
    }


def _table(plan: PlanTerms, states: str) -> PaymentTable:
    if states not in plan.payments:
        raise ValueError(f"Table 4 has no such states: {states}")
    return plan.payments[states]


def _in_states(plan: PlanTerms, states: str | None) -> PlanTerms:
    if states is None:
        return plan
    _table(plan, states)
    return replace(plan, state_group=states)


def _with_alpha(plan: PlanTerms, case: ParityInput) -> PlanTerms:
    """Give the plan with the significance level of the case; it must be one of the two that 4.5 knows."""
    small = plan.small_samples
    if case.alpha == small.raised_alpha:
        raised = replace(small, alpha=small.raised_alpha, standard_z=small.raised_standard_z)
        return replace(plan, small_samples=raised)
    if case.alpha == small.alpha:
        return replace(plan, small_samples=replace(small, raised_products=frozenset()))
    raise ValueError(f"the plan knows no alpha of {float(case.alpha or 0)}")
