"""Loops at a place: availability, make-up, qualification, raw data (12.2.1.1.4.7, .12, .13, 9.2.2.8.1 to .5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gateway.preorder.caller import Caller
from gateway.preorder.queries.query import PLACE, query
from gateway.preorder.shapes import Answer, Cable, Shape, TelephoneNumber, Where, WireCenterClli
from gateway.preorder.territory import Territory
from gateway.preorder.territory_rows import AddressRow, DesignLimit, Loop, Segment


class PlaceQuestion(Where):
    """What of loops is there at a place?"""


class ProductQuestion(Where):
    """Is there a loop for a product at a place?"""

    product: Annotated[str, Field(pattern=r"^[a-z0-9-]{2,30}$")] = Field(
        "loop-2w-analog", description="Id of a loop product, e.g. loop-2w-nonloaded."
    )


@dataclass(frozen=True, slots=True)
class MakeUp:
    """What a pair is made of, summed over its segments; lengths in feet."""

    loop: Loop
    segments: Sequence[Segment]
    searched_on: date | None = None
    """The day from which it is what a manual search of the records found."""

    @property
    def feet(self) -> int:
        """Length from the wire center to the terminal."""
        return sum(part.feet for part in self.segments)

    @property
    def tap_feet(self) -> int:
        """Bridged tap on all segments."""
        return sum(part.tap_feet for part in self.segments)

    @property
    def loads(self) -> int:
        """Load coils."""
        return sum(part.loads for part in self.segments)

    @property
    def repeaters(self) -> int:
        """Repeaters."""
        return sum(part.repeaters for part in self.segments)

    def carries(self, limit: DesignLimit) -> bool:
        """Say whether the pair carries a service as it is: there are no hindrances."""
        return (
            self.feet <= limit.most_feet
            and self.tap_feet <= limit.most_tap_feet
            and self.loads <= limit.most_loads
            and (not self.loop.pair_gain or limit.pair_gain)
        )

    def hindrances(self, limit: DesignLimit) -> tuple[str, ...]:
        """Say what keeps the pair from carrying a service as it is."""
        found = {
            f"the loop has {self.feet} feet, more than {limit.most_feet}": self.feet > limit.most_feet,
            f"bridged tap of {self.tap_feet} feet": self.tap_feet > limit.most_tap_feet,
            f"{self.loads} load coils": self.loads > limit.most_loads,
            f"pair gain ({self.loop.pair_gain})": bool(self.loop.pair_gain) and not limit.pair_gain,
        }
        return tuple(text for text, there in found.items() if there)


def make_ups(territory: Territory, address: AddressRow) -> tuple[MakeUp, ...]:
    """Give what every pair at an address is made of, but the defective ones."""
    return tuple(
        MakeUp(loop, territory.make_up(loop.wire_center, loop.cable, loop.pair), territory.searched_on(loop))
        for loop in territory.loops_at(address)
        if loop.status != "defective"
    )


class LoopView(Shape):
    """One pair and its make-up."""

    wire_center: str
    cable: str
    pair: int
    status: str
    length_feet: int
    bridged_tap_feet: int
    load_coils: int
    repeaters: int
    pair_gain: str | None
    searched_on: date | None = Field(
        None, description="Since when this is what a manual search of the records found (9.2.2.8.6)."
    )

    @classmethod
    def of(cls, made: MakeUp) -> "LoopView":
        """Show a pair."""
        loop = made.loop
        return cls(
            wire_center=loop.wire_center,
            cable=loop.cable,
            pair=loop.pair,
            status=loop.status,
            length_feet=made.feet,
            bridged_tap_feet=made.tap_feet,
            load_coils=made.loads,
            repeaters=made.repeaters,
            pair_gain=loop.pair_gain or None,
            searched_on=made.searched_on,
        )


class AvailabilityAnswer(Answer):
    """How many pairs could carry the product."""

    product: str
    spare: int = Field(0, description="Spare pairs that carry it as they are.")
    reusable: int = Field(0, description="Working pairs that would carry it.")
    after_conditioning: int = Field(0, description="Spare pairs that would carry it once conditioned.")


@query(
    "facility-availability",
    "12.2.1.1.4.7",
    "How many pairs at an address could carry a product",
    {**PLACE, "product": "loop-2w-nonloaded"},
    measure=3,
)
def find_facilities(territory: Territory, asked: ProductQuestion, caller: Caller) -> AvailabilityAnswer:
    """Count the pairs at a place that could carry a product."""
    del caller
    address, limit = territory.at(asked), territory.limits.get(asked.product)
    if address is None or limit is None:
        text = NO_PLACE if address is None else f"No design limits are known for {asked.product}."
        return AvailabilityAnswer(found=False, text=text, product=asked.product)
    pairs = make_ups(territory, address)
    spare = [made for made in pairs if made.loop.status == "spare"]
    fit = sum(made.carries(limit) for made in spare)
    reusable = sum(made.carries(limit) for made in pairs if made.loop.status == "working")
    mendable = sum(after_conditioning(made, limit) for made in spare)
    return AvailabilityAnswer(
        found=bool(fit or reusable or mendable),
        text="" if fit else "No spare pair carries it as it is.",
        product=asked.product,
        spare=fit,
        reusable=reusable,
        after_conditioning=mendable,
    )


def after_conditioning(made: MakeUp, limit: DesignLimit) -> bool:
    """Say whether a pair carries the service once coils and taps are off, and not before."""
    conditioned = limit.model_copy(update={"most_tap_feet": made.tap_feet, "most_loads": made.loads})
    return not made.carries(limit) and made.carries(conditioned)


class QualificationAnswer(Answer):
    """The pairs at the place, and whether they carry the product."""

    product: str
    qualified: bool = False
    needs_conditioning: bool = Field(False, description="Every pair that could carry it has coils or tap to remove.")
    loops: list[LoopView] = Field([])


@query(
    "loop-qualification",
    "12.2.1.1.4.7, 9.2.2.8.1",
    "Loop make-up at an address, and whether a loop carries a product",
    {**PLACE, "product": "loop-2w-nonloaded"},
    measure=7,
)
def qualify_loop(territory: Territory, asked: ProductQuestion, caller: Caller) -> QualificationAnswer:
    """Give the make-up of every pair at a place, and whether one of them carries a product."""
    del caller
    address, limit = territory.at(asked), territory.limits.get(asked.product)
    if address is None or limit is None:
        text = NO_PLACE if address is None else f"No design limits are known for {asked.product}."
        return QualificationAnswer(found=False, text=text, product=asked.product)
    pairs = make_ups(territory, address)
    good = any(made.carries(limit) for made in pairs)
    return QualificationAnswer(
        found=bool(pairs),
        text="" if good else _why_not(pairs, limit),
        product=asked.product,
        qualified=good,
        needs_conditioning=not good and any(after_conditioning(made, limit) for made in pairs),
        loops=[LoopView.of(made) for made in pairs],
    )


def _why_not(pairs: Iterable[MakeUp], limit: DesignLimit) -> str:
    hindrances = dict.fromkeys(text for made in pairs for text in made.hindrances(limit))
    return f"No pair carries it: {'; '.join(hindrances)}." if hindrances else "No pair reaches the place."


class YesNoAnswer(Answer):
    """Yes or no, with a brief reason for no."""

    qualified: bool
    lines_found: int = 0
    loops: list[LoopView] = Field([])


@query(
    "isdn-qualification", "12.2.1.1.4.13, 9.2.2.8.5", "Whether an ISDN-capable loop is at an address", PLACE, measure=7
)
def qualify_isdn(territory: Territory, asked: PlaceQuestion, caller: Caller) -> YesNoAnswer:
    """Say whether an ISDN-capable loop is at the place, how many lines were found, and which loop it is (9.2.2.8.5)."""
    del caller
    return _qualified(territory, asked, "isdn")


@query(
    "dsl-qualification", "12.2.1.1.4.13, 9.2.2.8.4", "Whether the ILEC's DSL can be had at an address", PLACE, measure=7
)
def qualify_dsl(territory: Territory, asked: PlaceQuestion, caller: Caller) -> YesNoAnswer:
    """Say whether the ILEC's DSL can be had at the place; a no comes with a brief explanation (9.2.2.8.4)."""
    del caller
    return _qualified(territory, asked, "dsl")


