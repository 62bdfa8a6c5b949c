"""The model of the terms on collocation: kinds, what a complete application holds, prices, forecasts, space held."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, NonNegativeInt, PositiveInt, model_validator

from validators.agreement.process_terms import ProcessTerm
from validators.agreement.strict import LocalTime, Strict, contradiction


def _money(value: object) -> object:
    if isinstance(value, float):
        raise contradiction(f"{value!r} is no exact amount", 'write it in quotes, as in "1284.30"')
    return value


Money = Annotated[Decimal, BeforeValidator(_money)]
"""Dollars and cents, exact; written in quotes."""


class Kind(Strict):
    """One kind of request. `id` is the key in the file; messages write it in capitals."""

    id: str
    name: str
    section: str
    process: str
    """The life cycle that it goes through."""
    facts: tuple[str, ...] = ()
    """Facts that hold of every request of this kind."""
    limited: bool = False
    """Counts among the applications of a week whose intervals are guaranteed."""
    forecast_kinds: tuple[str, ...] = ()
    """Kinds whose forecast covers this one; none where forecasts do not matter."""
    payment_percent: NonNegativeInt | None = None
    """Share of the quoted nonrecurring charges that makes an acceptance complete; None where a fact decides."""
    elements: tuple[str, ...] = ()
    """Rate elements that its quotations are made of; none where any may be quoted."""
    elements_section: str = ""


class Needed(Strict):
    """Something that a message must hold. `id` is the key in the file."""

    id: str
    upholds: tuple[str, ...]
    """Catalogue entries that ask for it."""
    section: str
    item: str | None = None
    """Letter of the item in the list of a complete application."""
    kinds: tuple[str, ...] = Field(min_length=1)
    """Kinds, or product groups of kinds."""
    messages: tuple[str, ...] = ("application",)
    any_of: tuple[str, ...] = ()
    """Fields (FORM.FIELD) of which one must be there."""
    every: tuple[str, ...] = ()
    """Fields that each detail of the form must have; there must be a detail."""
    one_of: Mapping[str, tuple[str, ...]] = {}
    """Values that a field may have, if it is there."""
    least: Mapping[str, int] = {}
    """The least that a number may be, if it is there; of a detail's field, in each detail."""
    most: Mapping[str, int] = {}
    multiple: Mapping[str, PositiveInt] = {}
    """What a number must be a multiple of."""
    absent: tuple[str, ...] = ()
    """Fields that may not be there."""
    where: Mapping[str, tuple[str, ...]] = {}
    """Asked only where these fields have one of these values; an empty list means where the field is there."""
    or_not_applicable: bool = False
    """An explicit `not applicable` (SPACE.NA) is enough."""
    text: str
    cure: str
    effect: Literal["deficiency", "reject", "warn"] = "deficiency"


FeedEnd = Literal["fuse-board", "power-board"]
"""Where a feed of DC power ends (8.2.1.30)."""


class Rate(Strict):
    """The price of one rate element from a day on."""

    since: date
    nonrecurring: Money | None = None
    recurring: Money | None = None
    """A month."""
    sample: bool = False
    """True where the text does not give the amount for this element beyond doubt."""


class Element(Strict):
    """One rate element. `id` is its code in the price list."""

    id: str
    description: str
    unit: str
    section: str
    rates: tuple[Rate, ...] = Field(min_length=1)
    credited: bool = False
    """Credited against the space construction charge when the job is completed."""
    owed_anyway: bool = False
    """Owed even if the quotation is declined."""
    discount_percent: NonNegativeInt = 0
    feeds: FeedEnd | None = None
    """Where the feeds end that it is for; None for any, and for what is no feed."""

    def rate_on(self, day: date) -> Rate | None:
        """Give the price that holds on `day`."""
        return next(
            (rate for rate in sorted(self.rates, key=lambda r: r.since, reverse=True) if rate.since <= day), None
        )


class Quotations(Strict):
    """What holds of every quotation."""

    section: str
    acceptance_percent: PositiveInt
    """Share of the nonrecurring charges that a complete acceptance pays."""
    extended_days: PositiveInt
    """The latest ready date that a quotation may propose for major infrastructure, in Days from the application."""
    extended_section: str


class Forecasts(Strict):
    """When an application counts as forecast."""

    section: str
    days_on_file: PositiveInt
    tolerance_percent: PositiveInt
    days_section: str


class Volume(Strict):
    """How many applications of a CLEC in a state keep the standard intervals."""

    section: str
    applications: PositiveInt
    days: PositiveInt


class Size(Strict):
    """A fact that follows from the size of a request, or what it is for. `id` is the key in the file, and the fact."""

    id: str
    section: str
    kinds: tuple[str, ...] = Field(min_length=1)
    least: Mapping[str, PositiveInt] = {}
    """Fields (FORM.FIELD) of which one must be as large as this."""
    only: Mapping[str, tuple[str, ...]] = {}
    """Fields that have none but these values, wherever they stand; each must be there."""
    summed_days: NonNegativeInt = 0
    """Requests of the CLEC of the same kind in the state, received in so many days, count together."""
    or_above_percent: Money | None = None
    """The fact follows above this share of all that there are in the state too, where their number is known."""
    all_in_state: PositiveInt | None = None
    """How many there are in the state; None where nobody has said."""
    upholds: tuple[str, ...] = ()

    def reached(self, field: str, number: int) -> bool:
        """Say whether a number is large enough: the lesser of the figure and of the share counts."""
        share = self.or_above_percent
        if share is not None and self.all_in_state is not None and number * 100 > share * self.all_in_state:
            return True
        return number >= self.least[field]


