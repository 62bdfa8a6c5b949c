"""Finds out which entries of the work streams nobody needs any more, over one whole round of the sweep.

The sweep clears what it settles itself. This is for the rest: items that a decision settled, second entries of an item
that was sent twice, and entries that were cleared before a crash and came back with it.
"""

from collections.abc import Mapping, Sequence

from gateway.queue.streams import EntryState, Standing
from gateway.record.rows import SentWork

EntryNumber = tuple[int, int]


class Round:
    """One round over all sent rows; `delivered` is the last delivered entry of each stream as the round begins.

    Whatever is sent during the round lies above that, so that only rows that the round has seen can hold a lower entry.
    """

    def __init__(self, delivered: Mapping[str, str]) -> None:
        self._bounds = {stream: _after(_number(entry_id)) for stream, entry_id in delivered.items()}

    def saw(self, stream: str, stands: Sequence[tuple[SentWork, Standing]]) -> None:
        """Note rows of a page: an entry that is acknowledged only after this look must stay until it is settled."""
        for row, at in stands:
            if at.state in {EntryState.WAITING, EntryState.DELIVERED} and row.entry_id and stream in self._bounds:
                self._bounds[stream] = min(self._bounds[stream], _number(row.entry_id))

    def bounds(self) -> dict[str, str]:
        """Give for each stream the lowest entry id that must stay; right once the round has seen every sent row."""
        return {stream: f"{ms}-{seq}" for stream, (ms, seq) in self._bounds.items()}


def _number(entry_id: str) -> EntryNumber:
    ms, _, seq = entry_id.partition("-")
    return int(ms), int(seq)


def _after(number: EntryNumber) -> EntryNumber:
    return number[0], number[1] + 1
