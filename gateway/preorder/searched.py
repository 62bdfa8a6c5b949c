"""A territory with what manual searches of the records found laid over it (9.2.2.8.6)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from gateway.preorder.territory import Territory
from gateway.preorder.territory_rows import AddressRow, Loop, Segment
from validators.registers.entry import Entry
from validators.registers.searched_loops import SearchedLoop

_WHOLE: Final = "ALL"
"""How the one segment of a pair is named of which a search told no segments."""


class Searches(Protocol):
    """What manual searches have found."""

    def of(self, partner_id: str) -> Sequence[Entry[SearchedLoop]]:
        """Give what holds for a partner today, one entry a pair; the same object as long as nothing changes."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found of one pair, as a row of it and the segments that stand for it."""

    row: Loop
    segment: Segment
    since: date


class SearchedTerritory(Territory):
    """The rows of a territory, but for the pairs that were searched for by hand: of them it tells what was found.

    A search tells sums over the pair, so one segment stands for all of it. Where the tap begins and what repeaters
    there are, it does not tell: that stays as the records have it.
    """

    def __init__(self, records: Territory, searches: Iterable[Entry[SearchedLoop]]) -> None:
        # The indexes are those of the records: nothing is sorted again, however large the territory is.
        self.__dict__.update(vars(records))
        self._found: dict[tuple[str, str, int], _Found] = {}
        self._further: dict[int, list[Loop]] = defaultdict(list)
        for entry in searches:
            wire_center, cable, pair = entry.key.split("/")
            self._lay(records, (wire_center, cable, int(pair)), entry)

    def loops_at(self, address: AddressRow) -> tuple[Loop, ...]:
        """Give the pairs that reach an address by the records or by a search, as the search has them."""
        return (*map(self._as_found, super().loops_at(address)), *self._further.get(address.id, ()))

    def make_up(self, wire_center: str, cable: str, pair: int) -> tuple[Segment, ...]:
        """Give the segments of a pair; of one that was searched for, the one that stands for all of it."""
        found = self._found.get((wire_center, cable, pair))
        return super().make_up(wire_center, cable, pair) if found is None else (found.segment,)

    def cable(self, wire_center: str, cable: str) -> tuple[Segment, ...]:
        """Give every segment of a cable by the records, and then the pairs of it that were searched for."""
        found = (one.segment for pair, one in self._found.items() if pair[:2] == (wire_center, cable))
        return (*super().cable(wire_center, cable), *found)

    def searched_on(self, loop: Loop) -> date | None:
        """Give the day from which a search's result stands for the records of a pair."""
        found = self._found.get((loop.wire_center, loop.cable, loop.pair))
        return None if found is None else found.since

    def _as_found(self, loop: Loop) -> Loop:
        found = self._found.get((loop.wire_center, loop.cable, loop.pair))
        if found is None:
            return loop
        return loop.model_copy(update={"status": found.row.status, "pair_gain": found.row.pair_gain})

    def _lay(self, records: Territory, pair: tuple[str, str, int], entry: Entry[SearchedLoop]) -> None:
        at = records.candidates(entry.data.place) if entry.data.place is not None else ()
        address = at[0] if len(at) == 1 else None
        found = _found(pair, entry, records.make_up(*pair), address)
        self._found[pair] = found
        known = records.loops_at(address) if address is not None else ()
        if address is not None and pair not in {(row.wire_center, row.cable, row.pair) for row in known}:
            self._further[address.id].append(found.row)


def _found(
    pair: tuple[str, str, int], entry: Entry[SearchedLoop], before: Sequence[Segment], address: AddressRow | None
) -> _Found:
    (wire_center, cable, number), told = pair, entry.data
    row = Loop(
        wire_center=wire_center,
        cable=cable,
        pair=number,
        address=0 if address is None else address.id,
        tn=None,
        status=told.status,
        pair_gain=told.carrier,
    )
    segment = Segment(
        wire_center=wire_center,
        cable=cable,
        low=number,
        high=number,
        segment=_WHOLE,
        sub_segment=1,
        gauge=told.gauge,
        feet=told.length_feet,
        tap_feet=told.bridged_tap_feet,
        tap_offset=next((part.tap_offset for part in before if part.tap_feet), 0),
        load_coil=next((part.load_coil for part in before if part.loads and told.load_coils), ""),
        loads=told.load_coils,
        repeaters=sum(part.repeaters for part in before),
    )
    return _Found(row, segment, entry.valid_from)