class RefundBand(Strict):
    """What is paid back on a cancellation up to a day."""

    until_day: PositiveInt
    percent: NonNegativeInt


class Holding(Strict):
    """How long space is held, by category of equipment, and what is paid for it."""

    section: str
    years: Mapping[str, PositiveInt]
    percent: PositiveInt | None = None
    """Share of the quoted nonrecurring charges that holds it."""
    refund: tuple[RefundBand, ...] = ()
    refund_section: str = ""


class Optioned(Strict):
    """What an option on space may be."""

    section: str
    monthly_per_square_foot: Money
    fee_section: str


class Readings(Strict):
    """How often the power of a site is read."""

    section: str
    most: PositiveInt
    months: PositiveInt


class EarlyAccess(Strict):
    """What is paid for access to space before it is ready, beside what an acceptance pays."""

    section: str
    percent_of_outstanding: PositiveInt


class FeeReturn(Strict):
    """What is returned of the processing fee of a bona fide request that is cancelled in time."""

    section: str
    element: str
    """The rate element of the fee."""
    refund_percent: PositiveInt


class JointTests(Strict):
    """When a joint test is free of charge."""

    section: str
    free_above_percent: NonNegativeInt
    """The share of the terminations that the ILEC's errors must exceed."""
    charge: str
    """The charge of the agreement that states the time of a test."""


class PowerFeeds(Strict):
    """Where feeds of DC power typically end."""

    section: str
    fuse_board_amps: PositiveInt
    """The most amperes of a feed that ends on a fuse board; greater ones end on a power board."""

    def end_of(self, amps: int) -> FeedEnd:
        """Give where a feed of so many amperes ends."""
        return "fuse-board" if amps <= self.fuse_board_amps else "power-board"


class PowerMaintenance(Strict):
    """What is paid each month to hold a feed."""

    section: str
    element: str


class Labor(Strict):
    """Labor at a site: the charge of the agreement for each kind of work."""

    section: str
    charges: Mapping[str, str]


class Visits(Strict):
    """When joint inventory visits are held: on business days, local time."""

    section: str
    begin: LocalTime
    end: LocalTime


class PostedSites(Strict):
    """What holds of a site from the posted inventory."""

    section: str
    minimum_months: PositiveInt
    """Months of recurring charges that are due even if it is left before."""


class SpecialSites(Strict):
    """What is charged for a posted site that came back through bankruptcy or abandonment: codes of rate elements."""

    section: str
    instead_of: str
    """The planning fee of other sites, charged only with an augment."""
    assessment: str
    administration: str
    survey: str
    """Charged if the CLEC asks for one."""

    @property
    def own(self) -> frozenset[str]:
        """The elements that are charged for no other site."""
        return frozenset({self.assessment, self.administration, self.survey})


class CollocationTerms(Strict):
    """Everything of the agreement that is asked for by application and clock."""

    section: str
    deficiency_notice: Literal["with-the-ilec", "at-once"]
    """Whether what the gateway finds missing waits for what a person sees (and goes out by itself before the time is
    over), or is told at once.
    """
    items: Mapping[str, str]
    """The items of a complete application by letter."""
    kinds: Mapping[str, Kind]
    needed: Mapping[str, Needed]
    sizes: Mapping[str, Size] = {}
    processes: Mapping[str, ProcessTerm]
    elements: Mapping[str, Element]
    quotations: Quotations
    forecasts: Forecasts
    volume: Volume
    reservation: Holding
    option: Holding
    optioned: Optioned
    readings: Readings
    early_access: EarlyAccess
    bona_fide: FeeReturn
    joint_tests: JointTests
    power_feeds: PowerFeeds
    power_maintenance: PowerMaintenance
    labor: Labor
    visits: Visits
    posted_sites: PostedSites
    special_sites: SpecialSites
    stands_for: Mapping[str, str] = {}
    """Catalogue entries that a term here carries out beside the steps, each with the place of that term."""

    @model_validator(mode="before")
    @classmethod
    def _name_terms(cls, data: Any) -> Any:
        """Give each kind, need, life cycle and rate element its key as `id`."""
        if not isinstance(data, dict):
            return data
        named = {key: _with_ids(data[key]) for key in _KEYED if isinstance(data.get(key), dict)}
        return {**data, **named}

    @cached_property
    def carries_out(self) -> frozenset[str]:
        """The entries of the catalogue that these terms carry out, clocks aside."""
        of_steps = {name for process in self.processes.values() for step in process.steps for name in step.upholds}
        of_needs = {name for need in self.needed.values() for name in need.upholds}
        of_sizes = {name for size in self.sizes.values() for name in size.upholds}
        return frozenset(of_steps | of_needs | of_sizes | set(self.stands_for))

    def process_of(self, kind_id: str) -> ProcessTerm:
        """Give the life cycle of a kind.

        Raises:
            KeyError: there is no such kind.
        """
        return self.processes[self.kinds[kind_id].process]


_KEYED = ("kinds", "needed", "sizes", "processes", "elements")


def _with_ids(terms: dict[str, Any]) -> dict[str, Any]:
    return {key: {**term, "id": key} if isinstance(term, dict) else term for key, term in terms.items()}
