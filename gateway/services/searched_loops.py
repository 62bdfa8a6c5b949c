"""What manual searches of the records have found, from the register to the loop qualification tools (9.2.2.8.6)."""

from collections.abc import Callable, Sequence
from datetime import date

from gateway.clock import Clock
from validators.registers.entry import Dossier, Entry
from validators.registers.searched_loops import SEARCHED_LOOPS, SearchedLoop


class SearchedLoops:
    """`Searches` of the register `searched-loops`; no database is asked."""

    def __init__(self, common: Callable[[], Dossier], clock: Clock) -> None:
        """Take what gives the entries that concern nobody in particular, and the clock that says which hold."""
        self._common = common
        self._clock = clock
        self._seen: tuple[object, date] | None = None
        self._found: Sequence[Entry[SearchedLoop]] = ()

    def of(self, partner_id: str) -> Sequence[Entry[SearchedLoop]]:
        """Give what holds for a partner today, by its own clock: of each pair the entry that began last."""
        entered = self._common()
        if not entered.has(SEARCHED_LOOPS):
            return ()
        shelf, day = entered.common[SEARCHED_LOOPS.id], self._clock.of(partner_id).now().date()
        if self._seen is None or self._seen[0] is not shelf or self._seen[1] != day:
            last = (entered.last(SEARCHED_LOOPS, day, pair) for pair in shelf)
            self._found, self._seen = tuple(entry for entry in last if entry is not None), (shelf, day)
        return self._found
