"""The files that a CLEC downloads (12.2.5.2.8), as questions for their rows page by page: SAG and FAM.

The street address guide (SAG) has addresses with their serving central office. The features availability matrix (FAM)
has USOCs of basic telephone service by state, their availability by exchange (NPA-NXX), and the carriers there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Final, TypeVar

from pydantic import Field, StringConstraints

from gateway.preorder.caller import Caller
from gateway.preorder.queries.addresses import ListedAddress
from gateway.preorder.queries.query import Query, query
from gateway.preorder.shapes import Answer, Shape
from gateway.preorder.territory import Territory
from gateway.preorder.territory_rows import Feature, WireCenter

Told = TypeVar("Told", bound="FilePage")

SECTION: Final = "12.2.5.2.8"
MOST_ROWS: Final = 1_000
"""Of a page."""
_CENTREX: Final = "CENTREX"
_EXAMPLE: Final = {"limit": 2}


class FilePageQuestion(Shape):
    """Which rows does a file have, after those that were told?"""

    after: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        None, description="`next` of the page before; none asks for the first."
    )
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = MOST_ROWS


class FilePage(Answer):
    """Some rows of a file; those of all pages, in their order, are the file."""

    next: str | None = Field(None, description="What names the page after this one; none where this is the last.")


class StreetLine(ListedAddress):
    """An address, and the central office that serves it."""

    switch: str


class StreetPage(FilePage):
    """Rows of the street address guide."""

    rows: list[StreetLine]


class FeatureLine(Shape):
    """A USOC that a state has."""

    state: str
    usoc: str
    name: str


class FeaturePage(FilePage):
    """Rows of the USOCs by state."""

    rows: list[FeatureLine]


class AvailableLine(Shape):
    """A USOC that is to be had in an exchange."""

    npa_nxx: str
    usoc: str


class AvailablePage(FilePage):
    """Rows of the USOCs by exchange."""

    rows: list[AvailableLine]


class CarrierLine(Shape):
    """A carrier that can be chosen in an exchange, and for which calls."""

    npa_nxx: str
    cic: str
    name: str
    intralata: bool
    interlata: bool


class CarrierPage(FilePage):
    """Rows of the carriers by exchange."""

    rows: list[CarrierLine]


@query("street-address-guide", SECTION, "Addresses and the central office that serves each (SAG)", _EXAMPLE)
def list_streets(territory: Territory, asked: FilePageQuestion, caller: Caller) -> StreetPage:
    """Give addresses in the order of the records."""
    del caller
    switches = {center.clli: center.switch for center in territory.files.wire_centers}
    lines = (
        StreetLine(
            **{name: getattr(row, name) for name in ListedAddress.model_fields},
            switch=switches[row.wire_center],
        )
        for row in islice(territory.files.addresses, _start(asked), None)
    )
    return _page(StreetPage, lines, asked)


@query("feature-list", SECTION, "USOCs of basic telephone service and what they are, by state (FAM)", _EXAMPLE)
def list_features_by_state(territory: Territory, asked: FilePageQuestion, caller: Caller) -> FeaturePage:
    """Give the USOCs of all switches of each state, once each."""
    del caller
    states = {row.wire_center: row.state for row in territory.files.addresses}
    found = dict.fromkeys(
        (states[center.clli], feature.usoc, feature.name)
        for center in territory.files.wire_centers
        if center.clli in states
        for feature in _features(territory, center)
    )
    lines = (FeatureLine(state=state, usoc=usoc, name=name) for state, usoc, name in sorted(found))
    return _page(FeaturePage, islice(lines, _start(asked), None), asked)


@query("feature-availability", SECTION, "USOCs that are to be had in each exchange, NPA-NXX (FAM)", _EXAMPLE)
def list_features_by_exchange(territory: Territory, asked: FilePageQuestion, caller: Caller) -> AvailablePage:
    """Give the USOCs of the switch of each exchange, those of Centrex aside."""
    del caller
    # Switches that share an exchange have it together.
    found = dict.fromkeys(
        (npa_nxx, feature.usoc)
        for npa_nxx, center in _exchanges(territory)
        for feature in _features(territory, center)
        if _CENTREX not in feature.name.upper()
    )
    lines = (AvailableLine(npa_nxx=npa_nxx, usoc=usoc) for npa_nxx, usoc in found)
    return _page(AvailablePage, islice(lines, _start(asked), None), asked)


@query("carrier-list", SECTION, "Carriers for intraLATA and interLATA toll in each exchange, NPA-NXX (FAM)", _EXAMPLE)
def list_carriers_by_exchange(territory: Territory, asked: FilePageQuestion, caller: Caller) -> CarrierPage:
    """Give the carriers that can be chosen in each exchange."""
    del caller
    lines = (
        CarrierLine(npa_nxx=npa_nxx, **row.model_dump())
        for npa_nxx in dict.fromkeys(npa_nxx for npa_nxx, _ in _exchanges(territory))
        for row in territory.files.carriers
    )
    return _page(CarrierPage, islice(lines, _start(asked), None), asked)


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """A file: the query for its rows, and what a row is, whose members are its columns."""

    query: Query[FilePageQuestion, Any]
    line: type[Shape]

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return self.query.name


REFERENCE_FILES: Final = (
    ReferenceFile(list_streets, StreetLine),
    ReferenceFile(list_features_by_state, FeatureLine),
    ReferenceFile(list_features_by_exchange, AvailableLine),
    ReferenceFile(list_carriers_by_exchange, CarrierLine),
)
"""Every file that can be downloaded."""


def _exchanges(territory: Territory) -> Iterator[tuple[str, WireCenter]]:
    return ((npa_nxx, center) for center in territory.files.wire_centers for npa_nxx in center.npa_nxx)


def _features(territory: Territory, center: WireCenter) -> Iterator[Feature]:
    return (row for row in territory.files.features if row.switch_type == center.switch_type)


def _start(asked: FilePageQuestion) -> int:
    """Give the number of the first row that is asked for; a page that no row names is the first."""
    return int(asked.after) if asked.after is not None and asked.after.isdecimal() else 0


def _page(make: Callable[..., Told], lines: Iterable[Shape], asked: FilePageQuestion) -> Told:
    """Give the page of the first of `lines`, which begin where it begins."""
    rows = list(islice(lines, asked.limit + 1))
    more = str(_start(asked) + asked.limit) if len(rows) > asked.limit else None
    return make(found=bool(rows), text="" if rows else "There are no rows.", rows=rows[: asked.limit], next=more)
