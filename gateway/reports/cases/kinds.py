"""The kinds of cases: what stands in the input of each, and what computes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from gateway.reports.cases import (
    collocation_inputs,
    gateway_inputs,
    measure_kinds,
    order_inputs,
    plan_inputs,
    plan_kinds,
    request_inputs,
)
from gateway.reports.cases.case_values import CaseInput
from gateway.reports.cases.figures import Figure
from gateway.reports.cases.setting import Setting


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case."""

    model: type[CaseInput]
    compute: Callable[[Any, Setting], dict[str, Figure]]
    """Takes an input of `model`. Raises ValueError where the input lacks what the figures need."""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "application": Kind(request_inputs.ApplicationInput, measure_kinds.application),
        "foc": Kind(request_inputs.FocInput, measure_kinds.foc),
        "po5_population": Kind(request_inputs.Po5Input, measure_kinds.po5_population),
        "due_date": Kind(order_inputs.DueDateInput, measure_kinds.due_date),
        "op_population": Kind(order_inputs.PopulationInput, measure_kinds.op_population),
        "op15": Kind(order_inputs.PendingInput, measure_kinds.op15),
        "cp2": Kind(collocation_inputs.CollocationCase, measure_kinds.cp2),
        "cp2_population": Kind(collocation_inputs.CollocationsInput, measure_kinds.cp2_population),
        "availability": Kind(gateway_inputs.AvailabilityInput, measure_kinds.gateway_availability),
        "ga7": Kind(gateway_inputs.OutagesInput, measure_kinds.ga7),
        "po1": Kind(gateway_inputs.QueriesInput, measure_kinds.po1),
        "po2": Kind(request_inputs.LsrsInput, measure_kinds.po2),
        "po3": Kind(request_inputs.RejectsInput, measure_kinds.po3),
        "po9": Kind(order_inputs.OrdersInput, measure_kinds.po9),
        "op8": Kind(order_inputs.PortsInput, measure_kinds.op8),
        "bench_month": Kind(plan_inputs.BenchmarkInput, plan_kinds.bench_month),
        "parity_month": Kind(plan_inputs.ParityInput, plan_kinds.parity),
        "chain": Kind(plan_inputs.ChainInput, plan_kinds.chain),
        "series": Kind(plan_inputs.SeriesInput, plan_kinds.series),
        "rates": Kind(plan_inputs.RatesInput, plan_kinds.rates),
        "critz": Kind(plan_inputs.VolumesInput, plan_kinds.critical_z),
        "annual_cap": Kind(plan_inputs.CapInput, plan_kinds.annual_cap),
        "mr8": Kind(plan_inputs.Mr8Input, plan_kinds.mr8),
        "dates": Kind(plan_inputs.DatesInput, plan_kinds.dates),
        "late_report": Kind(plan_inputs.LateReportInput, plan_kinds.late),
        "interest": Kind(plan_inputs.InterestInput, plan_kinds.interest_due),
        "correction": Kind(plan_inputs.CorrectionInput, plan_kinds.corrected),
    }
)
