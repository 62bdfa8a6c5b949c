"""The terms of Exhibit B as typed data: products with their limits, limits of the measures, closed lists, readings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Literal

from gateway.reports.measures.readings import MeasureReadings
from gateway.reports.measures.weekly_hours import WeeklyHours
from validators.agreement.calendar import BusinessCalendar


@dataclass(frozen=True, slots=True)
class ProductTerms:
    """What Exhibit B says of one product. None where it says nothing."""

    code: str
    name: str
    section: str
    gateway_products: tuple[str, ...]
    """The gateway's own product ids that are reported under this code."""
    foc_group: Literal["a", "b", "c", "asr"]
    foc_hours: int | None
    foc_business_days: int | None
    icb_above: int
    """The highest quantity with a standard interval; more is handled case by case."""
    cutoff: time | None
    cutoff_spares_flow_through: bool
    facility_check: bool
    op3_percent: Fraction | None
    op4_days: Fraction | None
    disaggregation: Literal["msa", "zone"] | None
    reported_from: date | None
    reported_until: date | None

    def is_reported_on(self, day: date) -> bool:
        """Say whether the product is in its reporting period on the date."""
        return (self.reported_from or day) <= day <= (self.reported_until or day)


@dataclass(frozen=True, slots=True)
class MeasureLimits:
    """The exhibit's numbers, by name; units are in the names, percentages are of 100."""

    po5a_percent: int
    po5a_minutes: int
    po5b_percent: int
    po5c_percent: int
    po5c_added_hours: int
    po5d_percent: int
    op8c_percent: int
    maintenance_notice_hours: int
    ga7_resolve_hours: int
    ga7_after_release_days: int
    cp2_timely_acceptance_days: int
    cp2_expiry_days: int
    cp2_forecast_days: int
    cp2_equipment_days: int
    cp2_forecasted_days: int
    cp2_unforecasted_days: int
    cp2_forecasted_after_equipment_days: int
    cp2_unforecasted_after_equipment_days: int
    cp2_major_days: int
    cp2_long_interval_days: int


@dataclass(frozen=True, slots=True)
class PublishedHours:
    """Hours that the ILEC publishes: from and until by weekday (0 Monday to 6 Sunday), since each day's midnight."""

    weekly: Mapping[int, tuple[tuple[timedelta, timedelta], ...]]
    source: str
    """Where they were published."""

    def in_zone_of(self, calendar: BusinessCalendar) -> WeeklyHours:
        """Give them as hours of a calendar's zone."""
        return WeeklyHours(calendar, self.weekly)


@dataclass(frozen=True)
class MeasureTerms:
    """Exhibit B of one agreement."""

    version: str
    products: Mapping[str, ProductTerms]
    weekend_from: time
    limits: MeasureLimits
    limit_sections: Mapping[str, str]
    collocation_types: frozenset[str]
    collocation_kinds: Mapping[str, str]
    """Type of the exhibit by the gateway's own kind of collocation."""
    ready_for_service_after_payment: frozenset[str]
    inward_order_types: frozenset[str]
    customer_reasons: frozenset[str]
    not_ilec_reasons: frozenset[str]
    facility_reasons: frozenset[str]
    reject_reasons: frozenset[str]
    order_types: Mapping[str, str]
    """Type of service order (N, T, C, D, …) by the activity (ACT) of the request."""
    jeopardy_reasons: Mapping[str, str]
    """The miss reason that a jeopardy's reason code (RCODE) is; what is not listed is the ILEC's own doing."""
    jeopardy_products: frozenset[str]
    """Products that PO-9 reports."""
    hours: Mapping[str, PublishedHours]
    readings: MeasureReadings
    shipped_readings: MeasureReadings
    """Those of the terms that are shipped: a reading that differs is shown as changed."""

    def product_reported_as(self, gateway_product: str | None) -> ProductTerms | None:
        """Give the product of the exhibit under which a product of the gateway is reported; None if it is not."""
        return self._by_gateway_product.get(gateway_product or "")

    def miss_reason_of(self, delay: str | None) -> str | None:
        """Give the miss reason that the cause of a jeopardy is; None if that is the ILEC's own doing, or none."""
        return self.jeopardy_reasons.get(delay or "")

    @cached_property
    def _by_gateway_product(self) -> Mapping[str, ProductTerms]:
        return {known: product for product in self.products.values() for known in product.gateway_products}
