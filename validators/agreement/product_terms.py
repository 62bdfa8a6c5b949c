"""The model of one product in the agreement file: how it is recognised, until when it is offered, how fast it comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, Self

from pydantic import NonNegativeInt, PositiveInt, model_validator

from validators.agreement.clock_terms import Length
from validators.agreement.strict import LocalTime, Strict, contradiction

OrderForm = Literal["LSR", "ASR", "COLLO"]


class Recognition(Strict):
    """One way in which an order shows that it is for the product. All that is given must match."""

    reqtyp: tuple[str, ...]
    """First characters of REQTYP."""
    nc: tuple[str, ...] = ()
    """Beginnings of the NC code; none given means that the NC code must be absent, `""` that any will do."""
    nci: tuple[str, ...] = ()
    """Beginnings of the NCI code; none given means that any will do."""
    activities: tuple[str, ...] = ()
    """ACT codes; none given means that any will do."""


class Availability(Strict):
    """From when and until when a product can be newly ordered. Dates are application dates, both inclusive."""

    since: date | None = None
    until: date | None = None
    """The last date on which it is offered."""
    section: str
    closed_to: tuple[str, ...] = ("N", "T", "V", "W", "Z")
    """ACT codes refused outside these dates; what exists may still be changed, recorded and disconnected."""
    note: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise contradiction(
                f"it ends on {self.until}, before it begins on {self.since}", "correct one of the dates"
            )
        return self

    def offered_on(self, day: date) -> bool:
        """Say whether the product can be newly ordered with the application date `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class MaxQuantity(Strict):
    """The highest quantity with a standard interval; above it each order is an individual case (ICB)."""

    quantity: PositiveInt
    section: str


class Cap(Strict):
    """The most of a product that one CLEC may have at one building, in service and ordered."""

    quantity: PositiveInt
    section: str


class WireCenters(Strict):
    """At which wire centers a product is closed, by a list that is kept outside the agreement.

    Two clauses use one list the other way round, so the term says both what is listed and what that means.
    """

    listed: Mapping[str, date | None] | None = None
    """CLLI code of each listed wire center (eight characters) and the day on which it was listed or approved, None
    where that does not matter. None in place of the list means that it has not been loaded: nothing is decided."""
    closed: Literal["listed", "unlisted"]
    """Which wire centers are closed to new orders."""
    ends: Literal["serving", "both"]
    """Whose wire center counts: the one that serves the end user, or that and the one of the CLEC's collocation."""
    until: date | None = None
    """The last application date on which every wire center is open; None where only the list counts."""
    days_after_listing: NonNegativeInt = 0
    """Days for which a wire center stays open after it was listed."""
    section: str

    def closed_on(self, day: date, wire_centers: tuple[str | None, ...]) -> bool:
        """Say whether an order with the application date `day` for these wire centers comes too late.

        A wire center that is not known (None) is never held against an order.
        """
        if self.listed is None or (self.until is not None and day <= self.until) or None in wire_centers:
            return False
        listed = all(self._listed_on(day, center) for center in wire_centers)
        return listed if self.closed == "listed" else not listed

    def _listed_on(self, day: date, wire_center: str | None) -> bool:
        if self.listed is None or wire_center is None or wire_center not in self.listed:
            return False
        since = self.listed[wire_center]
        return since is None or day > since + timedelta(days=self.days_after_listing)


class FocTime(Strict):
    """When the performance measure PO-5 wants the FOC."""

    group: Literal["a", "b", "c", "d"]
    """Reporting group of PO-5."""
    hours: PositiveInt | None = None
    """FOC hours (every hour of a business day) from the application time: PO-5B."""
    business_days: PositiveInt | None = None
    """Business days from the application date: PO-5D."""
    facility_check: bool = False
    """True for loops whose FOC waits for a facility check: always PO-5B, never PO-5A."""
    section: str

    @cached_property
    def length(self) -> Length | None:
        """The hours as the length of a clock; None where it is counted in business days."""
        return None if self.hours is None else Length(hours=self.hours)

    @model_validator(mode="after")
    def _hours_or_days(self) -> Self:
        if (self.hours is None) == (self.business_days is None):
            raise contradiction("a FOC time is given in hours or in business days", "give one of the two")
        return self


class Interval(Strict):
    """Standard interval of one quantity band: business days from the application date to the due date."""

    up_to: PositiveInt | None = None
    """Highest quantity of the band; None for whatever is above the band before."""
    business_days: NonNegativeInt | None = None
    """None where the interval is set case by case."""


class Intervals(Strict):
    """Standard intervals of a product; `sample` where the text gives none and these stand in for the guide."""

    section: str
    sample: bool = False
    since: date | None = None
    until: date | None = None
    """Application dates between which the table holds, both in it; None where it has no such end."""
    port: Literal["simple", "complex"] | None = None
    """The kind of port that the table is for; None means any order."""
    received_by: LocalTime | None = None
    """Time of day after which the interval counts from the next business day, beside the product's own cut-off."""
    bands: tuple[Interval, ...]

    def holds_for(self, day: date, port: str | None) -> bool:
        """Say whether the table is for an application date and a kind of port."""
        return (
            self.port in (None, port)
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )

    @model_validator(mode="after")
    def _rising(self) -> Self:
        tops = [band.up_to for band in self.bands]
        known = [top for top in tops if top is not None]
        if not tops or None in tops[:-1] or known != sorted(set(known)):
            raise contradiction("quantity bands must rise", "order them by up_to; only the last may leave it out")
        return self

    def for_quantity(self, quantity: int) -> int | None:
        """Give the business days for `quantity`; None where it is an individual case."""
        for band in self.bands:
            if band.up_to is None or quantity <= band.up_to:
                return band.business_days
        return None


class Conditioning(Strict):
    """Whether the loop may be conditioned (load coils and bridged taps removed) and how long that takes."""

    allowed: bool
    business_days: PositiveInt | None = None
    section: str


class FlowThrough(Strict):
    """One row of the matrix of requests that flow through: no person touches them. All that is given must match."""

    section: str
    states: tuple[str, ...] = ()
    """States of the end user; none given means the agreement's, and any other."""
    activities: tuple[str, ...] = ()
    """ACT codes; none given means any."""
    up_to: PositiveInt | None = None
    """Highest quantity."""
    since: date | None = None
    until: date | None = None
    """Dates of receipt between which the row holds, both in it; None where it has no such end."""

    def admits(self, request: "Passage") -> bool:
        """Say whether a request flows through by this row."""
        return (
            (not self.states or request.state in self.states)
            and (not self.activities or request.activity in self.activities)
            and (self.up_to is None or request.quantity <= self.up_to)
            and (self.since is None or self.since <= request.received_on)
            and (self.until is None or request.received_on <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """What the matrix asks of a request: state of the end user, ACT, quantity, and the local day of its receipt."""

    state: str
    activity: str
    quantity: int
    received_on: date


class ProductTerms(Strict):
    """Terms of one product. `id` is the key in the file."""

    id: str
    name: str
    section: str
    order_form: OrderForm
    recognised_by: tuple[Recognition, ...] = ()
    cutoff: str | None = None
    """Name of a cut-off of the agreement; None where receipt counts until midnight."""
    availability: Availability | None = None
    """None where the agreement sets no dates."""
    max_quantity: MaxQuantity | None = None
    foc: FocTime | None = None
    intervals: Intervals | None = None
    """Standard intervals, where no special table holds."""
    special_intervals: tuple[Intervals, ...] = ()
    """Tables for some dates or some kinds of port; the first that holds is taken."""
    conditioning: Conditioning | None = None
    wire_centers: WireCenters | None = None
    """None where no list of wire centers closes it."""
    building_cap: Cap | None = None
    flow_through: bool | tuple[FlowThrough, ...] = False
    """Which orders may pass with no person touching them, as the parties have declared: none, all, or those of rows."""
    note: str | None = None

    def flows_through(self, request: Passage) -> bool:
        """Say whether the parties have declared that `request` passes with no person touching it."""
        rows = self.flow_through
        return rows if isinstance(rows, bool) else any(row.admits(request) for row in rows)

    def individual_case(self, quantity: int) -> bool:
        """Say whether `quantity` is above what has a standard interval (ICB)."""
        return self.max_quantity is not None and quantity > self.max_quantity.quantity

    def offered_on(self, day: date, activity: str) -> bool:
        """Say whether an order of `activity` (ACT) may have the application date `day`."""
        terms = self.availability
        return terms is None or activity not in terms.closed_to or terms.offered_on(day)

    def intervals_for(self, day: date, port: str | None) -> Intervals | None:
        """Give the table of standard intervals for an application date and a kind of port."""
        return next((table for table in self.special_intervals if table.holds_for(day, port)), self.intervals)

    def interval(self, quantity: int) -> int | None:
        """Give the standard interval in business days; None where there is none or it is an individual case."""
        if self.intervals is None or self.individual_case(quantity):
            return None
        return self.intervals.for_quantity(quantity)