def _qualified(territory: Territory, asked: Where, service: str) -> YesNoAnswer:
    address, limit = territory.at(asked), territory.limits.get(service)
    if address is None or limit is None:
        return YesNoAnswer(found=False, text=NO_PLACE, qualified=False)
    pairs = make_ups(territory, address)
    offer = territory.offers.get((address.wire_center, service))
    good = [made for made in pairs if made.carries(limit)]
    if offer is not None and not offer.available:
        return YesNoAnswer(found=True, text=offer.reason, qualified=False, lines_found=len(pairs))
    return YesNoAnswer(
        found=True,
        text="" if good else _why_not(pairs, limit),
        qualified=bool(good),
        lines_found=len(pairs),
        loops=[LoopView.of(made) for made in good],
    )


class ConversionQuestion(Shape):
    """Can the loop of a working line become an unbundled loop?"""

    wtn: TelephoneNumber


class ConversionAnswer(Answer):
    """Copper or pair gain, and whether load coils are on it (9.2.2.8.3)."""

    facility: Literal["copper", "pair-gain"] | None = None
    load_coils: bool | None = None


@query(
    "pots-conversion",
    "9.2.2.8.3",
    "Copper or pair gain, and load coils, on the loop of a working number",
    {"wtn": "2085550201"},
    measure=7,
)
def check_conversion(territory: Territory, asked: ConversionQuestion, caller: Caller) -> ConversionAnswer:
    """Give what the line of a number is made of."""
    del caller
    address = territory.at(Where(wtn=asked.wtn))
    pairs = make_ups(territory, address) if address is not None else ()
    made = next((made for made in pairs if made.loop.tn == asked.wtn), None)
    if made is None:
        return ConversionAnswer(found=False, text=NO_PLACE)
    facility: Literal["copper", "pair-gain"] = "pair-gain" if made.loop.pair_gain else "copper"
    return ConversionAnswer(found=True, facility=facility, load_coils=made.loads > 0)


