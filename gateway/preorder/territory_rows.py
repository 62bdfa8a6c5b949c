"""The rows of a territory, as its CSV files have them: one type a file, its columns in the order of the fields."""

from datetime import time
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from gateway.preorder.shapes import (
    Account,
    Cable,
    Circuit,
    Clli,
    HouseNumber,
    NetworkChannel,
    NetworkInterface,
    TelephoneNumber,
    WireCenterClli,
    Words,
)


def _split(value: object) -> object:
    return tuple(part for part in value.split(";") if part) if isinstance(value, str) else value


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


ListOfWords = Annotated[tuple[str, ...], BeforeValidator(_split)]
"""Values with semicolons between them."""
OptionalNumber = Annotated[TelephoneNumber | None, BeforeValidator(_none_if_empty)]
OptionalInterface = Annotated[NetworkInterface | None, BeforeValidator(_none_if_empty)]
OptionalAddress = Annotated[int | None, BeforeValidator(_none_if_empty)]
Count = Annotated[int, Field(ge=0)]
Pair = Annotated[int, Field(ge=1, le=9999)]


class Row(BaseModel):
    """One line of a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WireCenter(Row):
    """A building with a switch, and the ground that it serves."""

    clli: WireCenterClli
    name: Words
    city: Words
    zip: str
    lata: str
    switch: Clli
    switch_type: Words
    npa_nxx: ListOfWords


class Location(Row):
    """Something with a CLLI code of eleven characters: a switch, a frame, a collocation, a point of interface."""

    clli: Clli
    wire_center: WireCenterClli
    kind: Literal["switch", "tandem", "frame", "collocation", "interface", "terminal"]
    ccna: str
    """Whose it is; empty for the ILEC's."""


class AddressRow(Row):
    """A service address and the terminal that serves it."""

    id: int
    wire_center: WireCenterClli
    sano: HouseNumber
    sasd: str
    sasn: Words
    sath: str
    city: Words
    state: str
    zip: str
    terminal: str


class Loop(Row):
    """A pair from the wire center to a terminal, and the address that it reaches or could reach."""

    wire_center: WireCenterClli
    cable: Cable
    pair: Pair
    address: int
    tn: OptionalNumber
    status: Literal["working", "spare", "defective"]
    pair_gain: str
    """Type of pair gain or digital loop carrier; empty for copper all the way."""


class Segment(Row):
    """A stretch of some pairs of a cable: lengths in feet."""

    wire_center: WireCenterClli
    cable: Cable
    low: Pair
    high: Pair
    segment: str
    sub_segment: Count
    gauge: Count
    feet: Count
    tap_feet: Count
    tap_offset: Count
    load_coil: str
    loads: Count
    repeaters: Count


class NumberRange(Row):
    """Numbers of a wire center that the ILEC sets apart to be given out, both ends included."""

    wire_center: WireCenterClli
    low: TelephoneNumber
    high: TelephoneNumber


class CfaRange(Row):
    """Channels of one connecting facility, all in one state."""

    designation: str
    type: str
    low: Count
    high: Count
    digits: Count
    """How many digits a channel is written with; 0 where it has none."""
    from_clli: Clli
    to_clli: Clli
    ccna: str
    status: Literal["spare", "busy", "pending"]
    circuit: str


class CodePair(Row):
    """NC and NCI codes that go together, and what they order."""

    nc: NetworkChannel
    nci: NetworkInterface
    secnci: OptionalInterface
    orders: ListOfWords
    product: str
    flow_through: bool


class BillingAccount(Row):
    """A billing account number."""

    ban: Account
    ccna: str
    status: Literal["active", "closed"]
    name: Words


class MeetPoint(Row):
    """Where the high-frequency part of shared loops is handed over."""

    wire_center: WireCenterClli
    number: Count
    splitter: str
    cable: Cable
    low: Pair
    high: Pair
    ccna: str
    status: Literal["spare", "busy"]


class Crews(Row):
    """How many installations a wire center's technicians take in a part of a weekday (Monday is 1)."""

    wire_center: WireCenterClli
    weekday: Annotated[int, Field(ge=1, le=7)]
    begin: time
    end: time
    crews: Count


class CircuitRow(Row):
    """A designed circuit and what it is made of."""

    circuit: Circuit
    ccna: str
    wire_center: WireCenterClli
    address: OptionalAddress
    cfa: str
    cable: str
    pair: Count
    nc: NetworkChannel
    nci: NetworkInterface
    secnci: OptionalInterface


class Customer(Row):
    """A retail end user's service record."""

    tn: TelephoneNumber
    account: Account
    name: Words
    address: int
    billing_name: Words
    billing_address: Words
    features: ListOfWords
    listing: str
    pic: str
    lpic: str


class Feature(Row):
    """A feature that a type of switch has."""

    switch_type: Words
    usoc: str
    name: Words


class Carrier(Row):
    """A long distance carrier that can be chosen."""

    cic: str
    name: Words
    intralata: bool
    interlata: bool


class Offer(Row):
    """A service that is, or is not, to be had at a wire center."""

    wire_center: WireCenterClli
    service: str
    available: bool
    reason: str


class DesignLimit(Row):
    """What a loop may have and still carry a service; feet."""

    service: str
    most_feet: Count
    most_tap_feet: Count
    most_loads: Count
    pair_gain: bool
    """Whether a pair gain system may be in the way."""


class Files(NamedTuple):
    """All rows of a territory; the names are those of the files."""

    wire_centers: tuple[WireCenter, ...]
    locations: tuple[Location, ...]
    addresses: tuple[AddressRow, ...]
    loops: tuple[Loop, ...]
    segments: tuple[Segment, ...]
    numbers: tuple[NumberRange, ...]
    cfas: tuple[CfaRange, ...]
    nc_nci: tuple[CodePair, ...]
    accounts: tuple[BillingAccount, ...]
    meet_points: tuple[MeetPoint, ...]
    appointments: tuple[Crews, ...]
    circuits: tuple[CircuitRow, ...]
    customers: tuple[Customer, ...]
    features: tuple[Feature, ...]
    carriers: tuple[Carrier, ...]
    services: tuple[Offer, ...]
    design_limits: tuple[DesignLimit, ...]


ROWS: dict[str, type[Row]] = {
    "wire_centers": WireCenter,
    "locations": Location,
    "addresses": AddressRow,
    "loops": Loop,
    "segments": Segment,
    "numbers": NumberRange,
    "cfas": CfaRange,
    "nc_nci": CodePair,
    "accounts": BillingAccount,
    "meet_points": MeetPoint,
    "appointments": Crews,
    "circuits": CircuitRow,
    "customers": Customer,
    "features": Feature,
    "carriers": Carrier,
    "services": Offer,
    "design_limits": DesignLimit,
}
"""The type of the rows of each file."""
