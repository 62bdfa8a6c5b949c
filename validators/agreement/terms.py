"""The agreement file as a frozen model. Each term is checked by itself here, against others in `contradictions.py`."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from validators.agreement.calendar import BusinessCalendar, holiday_table
from validators.agreement.certification_terms import CertificationTerms
from validators.agreement.charge_terms import BandHours, ChargeTerm
from validators.agreement.clock_terms import ClockTerm, Trigger
from validators.agreement.collocation_terms import CollocationTerms
from validators.agreement.matter_terms import MatterTerm
from validators.agreement.operator_terms import (
    ConversionTerms,
    CreditTerms,
    MaintenanceTerms,
    OnboardingTerms,
    RetentionTerms,
)
from validators.agreement.product_terms import ProductTerms
from validators.agreement.strict import LocalTime, Strict, contradiction
from validators.verdict import Severity

Scalar = str | int | float | bool | None
DailyReportName = Literal["loss", "completion"]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise contradiction(f"no time zone is called {name!r}", "use an IANA name, as in America/Denver") from None
    return name


ZoneName = Annotated[str, AfterValidator(_known_zone)]


class Party(Strict):
    """One of the two parties."""

    name: str
    role: Literal["ILEC", "CLEC"]


class Dates(Strict):
    """The dates of the agreement itself."""

    filed: date | None = None
    effective: date | None = None
    """None where the Commission's approval date is not known here."""
    term_years: int | None = None
    section: str


class Zones(Strict):
    """Whose local time counts: for performance readings the agreement's, for installation hours the wire center's."""

    agreement: ZoneName
    wire_centers: Mapping[str, ZoneName] = {}
    """Beginnings of wire center CLLI codes whose local time differs from the agreement's."""


class Holidays(Strict):
    """The holidays on which no business day falls, on the day itself: nothing is shifted off a weekend."""

    section: str
    named: tuple[str, ...]
    """English names of federal holidays of the United States."""
    extra: Mapping[date, str] = {}
    """Further days by date, as the published calendar says."""
    removed: tuple[date, ...] = ()
    """Days on which a named holiday is not kept."""


class Cutoff(Strict):
    """Time of day after which a request counts as received at the start of the next business day."""

    id: str
    time: LocalTime
    section: str
    spares_flow_through: bool = False
    """True where requests that flow through keep their own time."""


class WeekendStart(Strict):
    """From when on a request counts as received on the weekend."""

    weekday: Literal["friday"] = "friday"
    time: LocalTime


class ApplicationTerms(Strict):
    """How the application date and time follow from receipt."""

    section: str
    business_day_start: LocalTime
    """Time of day that "start of the next business day" means."""
    weekend_start: WeekendStart
    """Included; the weekend ends with Sunday."""


class InstallationHours(Strict):
    """When installation is in hours, local time of the serving wire center, Monday to Friday except holidays."""

    begin: LocalTime
    end: LocalTime
    section: str


class DailyReportTerms(Strict):
    """A report that the CLEC gets of each day."""

    section: str
    separate: Mapping[str, tuple[str, ...]] = {}
    """Products or product groups, by the name under which a report of their own is provided."""


def _severity(value: object) -> object:
    # YAML 1.1 reads an unquoted `off` as false.
    if value is False or value == "off":
        return "off"
    if isinstance(value, str) and value in set(Severity):
        return Severity(value)
    raise contradiction(f"{value!r} is no severity", f"use off or one of: {', '.join(Severity)}")


class RuleSetting(Strict):
    """What this agreement changes on a rule: its severity, `off`, or its parameters."""

    severity: Annotated[Severity | Literal["off"], BeforeValidator(_severity)] | None = None
    params: Mapping[str, Scalar | tuple[Scalar, ...]] = {}
    reason: str | None = None


