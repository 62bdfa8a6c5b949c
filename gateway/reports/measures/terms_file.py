"""Reads Exhibit B from `config/measures/exhibit-b.yaml` (or a file like it)."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from gateway.reports.measures.readings import MeasureReadings
from gateway.reports.measures.schedule import Schedule
from gateway.reports.measures.terms import MeasureLimits, MeasureTerms, ProductTerms, PublishedHours
from gateway.reports.terms_source import Exact, read_limits, read_terms
from validators.agreement.strict import LocalTime, Strict
from validators.bundled import bundled_path


class _Product(Strict):
    name: str
    section: str
    gateway_products: tuple[str, ...] = ()
    foc_group: Literal["a", "b", "c", "asr"]
    foc_hours: int | None = None
    foc_business_days: int | None = None
    icb_above: int
    cutoff: LocalTime | None = None
    cutoff_spares_flow_through: bool = False
    facility_check: bool = False
    op3_percent: Exact | None = None
    op4_days: Exact | None = None
    disaggregation: Literal["msa", "zone"] | None = None
    reported_from: date | None = None
    reported_until: date | None = None


class _Limit(Strict):
    value: int
    section: str
    note: str | None = None


class _MissReasons(Strict):
    customer: frozenset[str]
    not_ilec: frozenset[str]
    ilec_facilities: frozenset[str]


class _Hours(Strict):
    source: str
    weekly: Schedule


class _ExhibitB(Strict):
    version: str
    section: str
    products: Mapping[str, _Product]
    weekend_from: LocalTime
    limits: Mapping[str, _Limit]
    collocation_types: frozenset[str]
    collocation_kinds: Mapping[str, str]
    ready_for_service_after_payment: frozenset[str]
    inward_order_types: frozenset[str]
    miss_reasons: _MissReasons
    reject_reasons: frozenset[str]
    order_types: Mapping[str, str]
    jeopardy_reasons: Mapping[str, str]
    jeopardy_products: frozenset[str]
    hours: Mapping[str, _Hours]
    readings: MeasureReadings


def load_measure_terms(path: Path | None = None) -> MeasureTerms:
    """Give Exhibit B from `path`, or as it is shipped.

    Raises:
        gateway.reports.terms_source.TermsError: the file lacks a term, has one too many, or one that makes no sense.
        OSError: the file cannot be read.
    """
    shipped_path = bundled_path("config") / "measures" / "exhibit-b.yaml"
    read = read_terms(path or shipped_path, _ExhibitB)
    shipped = read if path is None else read_terms(shipped_path, _ExhibitB)
    return MeasureTerms(
        version=read.version,
        products={code: ProductTerms(code=code, **dict(product)) for code, product in read.products.items()},
        weekend_from=read.weekend_from,
        limits=read_limits(MeasureLimits, {name: limit.value for name, limit in read.limits.items()}),
        limit_sections={name: limit.section for name, limit in read.limits.items()},
        collocation_types=read.collocation_types,
        collocation_kinds=read.collocation_kinds,
        ready_for_service_after_payment=read.ready_for_service_after_payment,
        inward_order_types=read.inward_order_types,
        customer_reasons=read.miss_reasons.customer,
        not_ilec_reasons=read.miss_reasons.not_ilec,
        facility_reasons=read.miss_reasons.ilec_facilities,
        reject_reasons=read.reject_reasons,
        order_types=read.order_types,
        jeopardy_reasons=read.jeopardy_reasons,
        jeopardy_products=read.jeopardy_products,
        hours={name: PublishedHours(hours.weekly, hours.source) for name, hours in read.hours.items()},
        readings=read.readings,
        shipped_readings=shipped.readings,
    )