class RawLoopQuestion(Shape):
    """The raw data of the loops at a place, or of a whole cable of a wire center."""

    place: Where | None = None
    wire_center: WireCenterClli | None = None
    cable: Cable | None = None

    @model_validator(mode="after")
    def _place_or_cable(self) -> Self:
        by_cable = self.wire_center is not None and self.cable is not None
        if by_cable == (self.place is not None) or (self.wire_center is None) != (self.cable is None):
            raise ValueError("give a place, or a wire_center with a cable")
        return self


class RawSegment(Shape):
    """One sub-segment as the records have it; lengths in feet."""

    wire_center: str
    cable: str
    low_pair: int
    high_pair: int
    terminal: str | None
    mlt_distance: int
    segment: str
    sub_segment: int
    length: int
    gauge: int
    bridged_tap_length: int
    bridged_tap_offset: int
    load_coil_type: str | None
    number_of_loads: int
    pair_gain_type: str | None


class RawLoopAnswer(Answer):
    """The sub-segments, from the wire center outwards."""

    segments: list[RawSegment]


@query(
    "raw-loop-data",
    "12.2.1.1.4.12, 9.2.2.8.2",
    "Raw loop data by segment and sub-segment, of an address or a cable",
    {"place": PLACE},
    measure=7,
)
def read_raw_loop_data(territory: Territory, asked: RawLoopQuestion, caller: Caller) -> RawLoopAnswer:
    """Give what 9.2.2.8.2 lists, by segment and sub-segment."""
    del caller
    if asked.wire_center is not None and asked.cable is not None:
        parts = territory.cable(asked.wire_center, asked.cable)
        raw = [_raw(part, part.low, part.high, part.feet, None, None) for part in parts]
        return RawLoopAnswer(found=bool(raw), text="" if raw else "There is no such cable.", segments=raw)
    address = territory.at(asked.place) if asked.place is not None else None
    raw = [
        _raw(part, made.loop.pair, made.loop.pair, made.feet, address.terminal, made.loop.pair_gain)
        for made in (make_ups(territory, address) if address is not None else ())
        for part in made.segments
        if address is not None
    ]
    return RawLoopAnswer(found=bool(raw), text="" if raw else NO_PLACE, segments=raw)


def _raw(part: Segment, low: int, high: int, feet: int, terminal: str | None, gain: str | None) -> RawSegment:
    return RawSegment(
        wire_center=part.wire_center,
        cable=part.cable,
        low_pair=low,
        high_pair=high,
        terminal=terminal,
        mlt_distance=feet,
        segment=part.segment,
        sub_segment=part.sub_segment,
        length=part.feet,
        gauge=part.gauge,
        bridged_tap_length=part.tap_feet,
        bridged_tap_offset=part.tap_offset,
        load_coil_type=part.load_coil or None,
        number_of_loads=part.loads,
        pair_gain_type=gain or None,
    )


NO_PLACE = "No single address fits; validate the address first."