class Agreement(Strict):
    """One interconnection agreement: the terms by which a CLEC's messages are judged."""

    id: str
    title: str
    kind: Literal["agreement", "template"]
    status: Literal["none", "executed", "executed-early-ordering", "approved", "holdover", "test"]
    state: str = Field(pattern=r"^[A-Z]{2}$")
    parties: tuple[Party, ...]
    dates: Dates | None = None
    zones: Zones
    release: str
    holidays: Holidays
    application: ApplicationTerms
    cutoffs: Mapping[str, Cutoff]
    installation_hours: InstallationHours
    product_groups: Mapping[str, tuple[str, ...]] = {}
    products: Mapping[str, ProductTerms]
    clocks: Mapping[str, ClockTerm]
    certification: CertificationTerms | None = None
    rules: Mapping[str, RuleSetting] = {}
    time_bands: Mapping[str, BandHours] = {}
    charges: Mapping[str, ChargeTerm] = {}
    """What follows from the record of an order in money; stated on its notices, billed elsewhere."""
    conversions: ConversionTerms | None = None
    """None where switch and frame conversions bring neither embargo nor quiet period."""
    credit: CreditTerms | None = None
    """None where nothing stops the orders of a CLEC that does not pay."""
    maintenance: MaintenanceTerms | None = None
    """None where no hours of maintenance are agreed."""
    onboarding: OnboardingTerms | None = None
    """None where nothing is known of what comes before the first order."""
    retention: RetentionTerms | None = None
    """None where the agreement says nothing of how long records are kept."""
    matters: Mapping[str, MatterTerm] = {}
    """Duties that follow from entries of registers, by kind."""
    daily_reports: Mapping[DailyReportName, DailyReportTerms] = {}
    collocation: CollocationTerms | None = None
    """None where the agreement has no terms on what is asked for by application and clock."""

    @model_validator(mode="before")
    @classmethod
    def _name_terms(cls, data: Any) -> Any:
        """Give each product, clock, cut-off and charge its key as `id`."""
        if not isinstance(data, dict):
            return data
        named = {
            key: _with_ids(data[key])
            for key in ("products", "clocks", "cutoffs", "charges", "matters")
            if isinstance(data.get(key), dict)
        }
        return {**data, **named}

    @property
    def orderable(self) -> frozenset[str]:
        """What has clocks: the products, the kinds of what is asked for by application, and the kinds of matters."""
        kinds = self.collocation.kinds if self.collocation else ()
        return frozenset(self.products).union(kinds, self.matters)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which dates, cut-offs and months of this agreement are read."""
        return ZoneInfo(self.zones.agreement)

    def wire_center_zone(self, clli: str | None) -> ZoneInfo:
        """Give the local zone of a wire center by the longest beginning of its CLLI code, else the agreement's."""
        matches = [start for start in self.zones.wire_centers if clli and clli.startswith(start)]
        return ZoneInfo(self.zones.wire_centers[max(matches, key=len)]) if matches else self.zone

    @cached_property
    def calendar(self) -> BusinessCalendar:
        """The business calendar of this agreement."""
        terms = self.holidays
        return BusinessCalendar(self.zone, holiday_table(terms.named, terms.extra, terms.removed))

    def product(self, product_id: str | None) -> ProductTerms | None:
        """Give the terms of a product; None if the agreement knows no such product."""
        return self.products.get(product_id) if product_id else None

    def cutoff_of(self, product: ProductTerms | None) -> Cutoff | None:
        """Give the cut-off that holds for a product; None if none does."""
        return self.cutoffs[product.cutoff] if product and product.cutoff else None

    def clocks_for(self, product_id: str | None, trigger: Trigger | str) -> tuple[ClockTerm, ...]:
        """Give the clocks that `trigger` may start on an order for the product, in the order of the file."""
        return self._clocks_by_start.get((product_id or "", trigger), ())

    def setting(self, rule_id: str) -> RuleSetting:
        """Give what this agreement changes on a rule; an empty setting if nothing."""
        return self.rules.get(rule_id, _NO_SETTING)

    def products_named(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Give the product ids behind `names`, which may be products or groups."""
        return tuple(dict.fromkeys(product for name in names for product in self.product_groups.get(name, (name,))))

    @cached_property
    def _clocks_by_start(self) -> Mapping[tuple[str, str], tuple[ClockTerm, ...]]:
        index: dict[tuple[str, str], tuple[ClockTerm, ...]] = {}
        for term in self.clocks.values():
            for product in self.products_named(term.products):
                key = (product, str(term.starts_on))
                index[key] = (*index.get(key, ()), term)
        return index


_NO_SETTING = RuleSetting()


def _with_ids(terms: dict[str, Any]) -> dict[str, Any]:
    return {key: {**term, "id": key} if isinstance(term, dict) else term for key, term in terms.items()}
