"""The kinds of cases: what stands in the input of each, and what computes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from gateway.reports.cases import measure_inputs, measure_kinds, plan_inputs, plan_kinds
from gateway.reports.cases.figures import Figure
from gateway.reports.cases.measure_inputs import CaseInput
from gateway.reports.cases.setting import Setting


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case."""

    model: type[CaseInput]
    compute: Callable[[Any, Setting], dict[str, Figure]]
    """Takes an input of `model`. Raises ValueError where the input lacks what the figures need."""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "application": Kind(measure_inputs.ApplicationInput, measure_kinds.application),
        "foc": Kind(measure_inputs.FocInput, measure_kinds.foc),
        "po5_population": Kind(measure_inputs.Po5Input, measure_kinds.po5_population),
        "due_date": Kind(measure_inputs.DueDateInput, measure_kinds.due_date),
        "op_population": Kind(measure_inputs.PopulationInput, measure_kinds.op_population),
        "op15": Kind(measure_inputs.PendingInput, measure_kinds.op15),
        "cp2": Kind(measure_inputs.CollocationCase, measure_kinds.cp2),
        "cp2_population": Kind(measure_inputs.CollocationsInput, measure_kinds.cp2_population),
        "availability": Kind(measure_inputs.AvailabilityInput, measure_kinds.gateway_availability),
        "ga7": Kind(measure_inputs.OutagesInput, measure_kinds.ga7),
        "po2": Kind(measure_inputs.LsrsInput, measure_kinds.po2),
        "po3": Kind(measure_inputs.RejectsInput, measure_kinds.po3),
        "po9": Kind(measure_inputs.OrdersInput, measure_kinds.po9),
        "op8": Kind(measure_inputs.PortsInput, measure_kinds.op8),
        "bench_month": Kind(plan_inputs.BenchmarkInput, plan_kinds.bench_month),
        "parity_month": Kind(plan_inputs.ParityInput, plan_kinds.parity),
        "chain": Kind(plan_inputs.ChainInput, plan_kinds.chain),
        "series": Kind(plan_inputs.SeriesInput, plan_kinds.series),
        "rates": Kind(plan_inputs.RatesInput, plan_kinds.rates),
        "critz": Kind(plan_inputs.VolumesInput, plan_kinds.critical_z),
        "mr8": Kind(plan_inputs.Mr8Input, plan_kinds.mr8),
        "dates": Kind(plan_inputs.DatesInput, plan_kinds.dates),
        "late_report": Kind(plan_inputs.LateReportInput, plan_kinds.late),
        "interest": Kind(plan_inputs.InterestInput, plan_kinds.interest_due),
        "correction": Kind(plan_inputs.CorrectionInput, plan_kinds.corrected),
    }
)
