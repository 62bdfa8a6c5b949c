"""A territory in memory: its rows behind the indexes that the questions need, so that an answer is a few look-ups."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Final, Protocol, TypeVar

from gateway.preorder.shapes import AtWireCenter, Where
from gateway.preorder.territory_rows import (
    AddressRow,
    CfaRange,
    CodePair,
    Crews,
    Files,
    Loop,
    MeetPoint,
    NumberRange,
    Segment,
)

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)

BUILDING: Final = 8
"""Characters of a CLLI code that name the building."""
_PARTS_OF_CFA: Final = 5
_THOROUGHFARES: Final = {
    "AVENUE": "AVE",
    "BOULEVARD": "BLVD",
    "CIRCLE": "CIR",
    "COURT": "CT",
    "DRIVE": "DR",
    "LANE": "LN",
    "ROAD": "RD",
    "STREET": "ST",
}


class AddressParts(Protocol):
    """An address as it is asked for; None where a part is not told."""

    @property
    def sano(self) -> str | None:
        """House number."""

    @property
    def sasd(self) -> str | None:
        """Direction."""

    @property
    def sasn(self) -> str:
        """Street."""

    @property
    def sath(self) -> str | None:
        """Thoroughfare."""

    @property
    def city(self) -> str:
        """City."""

    @property
    def state(self) -> str:
        """State."""

    @property
    def zip(self) -> str | None:
        """ZIP code."""


class Territory:
    """The reference data of one ILEC in one state."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.wire_centers = {row.clli: row for row in files.wire_centers}
        self.locations = {row.clli: row for row in files.locations}
        self.addresses = {row.id: row for row in files.addresses}
        self.customers = {row.tn: row for row in files.customers}
        self.accounts = {row.ban: row for row in files.accounts}
        self.circuits = {squeezed(row.circuit): row for row in files.circuits}
        self.limits = {row.service: row for row in files.design_limits}
        self.offers = {(row.wire_center, row.service): row for row in files.services}
        self._streets = _grouped(files.addresses, lambda row: (row.city, row.sasn))
        self._loops = _grouped(files.loops, lambda row: row.address)
        self._numbers_in_use = {row.tn: row for row in files.loops if row.tn is not None}
        self._segments = _grouped(files.segments, lambda row: (row.wire_center, row.cable))
        self._cfas = _grouped(files.cfas, lambda row: (row.designation, row.type, row.from_clli, row.to_clli))
        self._cfas_of = _grouped(files.cfas, lambda row: row.ccna)
        self._codes = _grouped(files.nc_nci, lambda row: row.nc)
        self._ranges = _grouped(files.numbers, lambda row: row.wire_center)
        self._crews = _grouped(files.appointments, lambda row: row.wire_center)
        self._meet_points = _grouped(files.meet_points, lambda row: row.wire_center)

    def candidates(self, asked: AddressParts) -> tuple[AddressRow, ...]:
        """Give the addresses that agree with everything that was asked for; several where that leaves it open."""
        on_street = self._streets.get((asked.city, asked.sasn), ())
        if not on_street:
            return ()
        sath = _THOROUGHFARES.get(asked.sath, asked.sath) if asked.sath else None
        return tuple(
            row
            for row in on_street
            if asked.sano in (None, row.sano)
            and (sath is None or sath == row.sath)
            and (asked.sasd is None or asked.sasd == row.sasd)
            and (asked.zip is None or asked.zip == row.zip)
            and asked.state == row.state
        )

    def on_street(self, asked: AddressParts) -> tuple[AddressRow, ...]:
        """Give the addresses of the street, whatever else of the question does not agree."""
        return self._streets.get((asked.city, asked.sasn), ())

    def at(self, where: Where) -> AddressRow | None:
        """Give the one address that is meant; None where there is none, or more than one."""
        if where.wtn is not None:
            loop = self._numbers_in_use.get(where.wtn)
            return None if loop is None else self.addresses[loop.address]
        found = self.candidates(where.address) if where.address is not None else ()
        return found[0] if len(found) == 1 else None

    def center_of(self, asked: AtWireCenter) -> str | None:
        """Give the wire center that is meant; None where there is none, or its place is not one address."""
        address = self.at(asked.place) if asked.place is not None else None
        clli = asked.wire_center if asked.place is None else address and address.wire_center
        return clli if clli in self.wire_centers else None

    def loops_at(self, address: AddressRow) -> tuple[Loop, ...]:
        """Give the pairs that reach an address, defective ones included."""
        return self._loops.get(address.id, ())

    def searched_on(self, loop: Loop) -> date | None:
        """Give the day from which a manual search stands for the records of a pair: none does here."""
        del loop
        return None

    def make_up(self, wire_center: str, cable: str, pair: int) -> tuple[Segment, ...]:
        """Give the segments of a pair, from the wire center outwards."""
        return tuple(row for row in self._segments.get((wire_center, cable), ()) if row.low <= pair <= row.high)

    def cable(self, wire_center: str, cable: str) -> tuple[Segment, ...]:
        """Give every segment of a cable."""
        return self._segments.get((wire_center, cable), ())

    def cfa(self, text: str) -> tuple[tuple[CfaRange, ...], bool] | None:
        """Give what is on record of a connecting facility assignment, and whether its facility has every channel.

        A CFA is written designation/type/channel/from/to, as in `0101/TIE/001/BOISIDMAF01/BOISIDMAH7Z`; a trunk group
        names several channels at once, as `1-24`. None stands for a facility that is not there.
        """
        parts = text.split("/")
        if len(parts) != _PARTS_OF_CFA:
            return None
        designation, kind, channels, from_clli, to_clli = map(str.strip, parts)
        ranges = self._cfas.get((designation, kind, from_clli, to_clli), ())
        if not ranges:
            return None
        low, _, high = channels.partition("-")
        first = _channel(low)
        last = _channel(high) if high else first
        met = tuple([row for row in ranges if row.low <= last and first <= row.high])
        there = sum([min(row.high, last) - max(row.low, first) + 1 for row in met])
        return met or ranges[:1], 0 < first <= last and there == last - first + 1

    def cfas_of(self, ccna: str) -> tuple[CfaRange, ...]:
        """Give the facilities of a CLEC."""
        return self._cfas_of.get(ccna, ())

    def codes(self, nc: str) -> tuple[CodePair, ...]:
        """Give the combinations of an NC code."""
        return self._codes.get(nc, ())

    @cached_property
    def nci_codes(self) -> frozenset[str]:
        """Every NCI and SECNCI code that there is."""
        return frozenset(code for row in self.files.nc_nci for code in (row.nci, row.secnci) if code)

    def numbers_of(self, wire_center: str) -> tuple[NumberRange, ...]:
        """Give the numbers that may be given out at a wire center."""
        return self._ranges.get(wire_center, ())

    def crews_of(self, wire_center: str) -> tuple[Crews, ...]:
        """Give what the technicians of a wire center take in a week."""
        return self._crews.get(wire_center, ())

    def meet_points(self, wire_center: str) -> tuple[MeetPoint, ...]:
        """Give the meet points of a wire center."""
        return self._meet_points.get(wire_center, ())


def _channel(text: str) -> int:
    """Give the number of a channel, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < BUILDING else 0


def squeezed(circuit: str) -> str:
    """Give a circuit id without its blanks and empty parts, by which it is found however it was written."""
    return ".".join(part for part in circuit.replace("/", ".").replace(" ", "").split(".") if part)


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> Mapping[Key, tuple[Row, ...]]:
    gathered: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        gathered[key(row)].append(row)
    return {name: tuple(members) for name, members in gathered.items()}
