"""Reads Exhibit K from `config/measures/exhibit-k.yaml` (or a file like it)."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator

from gateway.reports.plan.readings import PlanReadings
from gateway.reports.plan.terms import (
    Consequences,
    CriticalZ,
    ExtentLimits,
    PaymentTable,
    PlanTerms,
    ReportDates,
    SmallSamples,
)
from gateway.reports.terms_source import Exact, read_limits, read_terms
from validators.agreement.strict import Strict, contradiction
from validators.bundled import bundled_path


class _Tier(Strict):
    up_to: int
    z: Exact


class _CriticalZ(Strict):
    section: str
    tiers: tuple[_Tier, ...]
    above: Exact


class _SmallSamples(Strict):
    section: str
    exact_test_up_to: int
    alpha: Exact
    raised_alpha: Exact
    raised_up_to: int
    raised_products: frozenset[str]
    raised_measures: frozenset[str]
    draws: int = Field(gt=0)
    enumerate_up_to: int
    seed: int
    standard_z: Exact
    raised_standard_z: Exact


class _Extents(Strict):
    section: str
    parity: tuple[Exact, Exact]
    benchmark_proportion: tuple[Exact, Exact]
    benchmark_mean: tuple[Exact, Exact]


class _Group(Strict):
    states: tuple[str, ...]
    also: tuple[str, ...] = ()
    levels: Mapping[int, tuple[Exact, ...]]


class _Payments(Strict):
    section: str
    each_further_month: Exact
    last_month: int
    groups: Mapping[str, _Group]

    def table(self, group: _Group) -> PaymentTable:
        return PaymentTable(group.levels, self.each_further_month, self.last_month)


class _Levels(Strict):
    section: str
    level_2_months: int = Field(gt=0)
    level_1_months: int = Field(gt=0)


class _Caps(Strict):
    section: str
    amounts: Mapping[str, int]


class _Dates(Strict):
    section: str
    report_months_after: int
    payment_months_after_report: int
    arrears_months: int
    arrears_measures: frozenset[str]
    arrears_by_product: Mapping[str, frozenset[str]]


class _Amount(Strict):
    value: int
    section: str


class _ExhibitK(Strict):
    version: str
    section: str
    effective: date
    state: str
    state_group: str
    critical_z: _CriticalZ
    small_samples: _SmallSamples
    extents: _Extents
    payments: _Payments
    levels: _Levels
    caps: _Caps
    dates: _Dates
    consequences: Mapping[str, _Amount]
    opted_in: Mapping[str, date] | None = None
    readings: PlanReadings

    @model_validator(mode="after")
    def _group_has_a_table(self) -> Self:
        if self.state_group not in self.payments.groups:
            raise contradiction(f"no payments for the states {self.state_group!r}", "name a group of Table 4")
        return self


def load_plan_terms(path: Path | None = None) -> PlanTerms:
    """Give Exhibit K from `path`, or as it is shipped.

    Raises:
        gateway.reports.terms_source.TermsError: the file lacks a term, has one too many, or one that makes no sense.
        OSError: the file cannot be read.
    """
    read = read_terms(path or bundled_path("config") / "measures" / "exhibit-k.yaml", _ExhibitK)
    return PlanTerms(
        version=read.version,
        effective=read.effective,
        state=read.state,
        state_group=read.state_group,
        critical_z=CriticalZ(tuple((tier.up_to, tier.z) for tier in read.critical_z.tiers), read.critical_z.above),
        small_samples=SmallSamples(**_terms(read.small_samples)),
        parity_extents=ExtentLimits(*read.extents.parity),
        benchmark_proportion_extents=ExtentLimits(*read.extents.benchmark_proportion),
        benchmark_mean_extents=ExtentLimits(*read.extents.benchmark_mean),
        payments={
            known: read.payments.table(group)
            for name, group in read.payments.groups.items()
            for known in (name, *group.states, *group.also)
        },
        level_2_months=read.levels.level_2_months,
        level_1_months=read.levels.level_1_months,
        caps=read.caps.amounts,
        dates=ReportDates(**_terms(read.dates)),
        consequences=read_limits(Consequences, {name: amount.value for name, amount in read.consequences.items()}),
        opted_in=read.opted_in,
        readings=read.readings,
    )


def _terms(model: Strict) -> dict[str, Any]:
    return {name: value for name, value in model if name != "section"}
